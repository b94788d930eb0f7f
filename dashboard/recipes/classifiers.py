"""Recipes of the classifiers: a perceptron and a convolutional network for digits, one for garments."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.datasets.images import ImageSet
from dashboard.recipes.augment import Warp, erase, flip, ink, stroke, warp
from dashboard.recipes.recipe import Recipe, in_batches
from dashboard.recipes.training import Objective, Schedule

DIGITS_PIXELS = {"mean": 0.1307, "std": 0.3081}
FASHION_PIXELS = {"mean": 0.2860, "std": 0.3530}

# What a finger on a canvas does and a pen on a form does not: other slants, sizes, places and strokes.
CANVAS = Warp(rotation=12, scale=0.12, shear=0.2, shift=2.5, elastic=0.7)
WARDROBE = Warp(scale=0.05, shift=1.5)

DIGITS_LIMITS = (
    "Knows single digits only: it gives one of ten answers to any image, letters and scribbles included."
)
FASHION_LIMITS = (
    "Knows ten kinds of garments only, as grey product photographs on black: shirts, t-shirts, pullovers and "
    "coats are often mistaken for one another, and anything else still gets one of the ten answers."
)


class Classification(Objective):
    """Cross entropy of a classifier on randomly changed images, with softened targets.

    Label smoothing: Szegedy et al. (2016), arXiv:1512.00567.
    """

    def __init__(self, model: nn.Module, change: Callable[[Tensor], Tensor], smoothing: float) -> None:
        super().__init__(model)
        self.change, self.smoothing = change, smoothing

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        with torch.no_grad():
            images = self.change(images)
        return F.cross_entropy(self.model(images), labels, label_smoothing=self.smoothing)


def draw(images: Tensor) -> Tensor:
    """Digits as a visitor might draw them."""
    return ink(stroke(warp(images, CANVAS), strength=0.9), contrast=0.3, noise=0.08)


def dress(images: Tensor) -> Tensor:
    """Garments seen a little differently: mirrored, shifted, partly hidden."""
    return erase(warp(flip(images), WARDROBE), size=8, probability=0.3)


def accuracy(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """Share of images whose most likely class is the right one, and the mean cross entropy in nats."""
    logits = in_batches(model, images)
    labels = torch.tensor(images.labels)
    return {
        "accuracy": float((logits.argmax(1) == labels).double().mean()),
        "cross_entropy": float(F.cross_entropy(logits, labels)),
    }


def drawn_accuracy(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """As `accuracy`, and the accuracy on the same digits as visitors might draw them (`draw`, seeded)."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        logits = in_batches(lambda batch: model(draw(batch)), images)
    right = logits.argmax(1) == torch.tensor(images.labels)
    return {**accuracy(model, images), "accuracy_drawn": float(right.double().mean())}


RECIPES = [
    Recipe(
        name="digits-mlp",
        dataset="digits",
        architecture="mlp.MLP",
        arguments={"widths": [256, 128], **DIGITS_PIXELS},
        schedule=Schedule(epochs=10, batch=128, lr=2e-3),
        objective=lambda model: Classification(model, draw, smoothing=0.05),
        measure=drawn_accuracy,
        classifier=True,
        notes=DIGITS_LIMITS,
    ),
    Recipe(
        name="digits-cnn",
        dataset="digits",
        architecture="convnet.ConvNet",
        arguments={"widths": [24, 64, 128], "blocks": [1, 1], "dropout": 0.2, **DIGITS_PIXELS},
        schedule=Schedule(epochs=14, batch=128, lr=4e-3, weight_decay=0.02, decay=0.999),
        objective=lambda model: Classification(model, draw, smoothing=0.05),
        measure=drawn_accuracy,
        classifier=True,
        notes=DIGITS_LIMITS,
    ),
    Recipe(
        name="fashion-cnn",
        dataset="fashion",
        architecture="convnet.ConvNet",
        arguments={"widths": [32, 64, 128], "blocks": [1, 1], "dropout": 0.2, **FASHION_PIXELS},
        schedule=Schedule(epochs=18, batch=128, lr=4e-3, weight_decay=0.03, decay=0.999),
        objective=lambda model: Classification(model, dress, smoothing=0.05),
        measure=accuracy,
        classifier=True,
        notes=FASHION_LIMITS,
    ),
]
