"""A network as a list of simple steps and a block of weights, so that the browser can run it by itself.

`dashboard/ui/components/neural.js` runs the steps. In eval mode batch normalisation is a multiplication and
an addition: both are folded into the layer before it. Weights travel as 16-bit floats, which changes a pixel
or a probability by about a thousandth.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dashboard.models.autoencoder import Conv, Enlarge
from dashboard.models.convnet import ConvBlock, ConvNet, GlobalPool, ResidualBlock
from dashboard.models.mlp import MLP
from dashboard.models.stages import Dense, Normalise, Residual

_ACTIVATIONS = {nn.SiLU: "silu", nn.ReLU: "relu", nn.Tanh: "tanh"}
_SIDE = 28
Step = tuple[str, tuple[Tensor, ...], int]  # operation, its weights and bias, side of its maps


@dataclass(frozen=True)
class Program:
    """What the browser runs.

    Attributes:
        size: how many numbers go in.
        steps: in order; each has an `op`. With weights (`w` and `b` are offsets into `weights`, in numbers;
            `inputs`, `outputs`): dense; straight, a dense step applied to what went in and added; conv, 3x3
            with a border of zeros on maps of `side`; scale, one factor and one addend for all numbers.
            Without: shuffle, four maps of `side` into one of twice the side; pool, the largest of 2x2;
            summary, the largest value of every map of `side`, then their means; keep and add, around a
            residual block; silu, relu, tanh, sigmoid, clamp.
        weights: little-endian float16, each matrix row by row as (outputs, inputs) or
            (outputs, inputs, 3, 3).
        digest: the same for the same program.
    """

    size: int
    steps: list[dict[str, Any]]
    weights: bytes
    digest: str


def packed(size: int, steps: Iterable[Step]) -> Program:
    """The program of these steps, which take `size` numbers."""
    described, parts, offset = [], [], 0
    for op, tensors, side in steps:
        step: dict[str, Any] = {"op": op, "side": side}
        if tensors:
            step.update(outputs=tensors[0].shape[0], inputs=tensors[0].shape[1])
        for name, tensor in zip("wb", tensors, strict=False):
            step[name] = offset
            parts.append(tensor.detach().contiguous().numpy().astype("<f2").ravel())
            offset += parts[-1].size
        described.append(step)
    weights = np.concatenate(parts).tobytes()
    digest = hashlib.sha256(repr(described).encode() + weights).hexdigest()[:16]
    return Program(size, described, weights, digest)


def classifier_program(module: nn.Module) -> Program:
    """A classifier of 28 x 28 pixels in [0, 1], from them to its scores.

    Raises:
        TypeError: it is none, or has a layer that the browser does not know.
    """
    if not isinstance(module, ConvNet | MLP):
        raise TypeError(f"{type(module).__name__} is no classifier to take along")
    return packed(_SIDE * _SIDE, steps_of(module.stages, _SIDE))


def steps_of(module: nn.Module, side: int) -> Iterator[Step]:
    """The steps of a layer whose input has maps of `side` (1 for plain numbers)."""
    match module:
        case nn.Sequential():
            for child in module:
                yield from steps_of(child, side)
                side = _side_after(child, side)
        case Residual():
            yield "keep", (), side
            yield from steps_of(module.block, side)
            yield "add", (), side
        case Dense():
            yield "dense", _folded(module.linear.weight, module.norm), side
            yield "silu", (), side
        case Conv():
            yield "conv", _folded(module.conv.weight, module.norm), side
            yield "silu", (), side
        case Enlarge():
            assert module.conv.bias is not None
            yield "conv", (module.conv.weight, module.conv.bias), side
            yield "shuffle", (), side
        case ConvBlock():
            yield "conv", _folded(module.conv.weight, module.norm), side
            yield "relu", (), side
        case ResidualBlock():
            yield "keep", (), side
            yield from steps_of(module.first, side)
            yield from steps_of(module.second, side)
            yield "add", (), side
        case nn.MaxPool2d():
            yield "pool", (), side
        case GlobalPool():
            yield "summary", (), side
        case Normalise():
            yield "scale", (torch.tensor([[1 / module.std]]), torch.tensor([-module.mean / module.std])), side
        case nn.Linear():
            yield "dense", (module.weight, module.bias), side
        case nn.Unflatten() | nn.Flatten() | nn.Dropout() | nn.Identity():
            return
        case _ if type(module) in _ACTIVATIONS:
            yield _ACTIVATIONS[type(module)], (), side
        case _:
            raise TypeError(f"the browser knows no layer {type(module).__name__}")


def _side_after(module: nn.Module, side: int) -> int:
    match module:
        case nn.Unflatten():
            return int(module.unflattened_size[-1])
        case Enlarge():
            return 2 * side
        case nn.MaxPool2d():
            return side // 2
        case nn.Sequential():
            for child in module:
                side = _side_after(child, side)
    return side


def _folded(weight: Tensor, norm: nn.BatchNorm1d | nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Weights and bias of a layer together with the normalisation after it."""
    assert norm.running_mean is not None and norm.running_var is not None
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return weight * scale.view(-1, *[1] * (weight.ndim - 1)), norm.bias - norm.running_mean * scale
