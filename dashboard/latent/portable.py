"""A decoder as a list of simple steps and a block of weights, so that the browser can run it by itself.

`dashboard/ui/components/neural.js` runs the steps. In eval mode batch normalisation is a multiplication and
an addition: both are folded into the layer before it. Weights travel as 16-bit floats, which changes a pixel
by about a thousandth.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dashboard.latent.coders import Coder
from dashboard.models.autoencoder import Autoencoder, Conv, Enlarge
from dashboard.models.linear import Components
from dashboard.models.stages import Dense, Residual
from dashboard.models.vae import VAE

_ACTIVATIONS = {nn.SiLU: "silu", nn.ReLU: "relu", nn.Tanh: "tanh"}
Step = tuple[str, tuple[Tensor, ...], int]  # operation, its weights and bias, side of its maps


@dataclass(frozen=True)
class Program:
    """What the browser runs, from a code to the 784 pixels of an image in [0, 1].

    Attributes:
        size: how many numbers a code has.
        steps: in order; each has an `op`. With weights (`w` and `b` are offsets into `weights`, in numbers;
            `inputs`, `outputs`): dense; straight, a dense step applied to the code itself and added; conv,
            3x3 with a border of zeros on maps of `side`. Without: shuffle, four maps of `side` into one of
            twice the side; keep and add, around a residual block; silu, relu, tanh, sigmoid, clamp.
        weights: little-endian float16, each matrix row by row as (outputs, inputs) or
            (outputs, inputs, 3, 3).
        digest: the same for the same program.
    """

    size: int
    steps: list[dict[str, Any]]
    weights: bytes
    digest: str


def program(coder: Coder) -> Program:
    """The decoder of a coder; of one of the visitor's own: `module.decoder`, then a cut at 0 and 1.

    Raises:
        TypeError: it has a layer that the browser does not know.
    """
    steps, parts, offset = [], [], 0
    for op, tensors, side in _decoder(coder.module):
        step: dict[str, Any] = {"op": op, "side": side}
        if tensors:
            step.update(outputs=tensors[0].shape[0], inputs=tensors[0].shape[1])
        for name, tensor in zip("wb", tensors, strict=False):
            step[name] = offset
            parts.append(tensor.detach().contiguous().numpy().astype("<f2").ravel())
            offset += parts[-1].size
        steps.append(step)
    weights = np.concatenate(parts).tobytes()
    digest = hashlib.sha256(repr(steps).encode() + weights).hexdigest()[:16]
    return Program(coder.size, steps, weights, digest)


def _decoder(module: object) -> Iterator[Step]:
    if isinstance(module, Components):
        yield "dense", (module.components.T, module.mean), 1
        yield "clamp", (), 1
        return
    decoder = getattr(module, "decoder", None)
    if not isinstance(decoder, nn.Module):
        raise TypeError(f"{type(module).__name__} has no decoder to take along")
    yield from _steps(decoder, 1)
    if isinstance(module, Autoencoder):
        yield "straight", (module.decoder_shortcut.weight, module.decoder_shortcut.bias), 1
    yield ("sigmoid" if isinstance(module, VAE) else "clamp"), (), 1


def _steps(module: nn.Module, side: int) -> Iterator[Step]:
    """The steps of a layer whose input has maps of `side` (1 for plain numbers)."""
    match module:
        case nn.Sequential():
            for child in module:
                yield from _steps(child, side)
                side = _side_after(child, side)
        case Residual():
            yield "keep", (), side
            yield from _steps(module.block, side)
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
        case nn.Linear():
            yield "dense", (module.weight, module.bias), side
        case nn.Unflatten() | nn.Identity():
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
        case nn.Sequential():
            for child in module:
                side = _side_after(child, side)
    return side


def _folded(weight: Tensor, norm: nn.BatchNorm1d | nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Weights and bias of a layer together with the normalisation after it."""
    assert norm.running_mean is not None and norm.running_var is not None
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return weight * scale.view(-1, *[1] * (weight.ndim - 1)), norm.bias - norm.running_mean * scale
