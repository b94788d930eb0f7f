"""The variational autoencoder: an image becomes a small cloud of codes, so that neighbours look alike."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

from dashboard.models.stages import PIXELS, Dense, trace_hourglass


def dense_encoder(outputs: int, widths: Sequence[int]) -> nn.Sequential:
    """(n, 1, 28, 28) -> (n, outputs), named stages."""
    stages: OrderedDict[str, nn.Module] = OrderedDict(flatten=nn.Flatten())
    for layer, (before, after) in enumerate(pairwise([PIXELS, *widths]), 1):
        stages[f"dense{layer}"] = Dense(before, after)
    stages["head"] = nn.Linear(widths[-1], outputs)
    return nn.Sequential(stages)


def dense_decoder(latent: int, widths: Sequence[int]) -> nn.Sequential:
    """(n, latent) -> (n, 1, 28, 28) before the sigmoid, named stages, the encoder's widths mirrored."""
    stages: OrderedDict[str, nn.Module] = OrderedDict()
    for layer, (before, after) in enumerate(pairwise([latent, *reversed(widths)]), 1):
        stages[f"dense{layer}"] = Dense(before, after)
    stages["pixels"] = nn.Linear(widths[0], PIXELS)
    stages["unflatten"] = nn.Unflatten(1, (1, 28, 28))
    return nn.Sequential(stages)


class VAE(nn.Module):
    """Variational autoencoder: an image becomes a small cloud of codes instead of one point.

    Kingma and Welling (2013), arXiv:1312.6114. The prior over codes is the standard normal, the
    decoder gives the mean of a Bernoulli variable for every pixel, grey values counting as
    probabilities. Because neighbouring codes share images, walking between codes stays smooth.

    Args:
        latent: how many numbers a code has.
        widths: neurons of the encoder's layers; the decoder mirrors them.
    """

    def __init__(self, latent: int, widths: Sequence[int] = (512, 256, 256)) -> None:
        super().__init__()
        self.latent = latent
        self.encoder = dense_encoder(2 * latent, widths)
        self.decoder = dense_decoder(latent, widths)

    def posterior(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log-variance, each (n, latent), of the normal cloud of codes of each image."""
        mean, log_variance = self.encoder(images).chunk(2, dim=1)
        return mean, log_variance

    def encode(self, images: Tensor) -> Tensor:
        """The middle (n, latent) of each image's cloud of codes."""
        return self.posterior(images)[0]

    def decode(self, codes: Tensor) -> Tensor:
        """Images (n, 1, 28, 28) within [0, 1]."""
        return torch.sigmoid(self.decoder(codes))

    def forward(self, images: Tensor) -> Tensor:
        return self.decode(self.encode(images))

    def activations(self, images: Tensor) -> dict[str, Tensor]:
        """Every stage's output in order: `encoder.*` (means, then log-variances), `code`, `decoder.*`, ..."""
        return trace_hourglass(self, images)
