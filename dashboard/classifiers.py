"""The classifiers, all used alike: an image is prepared, the network scores the classes.

What prepares an image for a network, what its outputs mean and how its scores become probabilities stand on
the card of its weights; every page asks the same `Classifier`, so that an image has one probability."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard import zoo
from dashboard.calibration import Calibration, strength
from dashboard.datasets import imagenet
from dashboard.datasets.class_names import class_names, families
from dashboard.datasets.digits import USUAL, to_mnist
from dashboard.datasets.fashion import to_fashion
from dashboard.datasets.imagenet import Family
from dashboard.datasets.images import DATASETS, SOURCES, DatasetName, ImageSet, Split, sample
from dashboard.languages import typeset
from dashboard.live import LiveReader
from dashboard.portable import classifier_program
from dashboard.verdict import Answer

Pixels = NDArray[np.float32]

PHOTO_SIDE = 224
PHOTO_CROP = 0.875
"""Share of the shorter side that the photo network looks at, as it did when it learnt."""


PAPER = 0.5
"""A drawing is mostly paper: this share of its pixels is of one grey, as near as makes no difference."""
EVEN = 3
COLOURLESS = 12.0
"""A drawing in ink or pencil has no more colour than this on average, out of 255."""


def looks_drawn(image: Image.Image) -> bool:
    """Whether an image of mode RGB is rather strokes on plain paper than a photograph."""
    small = image.resize((96, 96), Image.Resampling.NEAREST)
    pixels = np.asarray(small, dtype=np.int16)
    grey = np.asarray(small.convert("L"), dtype=np.int16)
    usual = np.bincount(grey.ravel(), minlength=256).argmax()
    paper = (np.abs(grey - usual) <= EVEN).mean()
    colour = float((pixels.max(axis=2) - pixels.min(axis=2)).mean())
    return bool(paper >= PAPER and colour <= COLOURLESS)


def seen(size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the square in the middle of a photograph that the network looks at."""
    width, height = size
    side = PHOTO_CROP * min(size)
    left, top = (width - side) / 2, (height - side) / 2
    return left, top, left + side, top + side


def photo(image: Image.Image) -> Pixels:
    """A photograph as the network gets it: (3, 224, 224), RGB in [0, 1], from any image."""
    square = _on_white(image).resize((PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.BICUBIC, seen(image.size))
    return np.ascontiguousarray(np.asarray(square, dtype=np.float32).transpose(2, 0, 1) / np.float32(255))


def digit(image: Image.Image) -> Pixels:
    """A digit as the network gets it: (1, 28, 28), ink 1 on ground 0. Raises `EmptyDrawing`."""
    return to_mnist(image).astype(np.float32)[None]


def garment(image: Image.Image) -> Pixels:
    """A garment as the network gets it: (1, 28, 28), light on black 0. Raises `NoGarment`."""
    return to_fashion(image).astype(np.float32)[None]


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA":
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image.convert("RGB")


@lru_cache(maxsize=16)
def _printed(names: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(typeset(name, language) for name in names)


PREPARERS: dict[str, Callable[[Image.Image], Pixels]] = {"photo": photo, "digit": digit, "garment": garment}
"""From an image of mode RGB or RGBA to what a network gets, (channels, height, width) in [0, 1]; by the name
on a card."""


@dataclass(frozen=True)
class Classes:
    """What the outputs of a network mean: from a language to their names, in order, and what a visitor would
    call by one name."""

    names: Callable[[str], tuple[str, ...]]
    families: Callable[[], tuple[Family, ...]]


CLASSES = {"imagenet": Classes(imagenet.names, imagenet.families)} | {
    dataset: Classes(partial(class_names, dataset), partial(families, dataset)) for dataset in DATASETS
}
"""By the name on a card."""


@dataclass(frozen=True)
class Classifier:
    """A pretrained network with all that its card says of its input and its outputs.

    Attributes:
        name: "photos", "digits", "digits-mlp" or "fashion".
        weights: its name in the zoo.
        alarms: share of the right answers that calibration lets count as unknown.
        offered: whether the recognition page offers it.
    """

    name: str
    weights: str
    alarms: float
    offered: bool = True

    @cached_property
    def card(self) -> zoo.Card:
        return zoo.card(self.weights)

    @property
    def module(self) -> nn.Module:
        """The network, in eval mode, frozen; one copy per process. Its `stages` are named."""
        return zoo.load(self.weights)

    @cached_property
    def calibration(self) -> Calibration:
        """Raises `ZooError` if these weights were not calibrated."""
        if self.card.calibration is None:
            raise zoo.ZooError(f"{self.weights} is not calibrated: python -m dashboard.recipes recognition")
        return Calibration(**self.card.calibration)

    @property
    def dataset(self) -> DatasetName | None:
        """The data set of 28 x 28 pixels whose classes it tells apart; None for photographs."""
        return next((dataset for dataset in DATASETS if dataset == self.card.classes), None)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The classes of its data set, language-neutral, in order; none for photographs."""
        return SOURCES[self.dataset].classes if self.dataset else ()

    def sample(self, split: Split = "test") -> ImageSet:
        """The images of its data set that ship.

        Raises:
            ValueError: there are none: photographs may not be passed on.
        """
        if self.dataset is None:
            raise ValueError(f"no labelled images ship for {self.name}")
        return sample(self.dataset, split)

    def prepare(self, image: Image.Image) -> Pixels:
        """An image of mode RGB or RGBA as the network gets it: (channels, height, width) in [0, 1]."""
        return PREPARERS[self.card.prepare](image)

    def classes(self, language: str) -> tuple[str, ...]:
        """The names of the classes in a language, in order, as they are printed."""
        return _printed(CLASSES[self.card.classes].names(language), language)

    def families(self) -> tuple[Family, ...]:
        """What classes a visitor would call by one name."""
        return CLASSES[self.card.classes].families()

    def logits(self, batch: Tensor) -> Tensor:
        """Scores (n, classes) of prepared images (n, channels, height, width); gradients flow."""
        zoo.one_thread()
        return cast(Tensor, self.module(batch))

    def calibrated(self, logits: Tensor) -> Tensor:
        """Probabilities (n, classes) from scores; gradients flow. They sum to 1; to less where a network that
        refuses gives the rest to none of its classes."""
        calibration = self.calibration
        scores = F.pad(logits, (0, 1), value=calibration.threshold) if calibration.refuses else logits
        return (scores / calibration.temperature).softmax(1)[:, : logits.shape[1]]

    def scores(self, inputs: Pixels) -> NDArray[np.float64]:
        """`logits` of arrays, without gradients."""
        with zoo.inference():
            return self.logits(torch.from_numpy(np.ascontiguousarray(inputs))).double().numpy()

    def shares(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """`calibrated` of arrays."""
        return self.calibrated(torch.from_numpy(logits)).numpy()

    def answer(self, prepared: Pixels) -> Answer:
        """What the network makes of one prepared image (channels, height, width)."""
        return self.answered(self.scores(prepared[None])[0])

    def answered(self, logits: NDArray[np.floating]) -> Answer:
        """What the scores (classes,) of one image come to."""
        scores = np.asarray(logits, dtype=np.float64)[None]
        probabilities = self.shares(scores)[0]
        found, calibration = float(strength(scores)[0]), self.calibration
        shares = [(family, float(probabilities[list(family.members)].sum())) for family in self.families()]
        return Answer(
            scores[0],
            probabilities,
            found,
            found >= calibration.threshold,
            tuple(sorted(shares, key=lambda pair: -pair[1])),
            calibration.refuses,
        )

    def probabilities(self, inputs: Pixels) -> NDArray[np.float64]:
        """Calibrated probabilities (n, classes) of prepared images (n, channels, height, width), arrays."""
        return self.shares(self.scores(inputs))


CLASSIFIERS = {
    made.name: made
    for made in (
        # Those kept aside are small and enlarged, and call up less than full-sized ones do.
        Classifier("photos", "photos", alarms=0.1),
        Classifier("digits", "digits-cnn", alarms=0.007),
        Classifier("fashion", "fashion-cnn", alarms=0.05),
        Classifier("digits-mlp", "digits-mlp", alarms=0.007, offered=False),
    )
}

ALIASES = {"garments": "fashion"}
"""What links and notebooks of earlier versions call a classifier, and its name."""


def classifier(name: str) -> Classifier:
    """A classifier by its name, or by one of `ALIASES`.

    Raises:
        ValueError: there is none of this name; the message lists those that there are.
    """
    name = ALIASES.get(name, name)
    if name not in CLASSIFIERS:
        raise ValueError(f"no model {name!r}; there are: {', '.join(CLASSIFIERS)}")
    return CLASSIFIERS[name]


def by_weights(name: str) -> Classifier:
    """The classifier whose network has this name in the zoo.

    Raises:
        ValueError: there is none.
    """
    for made in CLASSIFIERS.values():
        if made.weights == name:
            return made
    raise ValueError(f"no classifier of the weights {name!r}")


@lru_cache(maxsize=8)
def live_reader(name: str, none: str) -> LiveReader:
    """A classifier of 28 x 28 pixels for the browser, with what none of its classes is called.

    Raises:
        ValueError: there is no classifier of this name.
        TypeError: it is not one that the browser can run.
    """
    model = classifier(name)
    program, calibration = classifier_program(model.module), model.calibration
    names = model.slugs
    return LiveReader(
        program.digest,
        program.size,
        program.steps,
        program.weights,
        (*names, none) if calibration.refuses else names,
        calibration.threshold if calibration.refuses else None,
        calibration.temperature,
        USUAL,
    )
