"""What every layer of a digit classifier makes of one image, and how one unit gets its value.

A classifier is taken apart into the layers that a visitor can follow: an input, convolutions, poolings and
dense layers. Each value can then be worked out again by hand, number by number (`explain`). Batch
normalisation, which after training only multiplies and adds constants, is folded into weights and biases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dashboard import zoo
from dashboard.models.convnet import ConvBlock, GlobalPool, ResidualBlock
from dashboard.models.stages import Normalise

Array = NDArray[np.float64]
Kind = Literal["input", "convolution", "residual", "max_pool", "global_pool", "dense", "output"]

KINDS: dict[type[nn.Module], Kind] = {
    Normalise: "input",
    ConvBlock: "convolution",
    nn.MaxPool2d: "max_pool",
    GlobalPool: "global_pool",
    nn.Sequential: "dense",
    nn.Linear: "output",
}
"""How the stages of `dashboard.models` are shown; those that change no value (Flatten, Dropout) are not."""
CLOSE = 1 / 3
"""The network hesitates when its second choice is at least this likely compared with its first."""


@dataclass(frozen=True)
class Layer:
    """One layer and what it gives for an image.

    Attributes:
        slug: its short name, such as "conv1".
        values: (units, height, width); the units of a dense layer are maps of one cell.
        parameters: how many numbers it learned.
    """

    slug: str
    kind: Kind
    values: Array
    parameters: int

    @property
    def spatial(self) -> bool:
        """Its units are maps, not single numbers."""
        return self.values[0].size > 1

    @property
    def strengths(self) -> Array:
        """(units,) the value of each unit that is farthest from zero, without its sign."""
        return np.abs(self.values).max(axis=(1, 2))

    def strongest(self) -> NDArray[np.intp]:
        """(units,) the units from the strongest to the weakest."""
        return np.argsort(-self.strengths, kind="stable")

    def peak(self, unit: int) -> tuple[int, int]:
        """Row and column of the unit's value that is farthest from zero."""
        row, column = np.unravel_index(np.abs(self.values[unit]).argmax(), self.values[unit].shape)
        return int(row), int(column)


@dataclass(frozen=True)
class Reading:
    """All that a network makes of one image.

    Attributes:
        layers: in order, from the input to the scores.
        probabilities: (classes,) the scores through softmax.
        classes: their names, language-neutral.
        accuracy: share of the test images that this network reads right.
    """

    layers: tuple[Layer, ...]
    probabilities: Array
    classes: tuple[str, ...]
    accuracy: float

    @property
    def ranking(self) -> NDArray[np.intp]:
        """The classes, likeliest first."""
        return np.argsort(-self.probabilities, kind="stable")

    @property
    def hesitates(self) -> bool:
        """The second class is nearly as likely as the first."""
        first, second = self.probabilities[self.ranking[:2]]
        return bool(second >= CLOSE * first)


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
        skip: what a residual block adds after that: its own input at the same place.
    """

    inputs: Array
    weights: Array
    bias: float
    folded: bool
    rectified: bool
    skip: float = 0.0

    @property
    def products(self) -> Array:
        return self.inputs * self.weights

    @property
    def total(self) -> float:
        return float(self.products.sum()) + self.bias

    @property
    def value(self) -> float:
        return (max(self.total, 0.0) if self.rectified else self.total) + self.skip


Explanation = Scaling | Pooling | WeightedSum


def read(network: str, digit: Array) -> Reading:
    """Run a classifier of `pretrained/` layer by layer on a digit (28, 28) with ink 1 on ground 0."""
    # One thread a request: under load two were measured many times slower.
    torch.set_num_threads(1)
    model = zoo.load(network)
    x = torch.from_numpy(np.ascontiguousarray(digit, dtype=np.float32))[None, None]
    layers: list[Layer] = []
    block_input = x
    with torch.inference_mode():
        for slug, kind, module in _steps(model):
            if kind in ("dense", "output"):
                x = x.flatten(1)
            before, x = x, module(x)
            if kind == "residual":
                x = block_input + x
            block_input = before
            values = x[0].reshape(len(x[0]), *(x.shape[2:] or (1, 1)))
            layers.append(Layer(slug, kind, _array(values), zoo.parameters(module)))
        probabilities = _array(x[0].double().softmax(0))
    card = zoo.card(network)
    return Reading(tuple(layers), probabilities, card.classes, card.measured["accuracy"])


def explain(network: str, reading: Reading, layer: int, unit: int, row: int, column: int) -> Explanation:
    """How the unit of a layer gets its value at a row and a column (both 0 for a dense unit).

    Raises:
        IndexError: there is no such unit or place.
    """
    slug, kind, module = list(_steps(zoo.load(network)))[layer]
    height, width = reading.layers[layer].values[unit].shape
    if not (0 <= row < height and 0 <= column < width):
        raise IndexError(f"{slug} has no place {row}, {column}")
    if isinstance(module, Normalise):
        scaled = float(reading.layers[layer].values[unit, row, column])
        return Scaling(scaled * module.std + module.mean, module.mean, module.std)
    inputs = reading.layers[layer - 1].values
    if isinstance(module, nn.MaxPool2d):
        return Pooling(inputs[unit, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2], averages=False)
    if isinstance(module, GlobalPool):
        return Pooling(inputs[unit % len(inputs)], averages=unit >= len(inputs))
    if isinstance(module, ConvBlock):
        weights, bias = _folded(module, unit)
        skip = reading.layers[layer - 2].values[unit, row, column] if kind == "residual" else 0.0
        patch = np.pad(inputs, ((0, 0), (1, 1), (1, 1)))[:, row : row + 3, column : column + 3]
        return WeightedSum(patch, weights, bias, folded=True, rectified=True, skip=float(skip))
    linear = module if isinstance(module, nn.Linear) else module.get_submodule("0")
    assert isinstance(linear, nn.Linear)
    weights = _array(linear.weight[unit]).reshape(inputs.shape)
    return WeightedSum(inputs, weights, float(linear.bias[unit]), folded=False, rectified=kind == "dense")


def _steps(model: nn.Module) -> Iterator[tuple[str, Kind, nn.Module]]:
    """Slug, kind and module of every layer, in order; a residual block is two convolutions."""
    for name, stage in model.get_submodule("stages").named_children():
        if isinstance(stage, ResidualBlock):
            yield f"{name}a", "convolution", stage.first
            yield f"{name}b", "residual", stage.second
        elif type(stage) in KINDS:
            yield name, KINDS[type(stage)], stage


def _folded(block: ConvBlock, unit: int) -> tuple[Array, float]:
    """One kernel (channels, 3, 3) and its bias, with the batch normalisation that follows."""
    norm = block.norm
    assert norm.running_mean is not None and norm.running_var is not None
    scale = float(norm.weight[unit]) / np.sqrt(float(norm.running_var[unit]) + norm.eps)
    bias = float(norm.bias[unit]) - float(norm.running_mean[unit]) * scale
    return _array(block.conv.weight[unit]) * scale, bias


def _array(tensor: Tensor) -> Array:
    return tensor.numpy().astype(np.float64)
