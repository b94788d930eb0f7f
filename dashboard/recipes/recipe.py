"""What a recipe is: a model, its data, how it learns and how it is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from dashboard.datasets.images import DatasetName, ImageSet
from dashboard.recipes.training import Objective, Schedule, to_input
from dashboard.zoo import build

# The last images of the training set are kept for choosing between models; the test set never is.
HELD_OUT = 5_000


@dataclass(frozen=True)
class Recipe:
    """All that makes one pretrained model.

    Attributes:
        architecture: class of `dashboard.models`, as "module.Class"; `arguments` are its keywords.
        objective: from the model, the module that gives the loss of a batch of images and labels.
        measure: test or validation figures of a model in eval mode, by name.
        prepare: sets a model up from the training images before learning (PCA, for instance), on a device.
        more: makes labelled images to learn from beside the data set's own.
        targets: what the objective gets in place of the labels, a row (n, ...) for each image, made once.
        watch: as `measure`, but quick: what is shown after each epoch.
        preparer: of a classifier of the data set's classes, what prepares an image for it: a name of
            `classifiers.PREPARERS`.
        onward: schedule and objective with which the weights that ship go on, where the recipe has changed.
        notes: what the card should say besides, limits first.
    """

    name: str
    dataset: DatasetName
    architecture: str
    arguments: dict[str, Any]
    schedule: Schedule
    objective: Callable[[nn.Module], Objective]
    measure: Callable[[nn.Module, ImageSet], dict[str, float]]
    preprocessing: str = "grey image (n, 1, 28, 28) as float in [0, 1], white ink on black"
    prepare: Callable[[nn.Module, ImageSet, torch.device], None] | None = None
    more: Callable[[], ImageSet] | None = None
    targets: Callable[[ImageSet], Tensor] | None = None
    watch: Callable[[nn.Module, ImageSet], dict[str, float]] | None = None
    preparer: str = ""
    onward: tuple[Schedule, Callable[[nn.Module], Objective]] | None = None
    notes: str = ""

    def model(self) -> nn.Module:
        """A fresh model, its weights drawn from the schedule's seed."""
        torch.manual_seed(self.schedule.seed)
        return build(self.architecture, self.arguments)


def place_of(model: nn.Module) -> torch.device:
    """The device that a model's weights are on."""
    return next((parameter.device for parameter in model.parameters()), torch.device("cpu"))


def in_batches(
    function: Callable[[Tensor], Tensor],
    images: ImageSet,
    size: int = 500,
    device: torch.device | None = None,
) -> Tensor:
    """`function` of all images, as float (size, 1, 28, 28) at a time, without gradients, concatenated.

    Args:
        device: where the function computes, the CPU unless told; what it gives is brought back from there.
    """
    pixels = torch.tensor(images.images)
    with torch.inference_mode():
        return torch.cat([function(to_input(part.to(device))).cpu() for part in pixels.split(size)])
