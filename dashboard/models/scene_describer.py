"""Images of scenes -> texts, piece by piece, under a limit of characters."""

import torch
from torch import Tensor, nn

from dashboard.models.attention import Attention, dense, norm
from dashboard.models.scene_autoencoder import CELLS, shrinking

END = 0  # the number of the piece that ends a text
EXACT, SPREAD, STRETCH = 64, 48, 12.0  # characters left are told exactly up to 64, then twelve to a doubling

Memory = tuple[Tensor, Tensor]


class Telling(nn.Module):
    """One layer of the decoder: a place looks at the pieces before it, then at the image."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second, self.third = (norm(width) for _ in range(3))
        self.pieces, self.image, self.dense = Attention(width), Attention(width), dense(width)

    def forward(self, x: Tensor, image: Memory) -> Tensor:
        """New places (n, places, width) of whole texts."""
        normal = self.first(x)
        x = x + self.pieces(normal, self.pieces.remember(normal), causal=True)
        x = x + self.image(self.second(x), image)
        told: Tensor = x + self.dense(self.third(x))
        return told


class SceneDescriber(nn.Module):
    """The next piece of a text about an image: an encoder of convolutions, a decoder of attention.

    At every place the network is told how many characters are left.

    Args:
        pieces: of the texts; they are numbered from 1 in this order, 0 ends a text, and the numbers after
            the last begin one, a number a language.
        languages: how many. width, depth: of the decoder; widths: channels of the encoder's layers.
    """

    lengths: Tensor
    usual: Tensor
    unusual: Tensor

    def __init__(
        self,
        pieces: tuple[str, ...],
        languages: int = 2,
        width: int = 160,
        depth: int = 3,
        widths: tuple[int, int, int] = (48, 80, 128),
        longest: int = 260,
    ) -> None:
        super().__init__()
        self.pieces, self.languages, self.longest = pieces, languages, longest
        count = 1 + len(pieces) + languages
        lengths = [0, *map(len, pieces), *([0] * languages)]
        self.register_buffer("lengths", torch.tensor(lengths), persistent=False)
        self.register_buffer("usual", torch.zeros(width))
        self.register_buffer("unusual", torch.zeros(width, width))
        self.see = nn.Sequential(shrinking(widths, 2), nn.Conv2d(widths[-1], width, 1))
        self.cell = nn.Parameter(0.02 * torch.randn(CELLS * CELLS, width))
        self.embed = nn.Embedding(count, width)
        self.left = nn.Embedding(EXACT + SPREAD, width)
        self.place = nn.Parameter(0.02 * torch.randn(longest, width))
        self.layers = nn.ModuleList(Telling(width) for _ in range(depth))
        self.seen_norm, self.norm = norm(width), norm(width)
        self.choose = nn.Linear(width, count)
        nn.init.normal_(self.embed.weight, std=0.02)
        nn.init.normal_(self.left.weight, std=0.02)

    def begin(self, language: int) -> int:
        """The number that begins a text in a language."""
        return 1 + len(self.pieces) + language

    def look(self, images: Tensor) -> list[Memory]:
        """What each layer attends to of images (n, 3, 64, 64) in [-1, 1]: 64 cells."""
        cells = self.seen_norm(self.see(images).flatten(2).transpose(1, 2) + self.cell)
        return [layer.image.remember(cells) for layer in self.layers]  # type: ignore[operator, union-attr]

    def strange(self, images: Tensor) -> Tensor:
        """How far what is seen of images (n, 3, 64, 64) is from what is seen of scenes: (n,), 1 for the
        strangest of these.

        The squared Mahalanobis distance of the features, mean over the cells, as Lee et al. (2018),
        arXiv:1807.03888, tell images that a network knows from others.
        """
        return ((self.see(images).mean((2, 3)) - self.usual) @ self.unusual).square().sum(1)

    @torch.no_grad()
    def accustom(self, images: Tensor, refused: float = 0.002) -> None:
        """Learn from images of scenes what is usual: half give mean and covariance, half the limit, which
        refuses this share of them."""
        seen = torch.cat([self.see(part).mean((2, 3)) for part in images.split(50)])
        known, others = seen.double().chunk(2)
        spread = known.T.cov()
        spread += 1e-3 * spread.diagonal().mean() * torch.eye(len(spread))  # directions that hardly vary
        self.usual.copy_(known.mean(0))
        self.unusual.copy_(torch.linalg.cholesky(spread.inverse()))
        distances = ((others - known.mean(0)) @ self.unusual.double()).square().sum(1)
        self.unusual /= torch.quantile(distances, 1 - refused).sqrt()

    def forward(self, image: list[Memory], pieces: Tensor, left: Tensor) -> Tensor:
        """Logits of the next piece (n, places, count) after each of whole texts.

        Args:
            image: what `look` makes of the images.
            pieces: (n, places) numbers; left: (n, places) characters that may still follow each.
        """
        x = self.embed(pieces) + self.left(step(left)) + self.place[: pieces.shape[1]]
        for layer, memory in zip(self.layers, image, strict=True):
            x = layer(x, memory)
        logits: Tensor = self.choose(self.norm(x))
        return logits


def step(left: Tensor) -> Tensor:
    """Characters left as the number of an embedding."""
    far = EXACT + (left.clamp(min=EXACT).float() / EXACT).log2() * STRETCH
    return torch.where(left < EXACT, left, far.long().clamp(max=EXACT + SPREAD - 1))
