"""From a trained module to `pretrained/NAME/`: half-precision weights, a card, and the check of both."""

import dataclasses
import hashlib
from pathlib import Path
from typing import Any

from safetensors.torch import save
from torch import nn

from dashboard import zoo
from dashboard.datasets.images import SOURCES, load
from dashboard.recipes.learning import compact
from dashboard.recipes.recipe import HELD_OUT, Recipe

# Figures measured again may differ in the last digits between machines and numbers of threads.
TOLERANCE = 2e-3


def publish(recipe: Recipe, model: nn.Module, training: dict[str, Any], data: Path | None) -> zoo.Card:
    """Write weights and card; the figures are those of the written weights on the test set.

    Args:
        training: what the card is to say of it (`training_of`).
    """
    folder = zoo.PRETRAINED / recipe.name
    folder.mkdir(parents=True, exist_ok=True)
    content = save({name: compact(tensor) for name, tensor in model.state_dict().items()})
    (folder / zoo.WEIGHTS).write_bytes(content)
    source = SOURCES[recipe.dataset]
    card = zoo.Card(
        name=recipe.name,
        architecture=recipe.architecture,
        arguments=recipe.arguments,
        dataset={
            "title": source.title,
            "url": source.url,
            "licence": source.licence,
            "training_images": len(load(recipe.dataset, "train", data)) - HELD_OUT,
            "held_out_images": HELD_OUT,
            "test_images": len(load(recipe.dataset, "test", data)),
        },
        licence="MIT (weights); the data set's own licence is above",
        recipe=f"python -m dashboard.recipes {recipe.name}",
        check=f"python -m dashboard.recipes --check {recipe.name}",
        seed=recipe.schedule.seed,
        training=training,
        parameters=zoo.parameters(model),
        measured={},
        preprocessing=recipe.preprocessing,
        sha256=hashlib.sha256(content).hexdigest(),
        prepare=recipe.preparer,
        classes=recipe.dataset if recipe.preparer else "",
        calibration=kept_calibration(recipe.name, content),
        notes=recipe.notes,
    )
    zoo.write_card(card, folder)
    return measure(recipe, data)


def kept_calibration(name: str, content: bytes) -> dict[str, Any] | None:
    """The calibration on the card of a model that ships, if it is of these very weights."""
    card = zoo.card(name) if name in zoo.names() else None
    return card.calibration if card and card.sha256 == hashlib.sha256(content).hexdigest() else None


def measure(recipe: Recipe, data: Path | None) -> zoo.Card:
    """Measure a shipped model on the test set and write the figures on its card, which keeps the rest.

    Of use where a figure depends on another model, made again since: a flow is judged by a classifier.
    """
    measured = recipe.measure(zoo.load(recipe.name), load(recipe.dataset, "test", data))
    figures = {name: round(value, 6) for name, value in measured.items()}
    card = dataclasses.replace(zoo.card(recipe.name), measured=figures)
    zoo.write_card(card, zoo.PRETRAINED / recipe.name)
    return card


def check(recipe: Recipe, data: Path | None) -> list[str]:
    """Measure a shipped model again; what differs from its card, one line each (none: all is as it says)."""
    card = zoo.card(recipe.name)
    model = zoo.load(recipe.name)
    found = {"parameters": float(zoo.parameters(model))}
    found |= recipe.measure(model, load(recipe.dataset, "test", data))
    declared = {"parameters": float(card.parameters), **card.measured}
    return [
        f"{recipe.name}: {name} is {found.get(name)}, its card says {declared.get(name)}"
        for name in sorted(declared.keys() | found.keys())
        if name not in declared
        or name not in found
        or abs(found[name] - declared[name]) > TOLERANCE * max(1e-3, abs(declared[name]))
    ]
