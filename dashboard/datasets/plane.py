"""Points of the plane with something to predict for each: a class, or a number.

The square shown is [-6, 6] x [-6, 6], as in TensorFlow Playground, so that sin(x1) has a full wave in it.
Every generator takes (rng, size, noise) and returns points (size, 2) and targets (size,), both float64:
class numbers from 0, or values in [-1, 1] before noise. Noise is a share of one. The generators need numpy
alone, because the script that a visitor takes away quotes their source.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dashboard.datasets import plane_generators as generate
from dashboard.datasets.points import PointSet

EXTENT = 6.0
"""Half the side of the square that is shown."""

Generator = Callable[[np.random.Generator, int, float], tuple[np.ndarray, np.ndarray]]

CLASSES: dict[str, tuple[Generator, int]] = {
    "circle": (generate.circle, 2),
    "xor": (generate.xor, 2),
    "clouds": (generate.clouds, 2),
    "spiral": (generate.spiral, 2),
    "spiral3": (generate.spiral3, 3),
    "moons": (generate.moons, 2),
    "checkerboard": (generate.checkerboard, 2),
    "classes3": (generate.classes3, 3),
    "classes4": (generate.classes4, 4),
    "classes5": (generate.classes5, 5),
}
"""Generator and number of classes of each data set whose targets are classes."""

VALUES: dict[str, Generator] = {
    "plane": generate.plane,
    "hills": generate.hills,
    "curve": generate.curve,
}
"""Generator of each data set whose targets are numbers."""
SLUGS = (*CLASSES, *VALUES)


@dataclass(frozen=True)
class Split:
    """The examples of a run, part to learn from and part to be examined on.

    Points are (n, 2) float64; targets (n,) float64: class numbers 0..classes-1, or numbers if `task` is
    "values" (then `classes` is 0).
    """

    train_points: np.ndarray
    train_targets: np.ndarray
    test_points: np.ndarray
    test_targets: np.ndarray
    task: Literal["classes", "values"]
    classes: int

    @property
    def outputs(self) -> int:
        """Neurons of the output layer: one for two classes (its sign decides) or for a number."""
        return self.classes if self.classes > 2 else 1


def make(slug: str, size: int, noise: float, train_share: float, seed: int) -> Split:
    """The data set called `slug`, of `size` points, split at random. Same arguments, same points.

    Raises:
        ValueError: there is no such data set; the message lists those that there are.
    """
    rng = np.random.default_rng(seed)
    if slug in CLASSES:
        generator, classes = CLASSES[slug]
        points, targets = generator(rng, size, noise)
        return split(points, targets, train_share, rng, "classes", classes)
    if slug in VALUES:
        points, targets = VALUES[slug](rng, size, noise)
        return split(points, targets, train_share, rng, "values")
    raise ValueError(f"no data set {slug!r}; there are: {', '.join(SLUGS)}")


def own(points: PointSet, train_share: float, seed: int) -> Split:
    """The visitor's points of two classes, spread from [-1.2, 1.2] over the square, split at random.

    Raises ValueError if there are fewer than two.
    """
    rng = np.random.default_rng(seed)
    return split(points.points * 5.0, (points.labels > 0).astype(float), train_share, rng, "classes", 2)


def split(
    points: np.ndarray,
    targets: np.ndarray,
    train_share: float,
    rng: np.random.Generator,
    task: Literal["classes", "values"],
    classes: int = 0,
) -> Split:
    """Points (n, 2) and targets (n,) dealt out at random, at least one point on either side (n >= 2).

    Raises ValueError if there are fewer than two points, or a class outside 0..classes-1.
    """
    count = len(points)
    if count < 2:
        raise ValueError("at least two points are needed")
    if task == "classes" and not np.isin(targets, np.arange(classes)).all():
        raise ValueError(f"classes are numbered 0 to {classes - 1}")
    order = rng.permutation(count)
    train = min(max(round(train_share * count), 1), count - 1)
    points = np.asarray(points, dtype=float)[order]
    targets = np.asarray(targets, dtype=float)[order]
    return Split(points[:train], targets[:train], points[train:], targets[train:], task, classes)


def features(points: np.ndarray, inputs: tuple[str, ...]) -> np.ndarray:
    """What the network is given of points (n, 2): one column per engineered input, (n, len(inputs))."""
    x1, x2 = points[:, 0], points[:, 1]
    formulas: dict[str, Callable[[], np.ndarray]] = {
        "x1": lambda: x1,
        "x2": lambda: x2,
        "x1sq": lambda: x1**2,
        "x2sq": lambda: x2**2,
        "x1x2": lambda: x1 * x2,
        "sinx1": lambda: np.sin(x1),
        "sinx2": lambda: np.sin(x2),
    }
    return np.stack([formulas[slug]() for slug in inputs], axis=1)


def grid(side: int) -> np.ndarray:
    """Centres of a `side` x `side` mosaic of the square, (side², 2), row by row from the top left."""
    ticks = (np.arange(side) + 0.5) / side * 2 * EXTENT - EXTENT
    x1, x2 = np.meshgrid(ticks, ticks[::-1])
    return np.stack([x1.ravel(), x2.ravel()], axis=1)
