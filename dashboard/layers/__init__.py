"""What one layer of a network gives for one image, and the arithmetic behind one of its values."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Values = NDArray[np.floating]
Kind = Literal[
    "input",
    "convolution",
    "residual",
    "mix",
    "widen",
    "depthwise",
    "narrow",
    "max_pool",
    "global_pool",
    "mean_pool",
    "dense",
    "output",
]


@dataclass(frozen=True)
class Layer:
    """One layer and what it gives for an image.

    Attributes:
        slug: its short name, such as "conv1".
        values: (units, height, width); the units of a dense layer are maps of one cell.
        parameters: how many numbers it learned.
        block: the part of the network that it belongs to; its own slug if it stands alone.
    """

    slug: str
    kind: Kind
    values: Values
    parameters: int
    block: str = ""

    @property
    def spatial(self) -> bool:
        """Its units are maps, not single numbers."""
        return self.values[0].size > 1

    @property
    def strengths(self) -> Values:
        """(units,) the value of each unit that is farthest from zero, without its sign."""
        return np.abs(self.values).max(axis=(1, 2))

    def strongest(self) -> NDArray[np.intp]:
        """(units,) the units from the strongest to the weakest; of equals, the one that is strong in more
        places first: many reach the ceiling of a ReLU6."""
        return np.lexsort((-np.abs(self.values).mean(axis=(1, 2)), -self.strengths))

    def peak(self, unit: int) -> tuple[int, int]:
        """Row and column of the unit's value that is farthest from zero; of equals (many reach the ceiling
        of a ReLU6) the one nearest to the middle, which sees least of what lies beyond the image."""
        strength = np.abs(self.values[unit])
        places = np.argwhere(strength == strength.max())
        away = np.abs(places - (np.array(strength.shape) - 1) / 2).max(axis=1)
        row, column = places[away.argmin()]
        return int(row), int(column)


@dataclass(frozen=True)
class Scaling:
    """An input unit: one pixel in [0, 1], minus the mean of the training pixels, over their deviation."""

    pixel: float
    mean: float
    std: float

    @property
    def value(self) -> float:
        return (self.pixel - self.mean) / self.std


@dataclass(frozen=True)
class Pooling:
    """A pooling unit: the greatest or the mean of its `inputs` (height, width)."""

    inputs: Array
    averages: bool

    @property
    def value(self) -> float:
        return float(self.inputs.mean() if self.averages else self.inputs.max())


@dataclass(frozen=True)
class WeightedSum:
    """A convolution or dense unit: inputs times weights, summed, plus a bias, rectified, plus a skip.

    Attributes:
        inputs: (channels, height, width) what it looks at; beyond the edge of the image are zeros.
        weights: (channels, height, width) batch normalisation folded in.
        bias: batch normalisation folded in.
        folded: whether there was a batch normalisation.
        rectified: whether negative sums become 0 (ReLU).
        ceiling: what greater sums become (6 for ReLU6).
        skip: what a residual block adds after that: its own input at the same place.
    """

    inputs: Array
    weights: Array
    bias: float
    folded: bool
    rectified: bool
    ceiling: float = np.inf
    skip: float = 0.0

    @property
    def products(self) -> Array:
        return self.inputs * self.weights

    @property
    def total(self) -> float:
        return float(self.products.sum()) + self.bias

    @property
    def activated(self) -> float:
        """The total, once rectified."""
        return min(max(self.total, 0.0), self.ceiling) if self.rectified else self.total

    @property
    def value(self) -> float:
        return self.activated + self.skip


@dataclass(frozen=True)
class Convolution:
    """The first convolution of a network, as it slides over the scaled pixels; no skip ends there.

    Attributes:
        mean, std: a pixel in [0, 1], minus the mean, over the deviation, is what it gets.
        kernels: (units, channels, size, size); biases: (units,); batch normalisation folded in both.
        stride: pixels from one place to the next; padding: zeros before the first pixel of a row or column.
        ceiling: what greater sums become (6 for ReLU6); smaller ones than 0 become 0.
    """

    mean: float
    std: float
    kernels: Array
    biases: Array
    stride: int
    padding: int
    ceiling: float


Explanation = Scaling | Pooling | WeightedSum
