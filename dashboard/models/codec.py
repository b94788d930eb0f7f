"""An image codec for few bytes: a lapped transform, context-conditional probabilities, a redrawing network.

The image becomes blocks of 8 x 8 coefficients (`Transform`), whose averages are split again by two
levels of Haar wavelets. `Level` codes a grid of coefficients group by group, from coarse to fine, every
group in two passes over a checkerboard: from what is already known it says the mean, the scale and the
shape of what comes, and only the difference from the mean, in whole steps, is coded. `Redraw` improves
what comes out. The deployed codec does the same in whole numbers (`dashboard.codec`).

Sources: Malvar (1992) for lapped transforms; Minnen and Singh (2020), arXiv:2007.08739, for groups of
channels conditional on one another; He et al. (2021), arXiv:2103.15306, for the checkerboard.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

BLOCK = 8
COLOURS = 3
CHANNELS = COLOURS * BLOCK * BLOCK
# How many coefficients of a place are coded together, from coarse to fine, after the three averages.
GROUPS = (4, 6, 8, 12, 18, 27, 42, 72)
BOARDS = 4
DETAILS = (3, 6)  # of a Haar level: those of the grey values, then those of the two colours
ROWS, SYMBOLS = 168, 41  # of the table of probabilities
WIDE = 3.0  # the second logistic of a mixture is this much wider than the first
# How much slower than the networks the windows of the transform learn.
SLOWLY = 0.03
# What a pixel a quarter of the way back to the one before takes from those around it, from two before on.
CUBIC = (-3 / 128, 29 / 128, 111 / 128, -9 / 128)
LOWEST, HIGHEST = -5.0, 8.0  # binary logarithm of a scale, in steps


def opponent() -> Tensor:
    """Orthonormal (3, 3) matrix from RGB to grey, blue against yellow and red against green."""
    grey, blue, red = [1.0, 1.0, 1.0], [1.0, 1.0, -2.0], [1.0, -1.0, 0.0]
    return F.normalize(torch.tensor([grey, blue, red]), dim=1)


def cosines() -> Tensor:
    """Orthonormal DCT-II of 8 x 8 pixels: (64, 8, 8), coefficient (u, v) at 8 u + v."""
    rows = torch.arange(BLOCK)
    basis = torch.cos(math.pi * (rows + 0.5) * rows[:, None] / BLOCK) * math.sqrt(2 / BLOCK)
    basis[0] /= math.sqrt(2)
    return torch.einsum("ui,vj->uvij", basis, basis).reshape(-1, BLOCK, BLOCK)


def haar(grid: Tensor) -> tuple[Tensor, Tensor]:
    """Averages (n, c, h, w) and details (n, 3 c, h, w) of a grid (n, c, 2 h, 2 w)."""
    a, b, c, d = (grid[:, :, i::2, j::2] for i in (0, 1) for j in (0, 1))
    details = [(a - b + c - d) / 2, (a + b - c - d) / 2, (a - b - c + d) / 2]
    return (a + b + c + d) / 2, torch.stack(details, 2).flatten(1, 2)


def unhaar(averages: Tensor, details: Tensor) -> Tensor:
    """The grid of which these are the averages and details."""
    n, channels, height, width = averages.shape
    x, y, z = details.reshape(n, channels, 3, height, width).unbind(2)
    phases = [averages + x + y + z, averages - x + y - z, averages + x - y - z, averages - x - y + z]
    grid = torch.stack(phases, 2).reshape(n, channels, 2, 2, height, width) / 2
    return grid.permute(0, 1, 4, 2, 5, 3).reshape(n, channels, 2 * height, 2 * width)


class Transform(nn.Module):
    """Pixels (n, 3, 8 h, 8 w), 0 to 255, to coefficients (n, 192, h, w) and back: it starts as the DCT.

    Windows of 16 x 16 pixels overlap by half, so that blocks need not show.
    """

    basis: Tensor

    def __init__(self) -> None:
        super().__init__()
        basis = torch.einsum("ck,uij->cukij", opponent(), cosines()).reshape(CHANNELS, COLOURS, BLOCK, BLOCK)
        self.register_buffer("basis", F.pad(basis, (4, 4, 4, 4)))
        self.forth = nn.Parameter(torch.zeros_like(self.basis))
        self.back = nn.Parameter(torch.zeros_like(self.basis))

    @property
    def analysis(self) -> Tensor:
        """The windows (192, 3, 16, 16) that take an image apart."""
        return self.basis + SLOWLY * self.forth

    @property
    def synthesis(self) -> Tensor:
        """The windows (192, 3, 16, 16) that put it together."""
        return self.basis + SLOWLY * self.back

    def analyse(self, pixels: Tensor) -> Tensor:
        return F.conv2d(F.pad(pixels - 128, (4, 4, 4, 4), mode="replicate"), self.analysis, stride=BLOCK)

    def synthesise(self, coefficients: Tensor) -> Tensor:
        padded = F.pad(coefficients, (1, 1, 1, 1), mode="replicate")
        return F.conv_transpose2d(padded, self.synthesis, stride=BLOCK)[:, :, 12:-12, 12:-12] + 128


def likelihood(symbols: Tensor, scale: Tensor, narrow: Tensor) -> Tensor:
    """Probability of whole numbers under a mixture of two logistics around 0; all of one shape.

    `scale` is that of the narrower, `narrow` its share.
    """
    far = symbols.abs()
    inner, outer = (0.5 - far) / scale, (-0.5 - far) / scale
    sharp = torch.sigmoid(inner) - torch.sigmoid(outer)
    wide = torch.sigmoid(inner / WIDE) - torch.sigmoid(outer / WIDE)
    return (wide + narrow * (sharp - wide)).clamp_min(1e-6)


def quantise(residual: Tensor, scale: Tensor, narrow: Tensor, thrift: Tensor | float) -> Tensor:
    """The nearest whole number, or its neighbour towards 0 where that saves more than it costs.

    `thrift` is the price of a bit in squared steps.
    """
    nearest = residual.round()
    nearer = nearest - residual.sign() * (nearest != 0)

    def cost(symbols: Tensor) -> Tensor:
        return (residual - symbols).square() - thrift * likelihood(symbols, scale, narrow).log2()

    return torch.where(cost(nearer) < cost(nearest), nearer, nearest)


def checkerboard(height: int, width: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Indices of the black and of the white squares of a board, row by row."""
    rows, columns = torch.arange(height, device=device), torch.arange(width, device=device)
    parity = ((rows[:, None] + columns) % 2).flatten()
    return (parity == 0).nonzero().flatten(), (parity == 1).nonzero().flatten()


class Level(nn.Module):
    """Codes a grid of coefficients from what is known of it already.

    Every coefficient that becomes known adds to a state of its own place and of the eight around it;
    a small network per group reads from the state what comes next.
    """

    spans: Tensor  # standard deviation of each coefficient
    known_spans: Tensor

    def __init__(self, known: int, groups: tuple[int, ...], boards: int, width: int, hidden: int) -> None:
        """`boards`: how many groups, from the first, are coded in two passes over a checkerboard."""
        super().__init__()
        self.groups, self.boards = groups, boards
        self.known = nn.Conv2d(known, width, 3, padding=1) if known else None
        self.spread = nn.ModuleList(nn.Conv2d(2 * size, width, 3, padding=1, bias=False) for size in groups)
        self.step = nn.Linear(3, width * len(groups))
        self.first = nn.ModuleList(nn.Linear(width, hidden) for _ in groups)
        self.last = nn.ModuleList(nn.Linear(hidden, 3 * size) for size in groups)
        self.direct = nn.ModuleList(nn.Linear(width, size) for size in groups)
        self.register_buffer("spans", torch.ones(sum(groups)))
        self.register_buffer("known_spans", torch.ones(max(known, 1)))
        for last, direct in zip(self.last, self.direct, strict=True):
            for layer in (last, direct):
                assert isinstance(layer, nn.Linear)
                nn.init.zeros_(layer.bias)
                layer.weight.data.mul_(0.1)

    def forward(
        self, grid: Tensor, known: Tensor | None, step: Tensor, thrift: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Coefficients as the receiver will know them (n, h, w, c), bits (n,) and the last state.

        Args:
            grid: the true coefficients (n, h, w, c); known: those known before (n, h, w, k).
            step: (n,) quantisation step; thrift: (n,) price of a bit in squared steps.
        """
        n, height, width, _ = grid.shape
        steps, price = step[:, None, None], thrift[:, None, None]
        biases = self.step(step_features(step)).reshape(n, len(self.groups), 1, -1)
        state = grid.new_zeros(n, height * width, biases.shape[-1])
        if self.known is not None and known is not None:
            state = state + convolve(self.known, known / self.known_spans).flatten(1, 2)
        squares = checkerboard(height, width, grid.device)
        bits = grid.new_zeros(n)
        coded = []
        spans = self.spans.split(self.groups)
        for g, (true, span) in enumerate(zip(grid.flatten(1, 2).split(self.groups, 2), spans, strict=True)):
            passes: tuple[Tensor | None, ...] = squares if g < self.boards else (None,)
            whole = torch.zeros_like(true)
            for chosen in passes:
                seen = (state if chosen is None else state.index_select(1, chosen)) + biases[:, g]
                target = true if chosen is None else true.index_select(1, chosen)
                answer = self.last[g](F.relu(self.first[g](F.relu(seen)))).float()
                shift, spread, mix = answer.chunk(3, 2)
                mean = (shift + self.direct[g](seen).float()) * span
                scale = (spread + (span / steps).log2()).clamp(LOWEST, HIGHEST).exp2()
                narrow = torch.sigmoid(mix + 1)
                residual = (target - mean) / steps
                with torch.no_grad():
                    symbols = quantise(residual, scale, narrow, price)
                through = residual + (symbols - residual).detach()
                bits = bits - likelihood(through, scale, narrow).log2().sum((1, 2))
                value = mean + steps * symbols + (target - target.detach())
                found = value.detach()
                if chosen is None:
                    whole = value
                else:
                    whole = whole.index_copy(1, chosen, value)
                    found = torch.zeros_like(true).index_copy(1, chosen, found)
                sizes = (1 + found.abs() / steps).log2()
                both = torch.cat([found / span, sizes], 2).unflatten(1, (height, width))
                state = state + convolve(self.spread[g], both).flatten(1, 2)
            coded.append(whole)
        return torch.cat(coded, 2).unflatten(1, (height, width)), bits, state.unflatten(1, (height, width))


def convolve(layer: nn.Module, grid: Tensor) -> Tensor:
    """A convolution of (n, h, w, c), which is how torch keeps its fastest kind of image."""
    answer: Tensor = layer(grid.permute(0, 3, 1, 2))
    return answer.permute(0, 2, 3, 1)


def step_features(step: Tensor) -> Tensor:
    """(n, 3): powers of the step's logarithm, 0 at a step of 32."""
    level = (step.log2() - 5) / 2
    return torch.stack([torch.ones_like(level), level, level.square()], 1)


class Redraw(nn.Module):
    """What the receiver adds: better coefficients from the last state, then better pixels."""

    def __init__(self, state: int, hidden: int, width: int, depth: int) -> None:
        super().__init__()
        self.step = nn.Linear(3, state + width)
        self.state = state
        self.first = nn.Conv2d(state, hidden, 1)
        self.last = nn.Conv2d(hidden, CHANNELS, 1)
        self.enter = nn.Conv2d(4 * COLOURS, width, 3, padding=1)
        self.middle = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(depth))
        self.leave = nn.Conv2d(width, 4 * COLOURS, 3, padding=1)
        self.detail = nn.Conv2d(width, 16 * COLOURS, 3, padding=1)
        for layer in (self.last, self.leave, self.detail):
            layer.weight.data.zero_()
            assert layer.bias is not None
            layer.bias.data.zero_()

    def forward(
        self, transform: Transform, coefficients: Tensor, state: Tensor, step: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Pixels (n, 3, 8 h, 8 w) around 0 to 255, unbounded, and the same enlarged (n, 3, 16 h, 16 w)."""
        steps = step[:, None, None, None]
        of_state, of_pixels = self.step(step_features(step))[:, :, None, None].split(
            [self.state, self.enter.out_channels], 1
        )
        hidden = F.relu(self.first(F.relu(state + of_state)))
        pixels = transform.synthesise(coefficients + steps * self.last(hidden).float())
        x = self.enter(F.pixel_unshuffle((pixels - 128) / 64, 2)) + of_pixels
        for i in range(0, len(self.middle), 2):
            x = x + self.middle[i + 1](F.relu(self.middle[i](F.relu(x))))
        x = F.relu(x)
        pixels = pixels + steps / 2 * F.pixel_shuffle(self.leave(x).float(), 2)
        return pixels, enlarged(pixels) + steps / 2 * F.pixel_shuffle(self.detail(x).float(), 4)


def enlarged(pixels: Tensor) -> Tensor:
    """Images (n, c, h, w) at twice the size, by cubic convolution.

    Source: Keys (1981), doi 10.1109/TASSP.1981.1163711.
    """
    near = pixels.new_tensor(CUBIC)
    taps = torch.stack([F.pad(near, (0, 1)), F.pad(near.flip(0), (1, 0))])
    for axis in (2, 3):
        turned = pixels.movedim(axis, 3)
        lines = F.pad(turned, (2, 2, 0, 0), mode="replicate").flatten(0, 2)[:, None]
        twice = F.conv1d(lines, taps[:, None]).transpose(1, 2).flatten(1)
        pixels = twice.reshape(*turned.shape[:3], -1).movedim(3, axis)
    return pixels


class MessageCodec(nn.Module):
    """The whole codec, as trained."""

    frequencies: Tensor

    def __init__(self, width: int = 192, hidden: int = 128, pixels: int = 48, depth: int = 4) -> None:
        super().__init__()
        self.transform = Transform()
        self.coarse = Level(0, (COLOURS,), 1, 32, 32)
        self.middle = nn.ModuleList(Level(COLOURS, DETAILS, 2, 64, 48) for _ in range(2))
        self.fine = Level(COLOURS, GROUPS, BOARDS, width, hidden)
        self.redraw = Redraw(width, 192, pixels, depth)
        # What ships with the weights: how often each whole number comes, by rows (`dashboard.codec.tables`).
        self.register_buffer("frequencies", torch.zeros(ROWS, SYMBOLS, dtype=torch.int32))

    def forward(self, images: Tensor, step: Tensor, thrift: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What images (n, 3, h, w), sides of multiples of 32, become.

        Redrawn pixels (n, 3, h, w), the same enlarged (n, 3, 2 h, 2 w), bits (n,).
        """
        grid = self.transform.analyse(images)
        grids = [grid[:, :COLOURS]]
        details = []
        for _ in self.middle:
            average, detail = haar(grids[-1])
            grids.append(average)
            details.append(detail)
        known, bits, _ = self.coarse(last(grids[-1]), None, step, thrift)
        for level, detail in zip(self.middle, reversed(details), strict=True):
            coded, more, _ = level(last(detail), known.detach(), step, thrift)
            known, bits = last(unhaar(first(known), first(coded))), bits + more
        rest, more, state = self.fine(last(grid[:, COLOURS:]), known.detach(), step, thrift)
        coefficients = first(torch.cat([known, rest], 3))
        return *self.redraw(self.transform, coefficients, first(state), step), bits + more


def last(grid: Tensor) -> Tensor:
    """(n, c, h, w) as (n, h, w, c)."""
    return grid.permute(0, 2, 3, 1)


def first(grid: Tensor) -> Tensor:
    """(n, h, w, c) as (n, c, h, w)."""
    return grid.permute(0, 3, 1, 2)
