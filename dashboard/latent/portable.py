"""A decoder as a list of simple steps and a block of weights, so that the browser can run it by itself.

`dashboard/ui/components/neural.js` runs the steps. In eval mode batch normalisation is a multiplication and
an addition: both are folded into the layer before it. Weights travel as 16-bit floats, which changes a pixel
by about a thousandth.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dashboard.latent.coders import Coder
from dashboard.models.autoencoder import Autoencoder, Conv, Enlarge
from dashboard.models.linear import LinearCoder
from dashboard.models.stages import Dense, Residual
from dashboard.models.vae import VAE

Array = NDArray[np.float32]
Step = dict[str, Any]

_ACTIVATIONS = {nn.SiLU: "silu", nn.ReLU: "relu", nn.Tanh: "tanh", nn.Sigmoid: "sigmoid"}


@dataclass
class Program:
    """What the browser runs, from a code to the 784 pixels of an image in [0, 1].

    Attributes:
        steps: in order; each has an `op` and what it needs, weights as offsets into `weights`:
            dense (`inputs`, `outputs`, `w`, `b`), straight (the same, applied to the code itself and added),
            conv (3x3 with a border of zeros: `inputs`, `outputs`, `side`, `w`, `b`), shuffle (four maps into
            one of twice the `side`: `outputs`, `side`), keep and add (around a residual block), silu, relu,
            tanh, sigmoid, clamp.
        weights: float16, each matrix row by row as (outputs, inputs) or (outputs, inputs, 3, 3).
        digest: the same for the same program.
    """

    steps: list[Step] = field(default_factory=list)
    parts: list[NDArray[np.float16]] = field(default_factory=list)
    side: int = 1

    @property
    def weights(self) -> bytes:
        return b"".join(part.astype("<f2").tobytes() for part in self.parts)

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self.steps).encode() + self.weights).hexdigest()[:16]

    def stored(self, values: Array) -> int:
        """Keep weights; their offset, in numbers."""
        offset = sum(part.size for part in self.parts)
        self.parts.append(values.astype(np.float16).ravel())
        return offset

    def matrix(self, op: str, weight: Array, bias: Array, **more: int) -> None:
        """A step with weights (outputs, inputs, ...) and a bias (outputs,)."""
        outputs, inputs = weight.shape[:2]
        step = {"op": op, "inputs": inputs, "outputs": outputs, **more}
        self.steps.append({**step, "w": self.stored(weight), "b": self.stored(bias)})


def program(coder: Coder) -> Program:
    """The decoder of a coder.

    Raises:
        TypeError: it has a layer that the browser does not know.
    """
    made = Program()
    module = coder.module
    if isinstance(module, Autoencoder):
        _add(made, module.decoder)
        made.matrix("straight", *_weights(module.decoder_shortcut))
        made.steps.append({"op": "clamp"})
    elif isinstance(module, VAE):
        _add(made, module.decoder)
        made.steps.append({"op": "sigmoid"})
    elif isinstance(module, nn.Module):
        _add(made, module.decoder)
        made.steps.append({"op": "clamp"})
    else:
        raise TypeError(f"{type(module).__name__} has no decoder to take along")
    return made
