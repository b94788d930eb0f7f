"""Recipes of the classifiers: a perceptron and a convolutional network for digits, one for garments.

Those of digits learn from MNIST, which is American, from strokes drawn in every form that Europeans and
Americans give a digit, and from drawings that are no digits, which they learn to refuse. A wider network,
which does not ship, learns beside the convolutional one and is imitated.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Self

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard import zoo
from dashboard.datasets import strokes
from dashboard.datasets.images import ImageSet
from dashboard.models.convnet import ConvNet
from dashboard.recipes.augment import Warp, erase, flip, ink, stroke, warp
from dashboard.recipes.recipe import Recipe, in_batches, place_of
from dashboard.recipes.training import Objective, Schedule

DIGITS_PIXELS = {"mean": 0.1307, "std": 0.3081}
FASHION_PIXELS = {"mean": 0.2860, "std": 0.3530}

# What a finger on a canvas does and a pen on a form does not: other slants, sizes, places and strokes.
CANVAS = Warp(rotation=12, scale=0.12, shear=0.2, shift=2.5, elastic=0.7)
WARDROBE = Warp(scale=0.05, shift=1.5)

DRAWN, ALIKE, STRANGE, MADE = 21_000, 4_500, 14_000, 16_000
"""Drawings to learn from: of digits in all forms, more in the forms most alike, of all kinds that are none,
and more of those made up each time."""
MOST_ALIKE = ("1 with a flag", "1 with an upstroke", "7")
TESTED = 4_200, 2_600
"""Others, by other hands, to measure on: of digits, and of kinds of drawings that were never learned from."""

DIGITS_LIMITS = (
    f"Learned beside MNIST from {DRAWN + ALIKE:,} digits drawn from templates of strokes, in "
    f"{len(strokes.FORMS)} European and American forms, and from {STRANGE + MADE:,} drawings that are none. "
    "Knows single digits only. Of what is no digit, most often all ten scores are below the threshold of the "
    "calibration: figures named strange count it. Letters like digits (O, l, S, Z...) are read as digits."
)
FASHION_LIMITS = (
    "Knows ten kinds of garments only, as grey product photographs on black: shirts, t-shirts, pullovers and "
    "coats are often mistaken for one another, and anything else still gets one of the ten answers."
)


class Classification(Objective):
    """Cross entropy of a classifier on randomly changed images, with softened targets.

    Label smoothing: Szegedy et al. (2016), arXiv:1512.00567. With a `teacher`, which learns beside
    it unless its weights are frozen, half of the model's loss is the cross entropy from the teacher's
    probabilities for the same changed images (Hinton et al., 2015, arXiv:1503.02531; the same images:
    Beyer et al., 2022, arXiv:2106.05237). Passes are in bfloat16 where that is faster; weights stay in
    single precision.
    """

    def __init__(
        self,
        model: nn.Module,
        change: Callable[[Tensor], Tensor],
        smoothing: float,
        teacher: nn.Module | None = None,
    ) -> None:
        super().__init__(model)
        self.change, self.smoothing, self.teacher = change, smoothing, teacher

    def scores(self, network: nn.Module, images: Tensor) -> Tensor:
        """Of all classes (n, classes)."""
        with torch.autocast(images.device.type, torch.bfloat16):
            logits = network(images)
        return logits.float()

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        with torch.no_grad():
            images = self.change(images)
        scores = self.scores(self.model, images)
        wrong = F.cross_entropy(scores, labels, label_smoothing=self.smoothing)
        if self.teacher is None:
            return wrong
        taught = self.scores(self.teacher, images)
        loss = (wrong + F.cross_entropy(scores, taught.detach().softmax(1))) / 2
        if taught.requires_grad:
            loss = loss + F.cross_entropy(taught, labels, label_smoothing=self.smoothing)
        return loss

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        if self.teacher is not None and not next(self.teacher.parameters()).requires_grad:
            self.teacher.eval()
        return self


class Refusal(Classification):
    """As `Classification`, with one class more for what is none of them, whose score is always 0.

    The network keeps one output a class: an image is strange when all of them are below 0. Hendrycks et al.
    (2019), arXiv:1812.04606, show that a network so exposed to some strange images refuses others too.
    """

    def scores(self, network: nn.Module, images: Tensor) -> Tensor:
        return F.pad(super().scores(network, images), (0, 1))


class Onward(Refusal):
    """Of a network that has learned before, and whose copy is the teacher: it keeps what it says of digits
    and learns what more to refuse."""

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        assert self.teacher is not None
        with torch.no_grad():
            images = self.change(images)
        scores = self.scores(self.model, images)
        wrong = F.cross_entropy(scores, labels, label_smoothing=self.smoothing)
        known = labels < strokes.STRANGE
        with torch.no_grad():
            taught = self.scores(self.teacher, images[known]).softmax(1)
        return (wrong + F.cross_entropy(scores[known], taught)) / 2


def draw(images: Tensor) -> Tensor:
    """Digits as a visitor might draw them."""
    return ink(stroke(warp(images, CANVAS), strength=0.9), contrast=0.3, noise=0.08)


def dress(images: Tensor) -> Tensor:
    """Garments seen a little differently: mirrored, shifted, partly hidden."""
    return erase(warp(flip(images), WARDROBE), size=8, probability=0.3)


def accuracy(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """Share of images whose most likely class is the right one, and the mean cross entropy in nats."""
    logits = in_batches(model, images, device=place_of(model))
    labels = torch.tensor(images.labels)
    return {
        "accuracy": float((logits.argmax(1) == labels).double().mean()),
        "cross_entropy": float(F.cross_entropy(logits, labels)),
    }


def drawn_accuracy(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """As `accuracy`, and the accuracy on the same digits as visitors might draw them (`draw`, seeded)."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        logits = in_batches(lambda batch: model(draw(batch)), images, device=place_of(model))
    right = logits.argmax(1) == torch.tensor(images.labels)
    return {**accuracy(model, images), "accuracy_drawn": float(right.double().mean())}


def drawn(processes: int | None = None) -> ImageSet:
    """Drawings to learn from; those that are no digits bear the label `strokes.STRANGE`.

    Args:
        processes: that draw at the same time, one for each core unless told; the drawings are the same.
    """
    wanted: list[tuple[Callable[[range], ImageSet], int]] = [
        (partial(_digits, seed=1), DRAWN),
        (partial(_digits, seed=5, forms=MOST_ALIKE), ALIKE),
        (partial(_strange, kinds=tuple(strokes.TAUGHT), seed=1), STRANGE),
        (partial(_strange, kinds=tuple(strokes.MADE), seed=3), MADE),
    ]
    with ProcessPoolExecutor(processes or os.cpu_count()) as pool:
        waiting = [
            pool.submit(make, range(first, min(first + _AT_ONCE, count)))
            for make, count in wanted
            for first in range(0, count, _AT_ONCE)
        ]
        parts = [one.result() for one in waiting]
    return ImageSet(
        np.concatenate([part.images for part in parts]), np.concatenate([part.labels for part in parts])
    )


_AT_ONCE = 500


def _digits(places: range, seed: int, forms: Sequence[str] = tuple(strokes.FORMS)) -> ImageSet:
    return strokes.digits(len(places), seed, forms=forms, first=places.start)[0]


def _strange(places: range, kinds: Sequence[str], seed: int) -> ImageSet:
    chosen = {kind: strokes.TAUGHT[kind] for kind in kinds}
    return strokes.strange(chosen, len(places), seed, first=places.start)[0]


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


def teacher(pixels: dict[str, float], *widths: int) -> ConvNet:
    """A network to imitate. `pixels`: mean and std."""
    return ConvNet(widths, [1] * (len(widths) - 1), dropout=0.2, mean=pixels["mean"], std=pixels["std"])


RECIPES = [
    Recipe(
        name="digits-mlp",
        dataset="digits",
        architecture="mlp.MLP",
        arguments={"widths": [256, 128], **DIGITS_PIXELS},
        schedule=Schedule(epochs=40, batch=128, lr=2e-3),
        objective=lambda model: Refusal(model, draw, 0.02, zoo.load("digits-cnn")),
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
        schedule=Schedule(epochs=40, batch=512, lr=5e-3, weight_decay=0.03, decay=0.999),
        objective=lambda model: Refusal(model, draw, 0.02, teacher(DIGITS_PIXELS, 48, 128, 256)),
        measure=measured_on_strokes("digits-cnn"),
        watch=drawn_accuracy,
        more=drawn,
        preparer="digit",
        onward=(
            Schedule(epochs=5, batch=256, lr=1.5e-3, weight_decay=0.03),
            lambda model: Onward(model, draw, 0.02, zoo.load("digits-cnn")),
        ),
        notes=f"{DIGITS_LIMITS} It imitated a wider network that learned beside it; "
        "B, D and signs made up at random came last.",
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
