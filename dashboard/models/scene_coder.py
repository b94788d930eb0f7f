"""Codes of coloured images: principal components of patches, then of whole images, and a learned decoder."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

GROUPS = 8  # of every group normalisation
PATCH = 8  # pixels a side
CELLS = 8  # patches a side of an image


def unit(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """3 x 3 convolution, group normalisation, SiLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1), nn.GroupNorm(GROUPS, outputs), nn.SiLU(inplace=True)
    )


class SceneCoder(nn.Module):
    """Images (n, 3, 64, 64) in [-1, 1] <-> codes (n, latent).

    The encoder is linear, found by principal component analysis twice over: `channels` numbers a patch of
    8 x 8 pixels, then `latent` numbers for all patches together. Each number is divided by the square root of
    its standard deviation: the coarse stays larger than the fine, as in images themselves. The decoder starts
    from the linear copy and adds what a convolutional network has learnt to see missing.

    Args:
        latent: numbers of a code; channels: numbers of a patch on the way; width: of the decoder's layers.
    """

    patch_mean: Tensor
    patch_basis: Tensor
    mean: Tensor
    basis: Tensor
    scale: Tensor

    def __init__(self, latent: int = 320, channels: int = 24, width: int = 96) -> None:
        super().__init__()
        self.latent, self.channels = latent, channels
        pixels = 3 * PATCH * PATCH
        self.register_buffer("patch_mean", torch.zeros(pixels))
        self.register_buffer("patch_basis", torch.zeros(channels, pixels))
        self.register_buffer("mean", torch.zeros(CELLS * CELLS * channels))
        self.register_buffer("basis", torch.zeros(latent, CELLS * CELLS * channels))
        self.register_buffer("scale", torch.ones(latent))
        half = width // 2
        self.read = nn.Sequential(
            nn.PixelUnshuffle(4), unit(48, width), unit(width, width), unit(width, width)
        )
        self.rise = nn.Sequential(nn.Conv2d(width, 4 * half, 1), nn.PixelShuffle(2))
        self.fine = nn.Sequential(nn.PixelUnshuffle(2), unit(12, half))
        self.write = nn.Sequential(unit(2 * half, half), nn.Conv2d(half, 12, 3, 1, 1), nn.PixelShuffle(2))
        last = self.write[1]
        assert isinstance(last, nn.Conv2d)
        nn.init.zeros_(last.weight)
        if last.bias is not None:
            nn.init.zeros_(last.bias)

    def encode(self, images: Tensor) -> Tensor:
        cells = (patches(images) - self.patch_mean) @ self.patch_basis.T
        return (cells.flatten(1) - self.mean) @ self.basis.T / self.scale

    def linear(self, codes: Tensor) -> Tensor:
        """The best copies that a linear decoder makes of codes: (n, 3, 64, 64)."""
        cells = ((codes * self.scale) @ self.basis + self.mean).view(-1, CELLS * CELLS, self.channels)
        return assemble(cells @ self.patch_basis + self.patch_mean)

    def refine(self, copies: Tensor) -> Tensor:
        """Linear copies (n, 3, 64, 64), sharpened."""
        coarse = self.rise(self.read(copies))
        return copies + self.write(torch.cat([coarse, self.fine(copies)], dim=1))

    def decode(self, codes: Tensor) -> Tensor:
        return self.refine(self.linear(codes).contiguous(memory_format=torch.channels_last)).clamp(-1, 1)

    @torch.no_grad()
    def fit_components(self, images: Tensor) -> None:
        """Find both bases from training images (n, 3, 64, 64)."""
        rows = patches(images)
        flat = rows.flatten(0, 1)
        self.patch_mean.copy_(flat.mean(0))
        _, vectors = torch.linalg.eigh(torch.cov(flat.T).double())
        self.patch_basis.copy_(vectors.T.flip(0)[: self.channels])
        cells = ((rows - self.patch_mean) @ self.patch_basis.T).flatten(1)
        self.mean.copy_(cells.mean(0))
        values, vectors = torch.linalg.eigh(torch.cov(cells.T).double())
        self.basis.copy_(vectors.T.flip(0)[: self.latent])
        self.scale.copy_(values.flip(0)[: self.latent] ** 0.25)


def patches(images: Tensor) -> Tensor:
    """Images (n, 3, 64, 64) as (n, 64, 192): patches row by row, channels first within each."""
    return F.unfold(images, PATCH, stride=PATCH).transpose(1, 2)


def assemble(rows: Tensor) -> Tensor:
    """The inverse of `patches`."""
    return F.fold(rows.transpose(1, 2), PATCH * CELLS, PATCH, stride=PATCH)


def edges(images: Tensor) -> tuple[Tensor, Tensor]:
    """Differences between neighbours, across and down: what a blurred copy gets wrong."""
    return images[..., :, 1:] - images[..., :, :-1], images[..., 1:, :] - images[..., :-1, :]


def likeness(copies: Tensor, images: Tensor) -> Tensor:
    """What a copy gets wrong: mean absolute error of the pixels and of their edges, and squared error."""
    wrong = F.l1_loss(copies, images) + F.mse_loss(copies, images)
    for mine, theirs in zip(edges(copies), edges(images), strict=True):
        wrong = wrong + F.l1_loss(mine, theirs)
    return wrong
