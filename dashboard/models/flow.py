"""A velocity field that carries noise to codes of images: conditional flow matching."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TIME_WAVES = 32


class FlowBlock(nn.Module):
    """A residual block of two dense layers, set by a condition: (n, width), (n, condition) -> (n, width).

    The condition scales and shifts the normalised input and gates what the block adds (adaptive layer
    normalisation with a gate that starts at zero: Peebles and Xie, 2023, arXiv:2212.09748).
    """

    def __init__(self, width: int, condition: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.first = nn.Linear(width, width)
        self.second = nn.Linear(width, width)
        self.modulation = nn.Linear(condition, 3 * width)
        nn.init.zeros_(self.modulation.weight)
        nn.init.zeros_(self.modulation.bias)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift, gate = self.modulation(condition).chunk(3, dim=1)
        hidden = torch.addcmul(shift, self.norm(x), 1 + scale)
        return torch.addcmul(x, gate, self.second(F.silu(self.first(hidden))))


class Flow(nn.Module):
    """The velocity with which a point moves from noise (time 0) to the code of an image (time 1).

    Flow matching with straight paths: Lipman, Chen, Ben-Hamu, Nickel and Le (2023), arXiv:2210.02747. Class
    and attributes may each be left open, which is what guidance needs (Ho and Salimans, 2022,
    arXiv:2207.12598). Inside, codes are whitened: `whiten` and `unwhiten` go there and back.

    Args:
        latent: how many numbers a code has.
        classes, attributes: how many classes and how many measured attributes can be asked for.
        width, depth, condition: neurons of a layer, blocks, numbers that set the blocks.
        space: name of the pretrained autoencoder whose codes these are.
    """

    mean: Tensor
    basis: Tensor
    scale: Tensor
    attribute_mean: Tensor
    attribute_std: Tensor

    def __init__(
        self,
        latent: int,
        classes: int = 10,
        attributes: int = 4,
        width: int = 512,
        depth: int = 4,
        condition: int = 128,
        space: str = "",
    ) -> None:
        super().__init__()
        self.latent, self.classes, self.attributes, self.space = latent, classes, attributes, space
        self.register_buffer("mean", torch.zeros(latent))
        self.register_buffer("basis", torch.eye(latent))  # a row for every principal direction
        self.register_buffer("scale", torch.ones(latent))
        self.register_buffer("attribute_mean", torch.zeros(classes, attributes))
        self.register_buffer("attribute_std", torch.ones(classes, attributes))
        self.time = nn.Sequential(
            nn.Linear(2 * TIME_WAVES, condition), nn.SiLU(), nn.Linear(condition, condition)
        )
        self.label = nn.Embedding(classes + 1, condition)  # the last stands for "any class"
        self.attribute = nn.Sequential(
            nn.Linear(2 * attributes, condition), nn.SiLU(), nn.Linear(condition, condition)
        )
        self.enter = nn.Linear(latent, width)
        self.blocks = nn.ModuleList(FlowBlock(width, condition) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.leave = nn.Linear(width, latent)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, points: Tensor, times: Tensor, labels: Tensor, attributes: Tensor) -> Tensor:
        """Velocities (n, latent) of whitened points (n, latent).

        Args:
            times: (n,) in [0, 1], 0 for noise.
            labels: (n,) int64, `classes` where any class will do.
            attributes: (n, attributes) in standard deviations from the mean of the class, NaN where open.
        """
        known = ~attributes.isnan()
        asked = torch.cat([attributes.nan_to_num(0.0), known.to(attributes.dtype)], dim=1)
        condition = F.silu(self.time(waves(times)) + self.label(labels) + self.attribute(asked))
        x = self.enter(points)
        for block in self.blocks:
            x = block(x, condition)
        return self.leave(self.norm(x))

    def whiten(self, codes: Tensor) -> Tensor:
        """Codes (n, latent) of the autoencoder as points that spread evenly, about one, in all directions."""
        return (codes - self.mean) @ self.basis.T / self.scale

    def unwhiten(self, points: Tensor) -> Tensor:
        """The inverse of `whiten`."""
        return (points * self.scale) @ self.basis + self.mean

    @torch.no_grad()
    def fit_whitening(self, codes: Tensor) -> None:
        """Set `whiten` from training codes (n, latent): principal directions, each scaled to variance one."""
        self.mean.copy_(codes.mean(0))
        values, vectors = torch.linalg.eigh(torch.cov(codes.double().T))
        self.basis.copy_(vectors.T.flip(0))
        self.scale.copy_(values.flip(0).sqrt())


def waves(times: Tensor) -> Tensor:
    """Times (n,) in [0, 1] as sines and cosines (n, 2 TIME_WAVES) of 1 to 200 radians, evenly in octaves."""
    rates = torch.exp(torch.linspace(0.0, math.log(200.0), TIME_WAVES, device=times.device))
    angles = times[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)
