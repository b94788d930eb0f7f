"""Recipes of the classifiers: a perceptron and a convolutional network for digits, one for garments.

Those of digits learn from MNIST, which is American, from strokes drawn in every form that Europeans and
Americans give a digit, and from drawings that are no digits, which they learn to refuse.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard import zoo
from dashboard.datasets import strokes
from dashboard.datasets.images import ImageSet
from dashboard.recipes.augment import Warp, erase, flip, ink, stroke, warp
from dashboard.recipes.recipe import Recipe, in_batches
from dashboard.recipes.training import Objective, Schedule, fit

DIGITS_PIXELS = {"mean": 0.1307, "std": 0.3081}
FASHION_PIXELS = {"mean": 0.2860, "std": 0.3530}

# What a finger on a canvas does and a pen on a form does not: other slants, sizes, places and strokes.
CANVAS = Warp(rotation=12, scale=0.12, shear=0.2, shift=2.5, elastic=0.7)
WARDROBE = Warp(scale=0.05, shift=1.5)

DRAWN, STRANGE, MADE = 16_800, 11_000, 5_000
"""Drawings to learn from: of digits, of all kinds that are none, and more of those made up each time."""
TESTED = 4_200, 2_600
"""Others, by other hands, to measure on: of digits, and of kinds of drawings that were never learned from."""

DIGITS_LIMITS = (
    f"Learned beside MNIST from {DRAWN:,} digits drawn from templates of strokes, in {len(strokes.FORMS)} "
    f"European and American forms, and from {STRANGE + MADE:,} drawings that are no digits. "
    "Knows single digits only. Of what is no digit, most often all ten scores are below the threshold of the "
    "calibration: figures named strange count it. Letters like digits (O, l, S, Z...) are read as digits."
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


class Refusal(Classification):
    """As `Classification`, with one class more for what is none of them, whose score is always 0.

    The network keeps one output a class: an image is strange when all of them are below 0. Hendrycks et al.
    (2019), arXiv:1812.04606, show that a network so exposed to some strange images refuses others too. Passes
    are in bfloat16 where that is faster; weights stay in single precision.
    """

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        with torch.no_grad():
            images = self.change(images)
        with torch.autocast(images.device.type, torch.bfloat16):
            logits = self.model(images)
        scores = F.pad(logits.float(), (0, 1))
        return F.cross_entropy(scores, labels, label_smoothing=self.smoothing)


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


def drawn() -> ImageSet:
    """Drawings to learn from; those that are no digits bear the label `strokes.STRANGE`."""
    strange = strokes.strange(strokes.TAUGHT, STRANGE, seed=1)[0]
    made = strokes.strange(strokes.MADE, MADE, seed=3)[0]
    return strokes.digits(DRAWN, seed=1)[0].joined(strange).joined(made)


def measured_on_strokes(name: str) -> Callable[[nn.Module, ImageSet], dict[str, float]]:
    """The measure of the classifier of these weights: as `drawn_accuracy`, and the share of drawn digits read
    right, over all and in the form that is read worst; and the shares called strange, by the threshold of its
    calibration, of test digits and of drawings of kinds not learned. These want a calibration: calibrate,
    then measure again."""

    def measure(model: nn.Module, images: ImageSet) -> dict[str, float]:
        written, forms = strokes.digits(TESTED[0], seed=2)
        logits = in_batches(model, written)
        right = (logits.argmax(1) == torch.tensor(written.labels)).numpy()
        found = {
            **drawn_accuracy(model, images),
            "accuracy_strokes": float(right.mean()),
            "accuracy_worst_form": min(float(right[np.array(forms) == form].mean()) for form in set(forms)),
        }
        if calibration := zoo.card(name).calibration:
            others = strokes.strange(strokes.UNSEEN, TESTED[1], seed=2)[0]
            for kind, shown in (("strange_digits", images), ("strange_others", others)):
                greatest = in_batches(model, shown).amax(1)
                found[kind] = float((greatest < calibration["threshold"]).double().mean())
        return found

    return measure


def first_alone(schedule: Schedule) -> Callable[[nn.Module, ImageSet, torch.device], None]:
    """Learn the data set by itself before what is added to it."""

    def prepare(model: nn.Module, images: ImageSet, device: torch.device) -> None:
        objective = Classification(model, draw, smoothing=0.05)
        learned = fit(
            objective, torch.tensor(images.images), torch.tensor(images.labels), schedule, device=device
        )
        model.load_state_dict(learned.model.state_dict())

    return prepare


RECIPES = [
    Recipe(
        name="digits-mlp",
        dataset="digits",
        architecture="mlp.MLP",
        arguments={"widths": [256, 128], **DIGITS_PIXELS},
        schedule=Schedule(epochs=10, batch=128, lr=2e-3),
        objective=lambda model: Refusal(model, draw, smoothing=0.05),
        measure=measured_on_strokes("digits-mlp"),
        watch=drawn_accuracy,
        more=drawn,
        preparer="digit",
        notes=DIGITS_LIMITS,
    ),
    Recipe(
        name="digits-cnn",
        dataset="digits",
        architecture="convnet.ConvNet",
        arguments={"widths": [24, 64, 128], "blocks": [1, 1], "dropout": 0.2, **DIGITS_PIXELS},
        prepare=first_alone(Schedule(epochs=14, batch=128, lr=4e-3, weight_decay=0.02, decay=0.999)),
        schedule=Schedule(epochs=2, batch=128, lr=1.5e-3, weight_decay=0.02, decay=0.999),
        objective=lambda model: Refusal(model, draw, smoothing=0.05),
        measure=measured_on_strokes("digits-cnn"),
        watch=drawn_accuracy,
        more=drawn,
        preparer="digit",
        notes=f"{DIGITS_LIMITS} It had learned MNIST alone before, for 14 epochs.",
    ),
    Recipe(
        name="fashion-cnn",
        dataset="fashion",
        architecture="convnet.ConvNet",
        arguments={"widths": [32, 64, 128], "blocks": [1, 1], "dropout": 0.2, **FASHION_PIXELS},
        schedule=Schedule(epochs=18, batch=128, lr=4e-3, weight_decay=0.03, decay=0.999),
        objective=lambda model: Classification(model, dress, smoothing=0.05),
        measure=accuracy,
        preparer="garment",
        notes=FASHION_LIMITS,
    ),
]
