"""Attention with several heads, from one sequence to itself or to another."""

from torch import Tensor, nn
from torch.nn import functional as F

HEAD = 32  # numbers of a head


class Attention(nn.Module):
    """Vaswani et al. (2017), arXiv:1706.03762.

    Args:
        width: numbers of a place of the sequence, and of one of the other sequence; a multiple of `HEAD`.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.heads = width // HEAD
        self.query = nn.Linear(width, width, bias=False)
        self.both = nn.Linear(width, 2 * width, bias=False)
        self.leave = nn.Linear(width, width)

    def remember(self, others: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values, each (n, heads, places, HEAD), of what is attended to (n, places, width)."""
        keys, values = self.both(others).unflatten(-1, (2 * self.heads, HEAD)).transpose(1, 2).chunk(2, dim=1)
        return keys, values

    def forward(
        self,
        x: Tensor,
        memory: tuple[Tensor, Tensor],
        there: Tensor | None = None,
        causal: bool = False,
        watched: list[Tensor] | None = None,
    ) -> Tensor:
        """What each place of x (n, places, width) gathers from a memory.

        Args:
            there: (n, 1, 1, places of the memory) True where the memory holds something.
            causal: a place gathers from itself and those before it.
            watched: takes the shares of attention, (n, places, places of the memory), mean over the heads.
        """
        keys, values = memory
        queries = self.query(x).unflatten(-1, (self.heads, HEAD)).transpose(1, 2)
        if watched is not None:
            scores = queries @ keys.transpose(-1, -2) * HEAD**-0.5
            if there is not None:
                scores = scores.masked_fill(~there, float("-inf"))
            watched.append(scores.softmax(-1).mean(1))
        found = F.scaled_dot_product_attention(queries, keys, values, attn_mask=there, is_causal=causal)
        left: Tensor = self.leave(found.transpose(1, 2).flatten(2))
        return left


def norm(width: int) -> nn.LayerNorm:
    """A layer normalisation without weights: the dense layers after it have enough."""
    return nn.LayerNorm(width, elementwise_affine=False)


def dense(width: int, factor: int = 3) -> nn.Sequential:
    """The two dense layers that follow attention."""
    return nn.Sequential(nn.Linear(width, factor * width), nn.GELU(), nn.Linear(factor * width, width))
