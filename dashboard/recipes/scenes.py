"""Recipes of the drawn world: its autoencoder, its eye, its reader, its describer and its drawer.

Images and sentences come from `dashboard.datasets.scenes`: there is nothing to download. Other processes draw
them while a network learns, for as many seconds as its budget says; the budgets are those of one GPU.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from dashboard import zoo
from dashboard.datasets.scenes import render, sample
from dashboard.datasets.scenes.facts import ANSWERS, SIZES_OF_ANSWERS
from dashboard.datasets.scenes.grammar import RELATIONS
from dashboard.datasets.scenes.grammar.pieces import pieces
from dashboard.datasets.scenes.grammar.text import vocabulary
from dashboard.models.scene_autoencoder import SceneAutoencoder
from dashboard.models.scene_describer import SceneDescriber
from dashboard.recipes import scene_measures, scene_pool, scene_texts
from dashboard.recipes.publish import differences, write, write_measured
from dashboard.recipes.scene_learner import Budget, SceneObjective, learn
from dashboard.recipes.scene_pool import Pool, Resident
from dashboard.recipes.scene_training import (
    codes,
    describing,
    features,
    matching,
    reading,
    rebuilding,
    seeing,
)
from dashboard.recipes.training import device_of, fastest
from dashboard.scenes.images import as_input

NOTES = "Knows the drawn world of dashboard.datasets.scenes and nothing else."
CHECKPOINTS = Path("checkpoints")
SHARE = 180_000  # scenes that each process draws at most
IMAGES = "images (n, 3, 64, 64) in [-1, 1], sRGB"
TEXTS = "texts (n, words) as numbers of dashboard.datasets.scenes.grammar.text.vocabulary()"


@dataclass(frozen=True)
class SceneRecipe:
    """All that makes one of the models: see `dashboard.recipes.recipe.Recipe`.

    Attributes:
        arguments: of the architecture; computed when the model is made.
        fields: of the pool of scenes that it learns from.
        objective: what it minimises, from the pool.
        finish: what is done to the averaged model before it is published.
        alone: the share of the scenes of one subject that it learns from.
    """

    name: str
    architecture: str
    arguments: Callable[[], dict[str, Any]]
    budget: Budget
    fields: tuple[str, ...]
    objective: Callable[[Pool], tuple[Resident, SceneObjective]]
    measure: Callable[[nn.Module], dict[str, float]]
    preprocessing: str
    notes: str = NOTES
    finish: Callable[[nn.Module], None] = lambda model: None
    alone: float = 1.0


def _plain(
    fields: tuple[str, ...], make: Callable[[Resident], SceneObjective]
) -> Callable[[Pool], tuple[Resident, SceneObjective]]:
    def objective(pool: Pool) -> tuple[Resident, SceneObjective]:
        held = Resident(pool, device_of(fastest()), fields)
        return held, make(held)

    return objective


def _seeing(pool: Pool) -> tuple[Resident, SceneObjective]:
    autoencoder = zoo.load("scenes-autoencoder").to(device_of(fastest()))
    assert isinstance(autoencoder, SceneAutoencoder)
    held = Resident(pool, device_of(fastest()), ("images", "rows"))
    return held, seeing(held, autoencoder)


def _matching(pool: Pool) -> tuple[Resident, SceneObjective]:
    autoencoder = zoo.load("scenes-autoencoder").to(device_of(fastest()))
    describer = zoo.load("scenes-describer").to(device_of(fastest()))
    assert isinstance(autoencoder, SceneAutoencoder) and isinstance(describer, SceneDescriber)
    prepare = {"images": {"images": codes(autoencoder), "seen": features(describer)}}
    held = Resident(pool, device_of(fastest()), ("images", "texts", "answers"), prepare)
    return held, matching(held, WIDTH, (*SIZES_OF_ANSWERS, len(RELATIONS)))


def accustom(model: nn.Module, count: int = 4_000) -> None:
    """Show the describer scenes that it learnt from, so that it tells them from other images."""
    assert isinstance(model, SceneDescriber)
    pictures = [render(sample(Random(seed)), seed) for seed in range(count)]
    model.accustom(as_input(np.stack(pictures)))


WIDTH = 192  # of the drawer
RECIPES: dict[str, SceneRecipe] = {
    recipe.name: recipe
    for recipe in (
        SceneRecipe(
            "scenes-autoencoder",
            "scene_autoencoder.SceneAutoencoder",
            lambda: {"channels": 24},
            Budget(120, 128, 1.5e-3, weight_decay=1e-3, average=0.998),
            ("images",),
            _plain(("images",), rebuilding),
            scene_measures.rebuilt,
            IMAGES,
        ),
        SceneRecipe(
            "scenes-eye",
            "scene_eye.SceneEye",
            lambda: {"answers": ANSWERS},
            Budget(45, 256, 1.5e-3, average=0.998),
            ("images", "rows"),
            _seeing,
            scene_measures.seen,
            IMAGES,
        ),
        SceneRecipe(
            "scenes-reader",
            "scene_reader.SceneReader",
            lambda: {"words": len(vocabulary()), "answers": (*SIZES_OF_ANSWERS, len(RELATIONS))},
            Budget(20, 512, 2e-3, average=0.998),
            ("texts", "answers"),
            _plain(("texts", "answers"), reading),
            scene_texts.read,
            TEXTS,
        ),
        SceneRecipe(
            "scenes-describer",
            "scene_describer.SceneDescriber",
            lambda: {"pieces": pieces()},
            Budget(125, 512, 1.2e-3, average=0.999),
            ("images", "told", "limits"),
            _plain(("images", "told", "limits"), describing),
            scene_measures.described,
            f"{IMAGES}; numbers of pieces (n, places), characters left (n, places)",
            finish=accustom,
        ),
        SceneRecipe(
            "scenes-drawer",
            "scene_drawer.SceneDrawer",
            lambda: {"words": len(vocabulary()), "width": WIDTH, "space": "scenes-autoencoder"},
            Budget(347, 768, 1.2e-3, warmup=0.04, orthogonal=("blocks", "reading", "time", "set")),
            ("images", "texts", "answers"),
            _matching,
            scene_measures.drawn,
            f"points (n, 24, 8, 8) from noise, times (n,), {TEXTS}",
            alone=0.6,
        ),
    )
}


def make(name: str, resume: bool = False) -> zoo.Card:
    """Train one model from its recipe, write `pretrained/NAME/` and return its card.

    With `resume` it begins with the weights of the run before, kept in `CHECKPOINTS`.
    """
    recipe, kept = RECIPES[name], CHECKPOINTS / f"{name}.safetensors"
    torch.manual_seed(recipe.budget.seed)
    model = zoo.build(recipe.architecture, recipe.arguments())
    if resume and kept.is_file():
        model.load_state_dict(load_file(kept))
    pool = scene_pool.start(max(1, (os.cpu_count() or 1) - 1), SHARE, recipe.fields, alone=recipe.alone)
    CHECKPOINTS.mkdir(exist_ok=True)

    def saved(averaged: nn.Module) -> None:
        save_file({key: one.contiguous().cpu() for key, one in averaged.state_dict().items()}, kept)

    held, objective = recipe.objective(pool)
    averaged, cost = learn(model, objective, held, recipe.budget, saved=saved)
    saved(averaged)
    recipe.finish(averaged.cpu())
    return publish(recipe, averaged, cost)


def publish(recipe: SceneRecipe, model: nn.Module, trained: dict[str, Any]) -> zoo.Card:
    """Write weights in half precision, and a card with the figures of the weights as written."""
    write(
        recipe.name,
        model,
        architecture=recipe.architecture,
        arguments=recipe.arguments(),
        dataset={
            "title": "The drawn world of this project, dashboard.datasets.scenes",
            "url": "dashboard/datasets/scenes",
            "licence": "MIT",
            "training_images": trained["scenes"],
            "test_images": scene_measures.MEASURED,
        },
        licence="MIT",
        seed=recipe.budget.seed,
        training={**trained, "torch": torch.__version__.split("+")[0]},
        preprocessing=recipe.preprocessing,
        notes=recipe.notes,
    )
    return measure(recipe.name)


def measure(name: str) -> zoo.Card:
    """Measure a shipped model and write the figures on its card, which keeps the rest."""
    return write_measured(name, RECIPES[name].measure(zoo.load(name)))


def check(name: str) -> list[str]:
    """Measure a shipped model again; what differs from its card, one line each."""
    return differences(name, RECIPES[name].measure(zoo.load(name)))
