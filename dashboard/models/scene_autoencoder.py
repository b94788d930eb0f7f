"""Scenes <-> codes of 8 x 8 cells, by convolutions."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

GROUPS = 8  # of every group normalisation
CELLS = 8  # cells a side of a code


def unit(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """3 x 3 convolution, group normalisation, SiLU."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1), nn.GroupNorm(GROUPS, outputs), nn.SiLU())


class SceneBlock(nn.Module):
    """What two convolutions add to their input (He et al., 2016, arXiv:1512.03385)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.change = nn.Sequential(unit(width, width), nn.Conv2d(width, width, 3, 1, 1))
        self.norm = nn.GroupNorm(GROUPS, width)

    def forward(self, x: Tensor) -> Tensor:
        return x + F.silu(self.norm(self.change(x)))


def shrinking(widths: tuple[int, int, int], depth: int) -> nn.Sequential:
    """Images (n, 3, 64, 64) -> (n, widths[2], 8, 8), `depth` residual blocks at each scale but the first."""
    fine, middle, coarse = widths
    return nn.Sequential(
        nn.PixelUnshuffle(2),
        unit(12, fine),
        unit(fine, middle, 2),
        *(SceneBlock(middle) for _ in range(depth)),
        unit(middle, coarse, 2),
        *(SceneBlock(coarse) for _ in range(depth)),
    )


class SceneAutoencoder(nn.Module):
    """Images (n, 3, 64, 64) in [-1, 1] <-> codes (n, channels, 8, 8), each channel of unit variance.

    The decoder learns from codes with a little noise (`noise`, in standard deviations), so that codes near
    one another are decoded alike: what a drawer makes is never exactly a code.

    Args:
        channels: numbers a cell; widths: channels of the layers of 32 x 32, 16 x 16 and 8 x 8 cells.
    """

    def __init__(
        self, channels: int = 24, widths: tuple[int, int, int] = (48, 80, 128), noise: float = 0.1
    ) -> None:
        super().__init__()
        fine, middle, coarse = widths
        self.channels, self.noise = channels, noise
        self.see = nn.Sequential(shrinking(widths, 1), nn.Conv2d(coarse, channels, 1))
        self.standard = nn.BatchNorm2d(channels, affine=False)
        self.draw = nn.Sequential(
            unit(channels, coarse),
            SceneBlock(coarse),
            nn.Conv2d(coarse, 4 * middle, 1),
            nn.PixelShuffle(2),
            SceneBlock(middle),
            SceneBlock(middle),
            nn.Conv2d(middle, 4 * fine, 1),
            nn.PixelShuffle(2),
            SceneBlock(fine),
            SceneBlock(fine),
            nn.Conv2d(fine, 12, 3, 1, 1),
            nn.PixelShuffle(2),
        )

    def encode(self, images: Tensor) -> Tensor:
        codes: Tensor = self.standard(self.see(images))
        return codes

    def decode(self, codes: Tensor) -> Tensor:
        images: Tensor = self.draw(codes)
        return images.clamp(-1, 1)

    def forward(self, images: Tensor) -> Tensor:
        """What is drawn again of images, from codes that are a little off while learning."""
        codes = self.encode(images)
        if self.training:
            codes = codes + self.noise * torch.randn_like(codes)
        drawn: Tensor = self.draw(codes)
        return drawn


def likeness(copies: Tensor, images: Tensor) -> Tensor:
    """What a copy gets wrong: mean absolute error of the pixels and of their edges, and squared error."""
    wrong = F.l1_loss(copies, images) + F.mse_loss(copies, images)
    for mine, theirs in zip(_edges(copies), _edges(images), strict=True):
        wrong = wrong + F.l1_loss(mine, theirs)
    return wrong


def _edges(images: Tensor) -> tuple[Tensor, Tensor]:
    """Differences between neighbours, across and down: what a blurred copy gets wrong."""
    return images[..., :, 1:] - images[..., :, :-1], images[..., 1:, :] - images[..., :-1, :]
