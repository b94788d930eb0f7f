"""A small autoencoder of fully connected layers, quick enough to train while somebody watches."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor, nn

from dashboard.models.stages import PIXELS, trace_hourglass

Activation = Literal["linear", "relu", "tanh"]
_CURVES: dict[Activation, type[nn.Module]] = {"linear": nn.Identity, "relu": nn.ReLU, "tanh": nn.Tanh}


def _stages(sizes: Sequence[int], activation: Activation) -> OrderedDict[str, nn.Module]:
    """Linear layers from size to size, the activation after all but the last."""
    stages: OrderedDict[str, nn.Module] = OrderedDict()
    for layer, (inputs, outputs) in enumerate(pairwise(sizes), 1):
        stages[f"dense{layer}"] = nn.Linear(inputs, outputs)
        if layer < len(sizes) - 1 and activation != "linear":
            stages[f"{activation}{layer}"] = _CURVES[activation]()
    return stages


class DenseAutoencoder(nn.Module):
    """Images (n, 1, 28, 28) in [0, 1] to codes (n, latent) and back, every layer fully connected.

    With the activation "linear" the whole is a linear map of rank `latent`: trained to the least squared
    error it spans the principal components (Baldi and Hornik, 1989, doi:10.1016/0893-6080(89)90014-2).

    Args:
        latent: how many numbers an image is squeezed into.
        widths: neurons of the encoder's hidden layers; the decoder mirrors them.
        activation: after each hidden layer; the code and the pixels have none.
    """

    def __init__(self, latent: int, widths: Sequence[int] = (256, 64), activation: Activation = "relu"):
        super().__init__()
        self.latent = latent
        sizes = (PIXELS, *widths, latent)
        self.encoder = nn.Sequential(OrderedDict(flatten=nn.Flatten(), **_stages(sizes, activation)))
        self.decoder = nn.Sequential(
            OrderedDict(**_stages(sizes[::-1], activation), unflatten=nn.Unflatten(1, (1, 28, 28)))
        )

    def encode(self, images: Tensor) -> Tensor:
        """Codes (n, latent), unbounded."""
        return self.encoder(images)

    def decode(self, codes: Tensor) -> Tensor:
        """Images (n, 1, 28, 28); in eval mode within [0, 1]."""
        images = self.decoder(codes)
        return images if self.training else images.clamp(0, 1)

    def forward(self, images: Tensor) -> Tensor:
        return self.decode(self.encode(images))

    def activations(self, images: Tensor) -> dict[str, Tensor]:
        """Every stage's output in order: `encoder.*`, `code`, `decoder.*`, `reconstruction`."""
        return trace_hourglass(self, images)

    @torch.no_grad()
    def start_from_mean(self, mean: Tensor) -> None:
        """Let the network begin with the mean image (784,): subtracted on entry, given for every code."""
        first = self.encoder.get_submodule("dense1")
        last = [layer for layer in self.decoder if isinstance(layer, nn.Linear)][-1]
        assert isinstance(first, nn.Linear)
        first.bias.sub_(first.weight @ mean)
        last.bias.copy_(mean)
