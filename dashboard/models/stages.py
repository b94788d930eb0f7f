"""What the architectures share: named stages that can be run one by one, and two small layers."""

from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PIXELS = 28 * 28


class Hourglass(Protocol):
    """Anything that squeezes images into codes and rebuilds them, in named stages."""

    latent: int
    encoder: nn.Sequential
    decoder: nn.Sequential

    def encode(self, images: Tensor) -> Tensor: ...

    def decode(self, codes: Tensor) -> Tensor: ...


def trace(stages: nn.Sequential, x: Tensor) -> dict[str, Tensor]:
    """Run named stages one after the other and keep what each gives, in order."""
    outputs: dict[str, Tensor] = {}
    for name, stage in stages.named_children():
        x = stage(x)
        outputs[name] = x
    return outputs


def trace_hourglass(model: Hourglass, images: Tensor) -> dict[str, Tensor]:
    """What every stage of an autoencoder gives, named, from the first layer to the reconstruction."""
    codes = model.encode(images)
    return {
        **{f"encoder.{name}": output for name, output in trace(model.encoder, images).items()},
        "code": codes,
        **{f"decoder.{name}": output for name, output in trace(model.decoder, codes).items()},
        "reconstruction": model.decode(codes),
    }


def channels_last(module: nn.Module) -> None:
    """Lay out a module's kernels channel by channel, in which 3x3 convolutions run fastest on a CPU."""
    module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


class Normalise(nn.Module):
    """Subtract the training set's mean and divide by its standard deviation (pixels in [0, 1])."""

    def __init__(self, mean: float, std: float) -> None:
        super().__init__()
        self.mean, self.std = mean, std

    def forward(self, images: Tensor) -> Tensor:
        return (images - self.mean) / self.std

    def extra_repr(self) -> str:
        return f"mean={self.mean}, std={self.std}"


class Dense(nn.Module):
    """Linear layer, batch normalisation, SiLU: (n, inputs) -> (n, outputs)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs, bias=False)
        self.norm = nn.BatchNorm1d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return F.silu(self.norm(self.linear(x)))


class Residual(nn.Module):
    """A block whose result is added to its input, so that a deep stack still learns.

    He et al. (2016), arXiv:1512.03385.
    """

    def __init__(self, block: nn.Module) -> None:
        super().__init__()
        self.block = block

    def forward(self, x: Tensor) -> Tensor:
        return torch.add(x, self.block(x))
