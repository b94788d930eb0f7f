"""A network taken apart into layers that a visitor can follow, and how one unit gets its value.

Works on the classifiers of `dashboard.models` whose parts are named `stages`. Each value can be worked out
again by hand, number by number (`explain`). Batch normalisation, which after training only multiplies and
adds constants, is folded into weights and biases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from dashboard import zoo
from dashboard.layers import (
    Array,
    Convolution,
    Explanation,
    Kind,
    Layer,
    Pooling,
    Scaling,
    Values,
    WeightedSum,
)
from dashboard.models.convnet import ConvBlock, GlobalPool, ResidualBlock
from dashboard.models.efficientnet_lite import Block, ConvNorm, MeanPool, same_padding
from dashboard.models.stages import Normalise

KINDS: dict[type[nn.Module], Kind] = {
    Normalise: "input",
    ConvBlock: "convolution",
    nn.MaxPool2d: "max_pool",
    GlobalPool: "global_pool",
    MeanPool: "mean_pool",
    nn.Sequential: "dense",
    nn.Linear: "output",
}
"""How the stages of `dashboard.models` are shown; those that change no value (Flatten, Dropout) are not."""
_FLAT = ("dense", "output")
_RELU6 = 6.0


@dataclass(frozen=True)
class Step:
    """One layer of a network.

    Attributes:
        block: the stage that it is a part of.
        skip: the output of this many layers before is added to its own; 0 for none.
    """

    slug: str
    kind: Kind
    module: nn.Module
    block: str
    skip: int = 0


def steps(model: nn.Module) -> Iterator[Step]:
    """Every layer, in order; a residual block is two, a block of the photo network two or three."""
    for name, stage in model.get_submodule("stages").named_children():
        if isinstance(stage, ResidualBlock):
            yield Step(f"{name}a", "convolution", stage.first, name)
            yield Step(f"{name}b", "residual", stage.second, name, skip=2)
        elif isinstance(stage, Block):
            if isinstance(stage.expand, ConvNorm):
                yield Step(f"{name}-widen", "widen", stage.expand, name)
            yield Step(f"{name}-depthwise", "depthwise", stage.depthwise, name)
            yield Step(f"{name}-narrow", "narrow", stage.project, name, skip=3 if stage.skips else 0)
        elif isinstance(stage, ConvNorm):
            wide = stage.conv.kernel_size[0] > 1
            yield Step(name, "convolution" if wide else "mix", stage, name)
        elif type(stage) in KINDS:
            yield Step(name, KINDS[type(stage)], stage, name)


def outputs(model: nn.Module, images: Tensor) -> Iterator[tuple[Step, Tensor]]:
    """Run a network layer by layer on images (n, channels, height, width) and give what each layer gives."""
    given = [images]
    for step in steps(model):
        x = given[-1].flatten(1) if step.kind in _FLAT else given[-1]
        y = step.module(x)
        given.append(y + given[-step.skip] if step.skip else y)
        del given[:-4]  # no skip reaches further
        yield step, given[-1]


def read(model: nn.Module, image: Tensor) -> tuple[Layer, ...]:
    """What every layer makes of one image (1, channels, height, width) in [0, 1]."""
    layers = []
    with zoo.inference():
        for step, output in outputs(model, image):
            values = output[0].reshape(len(output[0]), *(output.shape[2:] or (1, 1))).contiguous().numpy()
            layers.append(Layer(step.slug, step.kind, values, zoo.parameters(step.module), step.block))
    return tuple(layers)


def first_convolution(model: nn.Module, side: int) -> Convolution:
    """What slides over an image of ``side`` pixels first.

    Raises:
        ValueError: the network does not begin with a scaling and a convolution.
    """
    scaling, block = (step.module for step in list(steps(model))[:2])
    if not (isinstance(scaling, Normalise) and isinstance(block, ConvBlock | ConvNorm)):
        raise ValueError("the network does not begin with a scaling and a convolution")
    folded = [_folded(block, unit) for unit in range(block.conv.out_channels)]
    _, stride, padding = _geometry(block, side, 0)
    return Convolution(
        scaling.mean,
        scaling.std,
        np.stack([kernel for kernel, _ in folded]),
        np.array([bias for _, bias in folded]),
        stride,
        padding,
        _RELU6 if isinstance(block, ConvNorm) else np.inf,
    )


def explain(
    model: nn.Module, layers: Sequence[Layer], place: int, unit: int, row: int, column: int
) -> Explanation:
    """How a unit gets its value at a row and a column (both 0 for a dense unit).

    Args:
        layers: what `read` gave; `place` is the layer's place among them.

    Raises:
        IndexError: there is no such unit or place.
    """
    step = list(steps(model))[place]
    layer = layers[place]
    height, width = layer.values[unit].shape
    if not (0 <= row < height and 0 <= column < width):
        raise IndexError(f"{step.slug} has no place {row}, {column}")
    module = step.module
    if isinstance(module, Normalise):
        scaled = float(layer.values[unit, row, column])
        return Scaling(scaled * module.std + module.mean, module.mean, module.std)
    inputs = layers[place - 1].values
    if isinstance(module, nn.MaxPool2d):
        patch = inputs[unit, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        return Pooling(_doubles(patch), averages=False)
    if isinstance(module, GlobalPool | MeanPool):
        averages = isinstance(module, MeanPool) or unit >= len(inputs)
        return Pooling(_doubles(inputs[unit % len(inputs)]), averages)
    if isinstance(module, ConvBlock | ConvNorm):
        weights, bias = _folded(module, unit)
        channels = slice(unit, unit + 1) if step.kind == "depthwise" else slice(None)
        patch = _patch(inputs[channels], module, row, column)
        relu6 = isinstance(module, ConvNorm) and module.rectified
        return WeightedSum(
            patch,
            weights,
            bias,
            folded=True,
            rectified=relu6 or isinstance(module, ConvBlock),
            ceiling=_RELU6 if relu6 else np.inf,
            skip=float(layers[place - step.skip].values[unit, row, column]) if step.skip else 0.0,
        )
    linear = module if isinstance(module, nn.Linear) else module.get_submodule("0")
    assert isinstance(linear, nn.Linear)
    weights = _doubles(linear.weight[unit].numpy()).reshape(inputs.shape)
    return WeightedSum(
        _doubles(inputs), weights, float(linear.bias[unit]), folded=False, rectified=step.kind == "dense"
    )


def receptive_field(
    model: nn.Module, layers: Sequence[Layer], place: int, row: int, column: int
) -> tuple[int, int, int, int]:
    """The pixels of the input that a place of a layer can see: first row and column, last row and column.

    Whatever lies beyond them cannot change the value there.
    """
    reach = [[row, row], [column, column]]
    walked = list(zip(steps(model), layers, strict=True))
    for before, (step, layer) in zip(range(place - 1, -1, -1), walked[place:0:-1], strict=True):
        sides = layers[before].values.shape[1:]
        for axis, side in enumerate(sides):
            first, last = reach[axis]
            if not layer.spatial:
                first, last = 0, side - 1
            elif isinstance(step.module, nn.MaxPool2d):
                first, last = 2 * first, 2 * last + 1
            elif isinstance(step.module, ConvBlock | ConvNorm):
                kernel, stride, padding = _geometry(step.module, side, axis)
                first, last = first * stride - padding, last * stride - padding + kernel - 1
            reach[axis] = [max(first, 0), min(last, side - 1)]
    (top, bottom), (left, right) = reach
    return top, left, bottom, right


def _geometry(block: ConvBlock | ConvNorm, side: int, axis: int) -> tuple[int, int, int]:
    """Kernel, stride and zeros before the first of `side` inputs, along the rows (0) or columns (1)."""
    kernel, stride = block.conv.kernel_size[axis], block.conv.stride[axis]
    return kernel, stride, same_padding(side, kernel, stride)[0]


def _patch(inputs: Values, block: ConvBlock | ConvNorm, row: int, column: int) -> Array:
    """What is under a kernel, (channels, kernel, kernel), zeros beyond the edges."""
    patch = np.zeros((len(inputs), *block.conv.kernel_size))
    spans, holes = [], []
    for axis, place in enumerate((row, column)):
        side = inputs.shape[1 + axis]
        kernel, stride, padding = _geometry(block, side, axis)
        start = place * stride - padding
        first, last = max(start, 0), min(start + kernel, side)
        spans.append(slice(first, last))
        holes.append(slice(first - start, last - start))
    patch[:, holes[0], holes[1]] = inputs[:, spans[0], spans[1]]
    return patch


def _folded(block: ConvBlock | ConvNorm, unit: int) -> tuple[Array, float]:
    """One kernel (channels, height, width) and its bias, with the batch normalisation that follows."""
    norm = block.norm
    assert norm.running_mean is not None and norm.running_var is not None
    scale = float(norm.weight[unit]) / np.sqrt(float(norm.running_var[unit]) + norm.eps)
    bias = float(norm.bias[unit]) - float(norm.running_mean[unit]) * scale
    return _doubles(block.conv.weight[unit].numpy()) * scale, bias


def _doubles(values: NDArray) -> Array:
    return values.astype(np.float64)
