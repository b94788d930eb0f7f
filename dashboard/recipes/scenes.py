"""Recipes of the drawn world: its coder, its eye, its reader and its drawer.

Images and sentences come from `dashboard.datasets.scenes`: there is nothing to download.
"""

import dataclasses
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor, nn

from dashboard import zoo
from dashboard.datasets.scenes.facts import ANSWERS, SIZES_OF_ANSWERS
from dashboard.datasets.scenes.grammar import RELATIONS
from dashboard.datasets.scenes.grammar.text import vocabulary
from dashboard.recipes import scene_images, scene_texts
from dashboard.recipes.publish import TOLERANCE, compact
from dashboard.recipes.scene_images import CACHE, MEASURED, TRAINING
from dashboard.recipes.steps import Steps, fit

NOTES = "Knows the drawn world of dashboard.datasets.scenes and nothing else."


@dataclass(frozen=True)
class SceneRecipe:
    """All that makes one of the models: see `dashboard.recipes.recipe.Recipe`.

    Attributes:
        loss: of one batch of the model, drawn with a generator of random numbers.
        prepare: sets the model up before learning.
    """

    name: str
    architecture: str
    arguments: dict[str, Any]
    steps: Steps
    loss: Callable[[nn.Module, np.random.Generator], Tensor]
    measure: Callable[[nn.Module], dict[str, float]]
    preprocessing: str
    prepare: Callable[[nn.Module], None] | None = None
    notes: str = NOTES


RECIPES: dict[str, SceneRecipe] = {
    recipe.name: recipe
    for recipe in (
        SceneRecipe(
            "scenes-coder",
            "scene_coder.SceneCoder",
            {"latent": 320, "channels": 24, "width": 96},
            Steps(count=4_000, lr=2e-3),
            scene_images.rebuilding,
            scene_images.rebuilt,
            "images (n, 3, 64, 64) in [-1, 1], sRGB",
            prepare=scene_images.components,
        ),
        SceneRecipe(
            "scenes-eye",
            "scene_eye.SceneEye",
            {"answers": ANSWERS},
            Steps(count=1_500, lr=1.5e-3, weight_decay=0.02, seed=1),
            scene_images.seeing,
            scene_images.seen,
            "images (n, 3, 64, 64) in [-1, 1], sRGB",
        ),
        SceneRecipe(
            "scenes-reader",
            "scene_reader.SceneReader",
            {"words": len(vocabulary()), "answers": (*SIZES_OF_ANSWERS, len(RELATIONS))},
            Steps(count=3_000, lr=2e-3, weight_decay=0.02, seed=3),
            scene_texts.reading,
            scene_texts.read,
            "texts (n, words) as numbers of dashboard.datasets.scenes.grammar.text.vocabulary()",
        ),
        SceneRecipe(
            "scenes-drawer",
            "scene_drawer.SceneDrawer",
            {"answers": ANSWERS, "space": "scenes-coder"},
            Steps(count=40_000, lr=1e-3, average=0.999),
            scene_images.matching,
            scene_images.drawn,
            "points (n, 320) from noise, times (n,), facts asked for (n, answers)",
        ),
    )
}


def make(name: str, resume: bool = False) -> zoo.Card:
    """Train one model from its recipe, write `pretrained/NAME/` and return its card."""
    recipe = RECIPES[name]
    torch.manual_seed(recipe.steps.seed)
    model = zoo.build(recipe.architecture, recipe.arguments)
    checkpoint = CACHE / f"{name}.pt"
    if recipe.prepare is not None and not (resume and checkpoint.is_file()):
        recipe.prepare(model)
    averaged, trained = fit(model, recipe.loss, recipe.steps, checkpoint, resume)
    return publish(recipe, averaged, trained)


def publish(recipe: SceneRecipe, model: nn.Module, trained: dict[str, Any]) -> zoo.Card:
    """Write weights in half precision, and a card with the figures of the weights as written."""
    folder = zoo.PRETRAINED / recipe.name
    folder.mkdir(parents=True, exist_ok=True)
    content = save({name: compact(tensor) for name, tensor in model.state_dict().items()})
    (folder / zoo.WEIGHTS).write_bytes(content)
    card = zoo.Card(
        name=recipe.name,
        architecture=recipe.architecture,
        arguments=recipe.arguments,
        dataset={
            "title": "The drawn world of this project, dashboard.datasets.scenes",
            "url": "dashboard/datasets/scenes",
            "licence": "MIT",
            "training_images": TRAINING,
            "test_images": MEASURED,
        },
        licence="MIT",
        recipe=f"python -m dashboard.recipes {recipe.name}",
        check=f"python -m dashboard.recipes --check {recipe.name}",
        seed=recipe.steps.seed,
        training={
            **trained,
            "machine": f"{os.cpu_count()}-core CPU",
            "torch": torch.__version__.split("+")[0],
        },
        parameters=zoo.parameters(model),
        measured={},
        preprocessing=recipe.preprocessing,
        sha256=hashlib.sha256(content).hexdigest(),
        notes=recipe.notes,
    )
    zoo.write_card(card, folder)
    figures = {name: round(value, 6) for name, value in recipe.measure(zoo.load(recipe.name)).items()}
    card = dataclasses.replace(card, measured=figures)
    zoo.write_card(card, folder)
    return card


def check(name: str) -> list[str]:
    """Measure a shipped model again; what differs from its card, one line each."""
    declared = zoo.card(name).measured
    found = RECIPES[name].measure(zoo.load(name))
    return [
        f"{name}: {key} is {found.get(key)}, its card says {declared.get(key)}"
        for key in sorted(declared.keys() | found.keys())
        if abs(found.get(key, np.inf) - declared.get(key, np.inf)) > TOLERANCE
        or key not in declared.keys() & found.keys()
    ]
