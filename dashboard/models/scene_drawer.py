"""A velocity field that carries noise to the codes of scenes, set by the words of a text: flow matching."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.models.attention import Attention, dense, norm
from dashboard.models.flow import TIME_WAVES, waves
from dashboard.models.scene_autoencoder import CELLS

LONGEST = 200  # words of a text


class Reading(nn.Module):
    """One layer of the encoder of texts: words look at one another."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = norm(width), norm(width)
        self.attention, self.dense = Attention(width), dense(width)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        normal = self.first(x)
        x = x + self.attention(normal, self.attention.remember(normal), there)
        read: Tensor = x + self.dense(self.second(x))
        return read


class Painting(nn.Module):
    """One block of the field: cells look at one another, then at the words; the time sets how much."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = norm(width)
        self.second, self.third = norm(width), norm(width)
        self.cells, self.words, self.dense = Attention(width), Attention(width), dense(width)
        self.set = nn.Parameter(torch.zeros(6, width))

    def forward(
        self,
        x: Tensor,
        time: Tensor,
        memory: tuple[Tensor, Tensor],
        there: Tensor,
        watched: list[Tensor] | None,
    ) -> Tensor:
        shift, scale, gate, later_shift, later_scale, later_gate = (time + self.set)[:, :, None].unbind(1)
        normal = self.first(x) * (1 + scale) + shift
        x = x + gate * self.cells(normal, self.cells.remember(normal))
        x = x + self.words(self.second(x), memory, there, watched=watched)
        painted: Tensor = x + later_gate * self.dense(self.third(x) * (1 + later_scale) + later_shift)
        return painted


class SceneDrawer(nn.Module):
    """The velocity with which a point moves from noise (time 0) to the code of a scene (time 1).

    Flow matching with straight paths (Lipman et al., 2023, arXiv:2210.02747) by a transformer over the 8 x 8
    cells of a code (Peebles and Xie, 2023, arXiv:2212.09748), which attends to the words of a text.

    Args:
        words: size of the vocabulary, 0 to fill up a row.
        channels: numbers of a cell; width: of a cell and of a word within; depth, reading: blocks and layers
            of the encoder of texts.
        space: name of the pretrained autoencoder whose codes these are.
    """

    def __init__(
        self,
        words: int,
        channels: int = 24,
        width: int = 192,
        depth: int = 7,
        reading: int = 2,
        space: str = "",
    ) -> None:
        super().__init__()
        self.channels, self.space = channels, space
        self.embed = nn.Embedding(words, width, padding_idx=0)
        self.order = nn.Parameter(0.02 * torch.randn(LONGEST, width))
        self.nothing = nn.Parameter(0.02 * torch.randn(width))
        self.reading = nn.ModuleList(Reading(width) for _ in range(reading))
        self.read_norm = norm(width)
        self.time = nn.Sequential(nn.Linear(2 * TIME_WAVES, width), nn.SiLU(), nn.Linear(width, width))
        self.set = nn.Linear(width, 6 * width)
        self.enter = nn.Linear(channels, width)
        self.place = nn.Parameter(0.02 * torch.randn(CELLS * CELLS, width))
        self.blocks = nn.ModuleList(Painting(width) for _ in range(depth))
        self.norm, self.leave = norm(width), nn.Linear(width, channels)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def read(
        self, texts: Tensor, words: list[Tensor] | None = None
    ) -> tuple[list[tuple[Tensor, Tensor]], Tensor]:
        """What the blocks attend to: a memory for each, and (n, 1, 1, words + 1) True where there is a word.

        The first place of a memory stands for no word at all.

        Args:
            texts: (n, words) numbers of words, 0 to fill up; a row of zeros asks for nothing.
            words: takes what each became, (n, words + 1, width).
        """
        x = self.embed(texts) + self.order[: texts.shape[1]]
        x = torch.cat([self.nothing.expand(len(x), 1, -1).type_as(x), x], dim=1)
        there = F.pad(texts != 0, (1, 0), value=True)[:, None, None]
        for layer in self.reading:
            x = layer(x, there)
        x = self.read_norm(x)
        if words is not None:
            words.append(x)
        return [block.words.remember(x) for block in self.blocks], there  # type: ignore[operator, union-attr]

    def forward(
        self,
        points: Tensor,
        times: Tensor,
        text: tuple[list[tuple[Tensor, Tensor]], Tensor],
        watched: list[Tensor] | None = None,
        cells: list[Tensor] | None = None,
    ) -> Tensor:
        """Velocities of points, both (n, channels, 8, 8).

        Args:
            times: (n,) in [0, 1], 0 for noise.
            text: what `read` makes of the texts.
            watched: takes for each block where its cells looked, (n, 64, words + 1), rows that sum to one.
            cells: takes what each block makes of its cells, (n, 64, width).
        """
        memories, there = text
        time = self.set(F.silu(self.time(waves(times)))).unflatten(-1, (6, -1))
        x = self.enter(points.flatten(2).transpose(1, 2)) + self.place
        for block, memory in zip(self.blocks, memories, strict=True):
            x = block(x, time, memory, there, watched)
            if cells is not None:
                cells.append(x)
        velocity: Tensor = self.leave(self.norm(x))
        return velocity.transpose(1, 2).unflatten(2, (CELLS, CELLS))
