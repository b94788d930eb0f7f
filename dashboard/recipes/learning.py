"""A recipe from its training images to a learned model, kept in a file until it is published.

Learning and publishing may happen on two machines: one with an accelerator, another with the test set.
"""

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn

from dashboard import zoo
from dashboard.datasets.images import ImageSet
from dashboard.recipes.recipe import HELD_OUT, Recipe
from dashboard.recipes.training import Objective, Outcome, fit, rank


def learn(
    recipe: Recipe,
    images: ImageSet,
    device: torch.device,
    *,
    more: Callable[[], ImageSet] | None = None,
    checkpoint: Path | None = None,
    kept: Path | None = None,
    resume: bool = False,
    seconds: float | None = None,
) -> Outcome:
    """Train a recipe's model, alone or as one of torchrun's processes.

    Args:
        images: the data set's training images, of which the last HELD_OUT are only watched.
        more: gives what the recipe's own `more` would, made before.
        checkpoint, resume, seconds: as for `fit`.
        kept: file of the averaged weights (`keep`), written as often as the checkpoint. Where there is no
            checkpoint to resume from, learning begins anew from these weights.
    """
    training, held_out = images[:-HELD_OUT], images[-HELD_OUT:]
    model = recipe.model()
    objective = recipe.objective(model)
    going_on = resume and checkpoint is not None and checkpoint.is_file()
    if resume and not going_on and kept is not None and kept.is_file():
        load_kept(objective, kept)
    elif recipe.prepare is not None and not going_on:
        recipe.prepare(model, training, device)
    if (add := more or recipe.more) is not None:
        training = training.joined(add())

    def report(outcome: Outcome) -> str:
        if kept is not None:
            keep(outcome, training_of(recipe, outcome, device), kept)
        return figures((recipe.watch or recipe.measure)(outcome.model, held_out))

    outcome = fit(
        objective,
        torch.tensor(training.images),
        recipe.targets(training) if recipe.targets else torch.tensor(training.labels),
        recipe.schedule,
        device=device,
        checkpoint=checkpoint,
        resume=resume,
        report=report,
        seconds=seconds,
    )
    if kept is not None and rank() == 0:
        keep(outcome, training_of(recipe, outcome, device), kept)
    return outcome


def onward(recipe: Recipe) -> Recipe:
    """The recipe by which the weights that ship go on.

    Raises:
        ValueError: there is none.
    """
    if recipe.onward is None:
        raise ValueError(f"{recipe.name} does not go on from the weights that ship")
    schedule, objective = recipe.onward

    def start(model: nn.Module, images: ImageSet, device: torch.device) -> None:
        model.load_state_dict(zoo.load(recipe.name).state_dict())

    return dataclasses.replace(recipe, schedule=schedule, objective=objective, prepare=start)


def training_of(recipe: Recipe, outcome: Outcome, device: torch.device) -> dict[str, Any]:
    """What a card says of a training."""
    schedule = dataclasses.asdict(recipe.schedule)
    del schedule["seed"]
    return {
        **schedule,
        "epochs": len(outcome.losses),
        "seconds": round(outcome.seconds),
        "machine": torch.cuda.get_device_name() if device.type == "cuda" else f"{os.cpu_count()}-core CPU",
        "processes": outcome.processes,
        "torch": torch.__version__.split("+")[0],
        **({"final_loss": round(outcome.losses[-1], 6)} if outcome.losses else {}),
    }


def compact(tensor: torch.Tensor) -> torch.Tensor:
    """Half precision on disk: it halves the files and moves no figure on any card measurably."""
    return (tensor.half() if tensor.is_floating_point() else tensor).contiguous()


def keep(outcome: Outcome, training: dict[str, Any], path: Path) -> None:
    """Write all that was learned, in half precision, with what the card is to say of the training."""
    weights = {name: compact(tensor.cpu()) for name, tensor in outcome.objective.state_dict().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_suffix(".part")
    save_file(weights, whole, {"training": json.dumps(training)})
    whole.replace(path)


def load_kept(objective: Objective, path: Path) -> dict[str, Any]:
    """Set an objective to what `keep` wrote; returns what the card is to say of the training.

    Raises:
        RuntimeError: the weights are of another recipe.
    """
    with safe_open(path, "pt") as file:
        objective.load_state_dict({name: file.get_tensor(name) for name in file.keys()})  # noqa: SIM118
        return json.loads(file.metadata()["training"])


def figures(measured: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.5g}" for name, value in measured.items())
