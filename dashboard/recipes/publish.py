"""From a trained module to `pretrained/NAME/`: half-precision weights, a card, and the check of both."""

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safetensors.torch import save
from torch import Tensor, nn

from dashboard import zoo
from dashboard.datasets.images import SOURCES, load
from dashboard.recipes.learning import compact
from dashboard.recipes.recipe import HELD_OUT, Recipe

# Figures measured again may differ in the last digits between machines and numbers of threads.
TOLERANCE = 2e-3


def write(
    name: str,
    model: nn.Module,
    options: str = "",
    compacted: Callable[[Tensor], Tensor] = compact,
    **described: Any,
) -> None:
    """Write weights and card, which says nothing yet of what is measured.

    Args:
        options: of the commands that make the model and check it.
        compacted: of a tensor, what is written.
        described: the other fields of the card.
    """
    folder = zoo.PRETRAINED / name
    folder.mkdir(parents=True, exist_ok=True)
    content = save({key: compacted(tensor) for key, tensor in model.state_dict().items()})
    (folder / zoo.WEIGHTS).write_bytes(content)
    card = zoo.Card(
        name=name,
        recipe=f"python -m dashboard.recipes {name}{options}",
        check=f"python -m dashboard.recipes --check {name}{options}",
        parameters=zoo.parameters(model),
        measured={},
        sha256=hashlib.sha256(content).hexdigest(),
        calibration=kept_calibration(name, content),
        **described,
    )
    zoo.write_card(card, folder)
    zoo.forget(name, zoo.PRETRAINED)


def kept_calibration(name: str, content: bytes) -> dict[str, Any] | None:
    """The calibration on the card of a model that ships, if it is of these very weights."""
    card = zoo.card(name) if name in zoo.names() else None
    return card.calibration if card and card.sha256 == hashlib.sha256(content).hexdigest() else None


def write_measured(name: str, figures: dict[str, float]) -> zoo.Card:
    """Write what was measured of a shipped model on its card, which keeps the rest."""
    rounded = {key: round(value, 6) for key, value in figures.items()}
    card = dataclasses.replace(zoo.card(name), measured=rounded)
    zoo.write_card(card, zoo.PRETRAINED / name)
    return card


def differences(name: str, figures: dict[str, float], whole: bool = True) -> list[str]:
    """What differs between a shipped model as it was measured again and its card, one line each.

    Args:
        whole: whether all was measured that the card declares.
    """
    card = zoo.card(name)
    found = {"parameters": float(zoo.parameters(zoo.load(name))), **figures}
    declared = {"parameters": float(card.parameters), **card.measured}
    return [
        f"{name}: {key} is {found.get(key)}, its card says {declared.get(key)}"
        for key in sorted(found.keys() | (declared.keys() if whole else ()))
        if key not in declared
        or key not in found
        or abs(found[key] - declared[key]) > TOLERANCE * max(1e-3, abs(declared[key]))
    ]


def publish(recipe: Recipe, model: nn.Module, training: dict[str, Any], data: Path | None) -> zoo.Card:
    """Write weights and card; the figures are those of the written weights on the test set.

    Args:
        training: what the card is to say of it (`training_of`).
    """
    source = SOURCES[recipe.dataset]
    write(
        recipe.name,
        model,
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
        seed=recipe.schedule.seed,
        training=training,
        preprocessing=recipe.preprocessing,
        prepare=recipe.preparer,
        classes=recipe.dataset if recipe.preparer else "",
        notes=recipe.notes,
    )
    return measure(recipe, data)


def measure(recipe: Recipe, data: Path | None) -> zoo.Card:
    """Measure a shipped model on the test set and write the figures on its card.

    Of use where a figure depends on another model, made again since: a flow is judged by a classifier.
    """
    return write_measured(
        recipe.name, recipe.measure(zoo.load(recipe.name), load(recipe.dataset, "test", data))
    )


def check(recipe: Recipe, data: Path | None) -> list[str]:
    """Measure a shipped model again; what differs from its card, one line each (none: all is as it says)."""
    return differences(recipe.name, _measured(recipe, data))


def _measured(recipe: Recipe, data: Path | None) -> dict[str, float]:
    return recipe.measure(zoo.load(recipe.name), load(recipe.dataset, "test", data))
