"""Principal components as a model: the best that an autoencoder without a single fold can do."""

from typing import Self

import torch
from torch import Tensor, nn

from dashboard.models.stages import PIXELS


class Components(nn.Module):
    """Principal component analysis (PCA): images (n, 1, 28, 28) in [0, 1] to codes (n, latent) and back.

    A code holds an image's coordinates along orthonormal directions, the most spread first, so the first k
    numbers of a code are the code of k numbers (`first`). Nothing here is learnt by gradient descent; the
    directions are parameters all the same, so that they are counted and shipped like weights.

    Args:
        latent: how many numbers a code has.
    """

    def __init__(self, latent: int) -> None:
        super().__init__()
        self.latent = latent
        self.mean = nn.Parameter(torch.zeros(PIXELS))
        self.components = nn.Parameter(torch.zeros(latent, PIXELS))

    def encode(self, images: Tensor) -> Tensor:
        """Codes (n, latent), unbounded."""
        return (images.flatten(1) - self.mean) @ self.components.T

    def decode(self, codes: Tensor) -> Tensor:
        """Images (n, 1, 28, 28) within [0, 1]."""
        return (self.mean + codes @ self.components).clamp(0, 1).view(-1, 1, 28, 28)

    def forward(self, images: Tensor) -> Tensor:
        return self.decode(self.encode(images))

    @torch.no_grad()
    def first(self, latent: int) -> Self:
        """The same with the first `latent` components alone."""
        fewer = type(self)(latent).requires_grad_(False)
        fewer.mean.copy_(self.mean)
        fewer.components.copy_(self.components[:latent])
        return fewer.eval()
