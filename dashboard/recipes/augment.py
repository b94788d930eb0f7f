"""Random changes of a batch of training images that keep their meaning, on any device.

Every function takes and returns images (n, 1, 28, 28) in [0, 1] and draws from torch's global random
state, so that a seed fixes a training run.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True)
class Warp:
    """How far `warp` may go: degrees, fractions and pixels are the ends of uniform ranges."""

    rotation: float = 0.0  # degrees either way
    scale: float = 0.0  # +- fraction, each axis on its own
    shear: float = 0.0  # +- tangent of the slant
    shift: float = 0.0  # +- pixels
    elastic: float = 0.0  # standard deviation of the smooth displacement, in pixels


def warp(images: Tensor, limits: Warp) -> Tensor:
    """Affine change and smooth elastic displacement in one interpolation.

    Elastic distortion after Simard, Steinkraus and Platt (2003), with a coarse 5x5 displacement field
    enlarged smoothly in place of a filtered dense one.
    """
    n, _, height, width = images.shape

    def spread(limit: float) -> Tensor:
        return (torch.rand(n, device=images.device) * 2 - 1) * limit

    angle = spread(limits.rotation) * torch.pi / 180
    scale_x, scale_y = 1 + spread(limits.scale), 1 + spread(limits.scale)
    shear = spread(limits.shear)
    cos, sin = angle.cos(), angle.sin()
    matrix = torch.stack(
        [
            torch.stack(
                [cos * scale_x, (shear * cos - sin) * scale_y, spread(2 * limits.shift / width)], dim=1
            ),
            torch.stack(
                [sin * scale_x, (shear * sin + cos) * scale_y, spread(2 * limits.shift / height)], dim=1
            ),
        ],
        dim=1,
    )
    grid = F.affine_grid(matrix, [n, 1, height, width], align_corners=False)
    if limits.elastic:
        coarse = torch.randn(n, 2, 5, 5, device=images.device) * (2 * limits.elastic / width)
        field = F.interpolate(coarse, (height, width), mode="bicubic", align_corners=True)
        grid = grid + field.permute(0, 2, 3, 1)
    return F.grid_sample(images, grid, align_corners=False)


def stroke(images: Tensor, strength: float) -> Tensor:
    """Thicken a third of the images and thin another third, each by a random part of one pixel.

    A drawing canvas gives strokes of another width than a pen on paper; dilation and erosion are the
    largest and smallest value of the 3x3 neighbourhood (a cross would be closer to a disc, but slower).
    """
    kind = torch.rand(len(images), 1, 1, 1, device=images.device)
    amount = torch.rand_like(kind) * strength
    thick = F.max_pool2d(images, 3, 1, 1)
    thin = -F.max_pool2d(-images, 3, 1, 1)
    changed = torch.where(kind < 1 / 3, thick, torch.where(kind > 2 / 3, thin, images))
    return torch.lerp(images, changed, amount)


def ink(images: Tensor, contrast: float, noise: float) -> Tensor:
    """Darker or harder ink and a little noise: a random gamma, a random peak, Gaussian noise, clamped."""
    n = len(images)
    gamma = torch.exp((torch.rand(n, 1, 1, 1, device=images.device) * 2 - 1) * contrast)
    peak = 1 - torch.rand(n, 1, 1, 1, device=images.device) * contrast / 2
    level = torch.rand(n, 1, 1, 1, device=images.device) * noise
    return (images.clamp(0, 1) ** gamma * peak + torch.randn_like(images) * level).clamp(0, 1)


def flip(images: Tensor) -> Tensor:
    """Mirror half of the images left to right."""
    chosen = torch.rand(len(images), 1, 1, 1, device=images.device) < 0.5
    return torch.where(chosen, images.flip(3), images)


def erase(images: Tensor, size: int, probability: float) -> Tensor:
    """Blacken a square of `size` pixels at a random place of some images.

    Cutout: DeVries and Taylor (2017), arXiv:1708.04552.
    """
    n, _, height, width = images.shape
    row = torch.randint(0, height, (n, 1, 1, 1), device=images.device)
    column = torch.randint(0, width, (n, 1, 1, 1), device=images.device)
    rows = torch.arange(height, device=images.device).view(1, 1, -1, 1)
    columns = torch.arange(width, device=images.device).view(1, 1, 1, -1)
    half = size // 2
    inside = ((rows - row).abs() <= half) & ((columns - column).abs() <= half)
    chosen = torch.rand(n, 1, 1, 1, device=images.device) < probability
    return images.masked_fill(inside & chosen, 0)
