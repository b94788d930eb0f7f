"""The trained codec in whole numbers: what comes next in a message, and the image that a message gives."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dashboard import zoo
from dashboard.codec import tables
from dashboard.codec.arithmetic import (
    ACTIVATION,
    FURTHEST,
    TOTAL,
    VALUE,
    WEIGHT,
    Array,
    Dense,
    Spread,
    activation,
    convolve,
    log_sizes,
    signed,
    whole,
)

NAME = "message-codec"
STEPS = 64
FINEST, PER_OCTAVE = 3, 10
BLOCK, COLOURS = 8, 3
CUBIC_UNITS = 128
CUBIC = (-3, 29, 111, -9)  # of them: see `dashboard.models.codec.CUBIC`


@dataclass(frozen=True)
class Slot:
    """Coefficients that are coded together: at some places of a level, one group of them.

    Attributes:
        level: 0 for the coarsest; group: which of its groups.
        first: index of the first coefficient of the group in its level.
        places: indices of the places in the level's grid, row by row.
        mean: (places, size) what the network expects, in VALUE units.
        rows, digits: (places, size) row of the table, random last digits.
        fixed: (places, size) those known to be 0, which are not coded; None if there are none.
        step: the quantisation step in VALUE units.
    """

    level: int
    group: int
    first: int
    places: NDArray[np.intp]
    mean: Array
    rows: NDArray[np.intp]
    digits: NDArray[np.int64]
    fixed: NDArray[np.bool_] | None
    step: int

    def nothing(self) -> NDArray[np.int64]:
        """The whole numbers (places, size) that make coefficients of about 0."""
        return np.floor(0.5 - self.mean / self.step).astype(np.int64)

    def order(self) -> NDArray[np.intp]:
        """Flat indices of what is coded, from the most to the least uncertain."""
        doubt = (-self.rows - self.digits * tables.ROWS).ravel()
        ordered = np.argsort(doubt, kind="stable")
        return ordered if self.fixed is None else ordered[~self.fixed.ravel()[ordered]]


Pick = Callable[[Slot], NDArray[np.int64]]
"""Gives the whole numbers (places, size) of a slot: chosen by a sender, read by a receiver."""


def step_size(index: int) -> int:
    """A quantisation step in VALUE units, 10 to an octave from 3 grey levels."""
    return round(FINEST * VALUE * 2 ** (index / PER_OCTAVE))


def step_octaves(index: int) -> float:
    """The binary logarithm of a quantisation step in grey levels."""
    return 1.5849625 + index / PER_OCTAVE


class Level:
    """One level of the trained codec: see `dashboard.models.codec.Level`."""

    def __init__(
        self, number: int, tensors: dict[str, NDArray], groups: tuple[int, ...], boards: int
    ) -> None:
        self.number, self.groups, self.boards = number, groups, boards
        self.firsts = np.cumsum([0, *groups])[:-1]
        self.spans = tensors["spans"].astype(np.float64)
        # Rounded so that the last digit of a machine's logarithm does not count.
        self.octaves = np.floor(np.log2(self.spans) * 2**20 + 0.5) / 2**20
        self.known: tuple[Spread, Array] | None = None
        if "known.weight" in tensors:
            unit = 1 / (VALUE * tensors["known_spans"].astype(np.float64))
            self.known = Spread(tensors["known.weight"], unit), whole(tensors["known.bias"], TOTAL)
        each = range(len(groups))
        self.spread = []
        for g, (first, size) in enumerate(zip(self.firsts, groups, strict=True)):
            unit = np.concatenate(
                [1 / (VALUE * self.spans[first : first + size]), np.full(size, 1 / ACTIVATION)]
            )
            self.spread.append(Spread(tensors[f"spread.{g}.weight"], unit))
        self.dense = [
            tuple(
                Dense(tensors[f"{layer}.{g}.weight"], tensors[f"{layer}.{g}.bias"])
                for layer in ("first", "last", "direct")
            )
            for g in each
        ]
        self.width = len(tensors["step.bias"]) // len(groups)
        self.step = tensors["step.weight"].astype(np.float64), tensors["step.bias"].astype(np.float64)
        self.sizes = log_sizes()

    def run(
        self,
        shape: tuple[int, int],
        known: Array | None,
        index: int,
        pick: Pick,
        fixed: NDArray[np.bool_] | None = None,
        finish: bool = True,
    ) -> tuple[Array, Array]:
        """Coefficients (h w, c) in VALUE units, and the last state (h, w, width).

        Args:
            shape: height and width of the grid; known: (h w, 3) what is known before.
            index: of the quantisation step; fixed: (h w, c) which are known to be 0.
            finish: whether the last state is wanted.
        """
        height, width = shape
        step = step_size(index)
        biases = step_biases(*self.step, index).reshape(len(self.groups), self.width)
        offsets = self.octaves - step_octaves(index)
        state = np.zeros((height + 2, width + 2, self.width))
        inner = state[1:-1, 1:-1]
        if self.known is not None and known is not None:
            self.known[0](known, state)
            inner += self.known[1]
        parity = np.add.outer(np.arange(height), np.arange(width)).ravel() % 2
        everywhere = np.arange(height * width)
        found = np.zeros((height * width, int(sum(self.groups))))
        for g, (first, size) in enumerate(zip(self.firsts, self.groups, strict=True)):
            part = slice(first, first + size)
            passes = [np.flatnonzero(parity == p) for p in (0, 1)] if g < self.boards else [everywhere]
            for places in passes:
                if len(places) == 0:
                    continue
                everything = len(places) == len(everywhere)
                seen = inner.reshape(-1, self.width)[slice(None) if everything else places] + biases[g]
                small = signed(seen)
                into, out, direct = self.dense[g]
                answer = out(activation(into(np.maximum(small, 0))))
                shift, spread, mix = answer[:, :size], answer[:, size : 2 * size], answer[:, 2 * size :]
                expected = (shift + direct(small)) * (self.spans[part] * VALUE / TOTAL)
                mean = np.clip(np.floor(expected + 0.5), -FURTHEST, FURTHEST)
                rows, digits = tables.rows(spread, offsets[part], mix)
                frozen = None if fixed is None else fixed[places, part]
                slot = Slot(self.number, g, int(first), places, mean, rows, digits, frozen, step)
                value = np.clip(mean + pick(slot) * step, -FURTHEST, FURTHEST)
                if frozen is not None:
                    value[frozen] = 0
                found[places, part] = value
                if finish or g + 1 < len(self.groups):
                    sizes = self.sizes[np.minimum(np.floor(np.abs(value) * 16 / step), 4095).astype(np.intp)]
                    both = np.concatenate([value, sizes], 1)
                    self.spread[g](both, state, None if everything else places)
        return found, inner


class Redraw:
    """The receiver's last networks: see `dashboard.models.codec.Redraw` and `Transform.synthesise`."""

    FINE = 2.0**8  # units of a pixel in one grey level, while it is enlarged

    def __init__(self, tensors: dict[str, NDArray], synthesis: NDArray) -> None:
        self.first = Dense(tensors["first.weight"], tensors["first.bias"])
        self.last = Dense(tensors["last.weight"], tensors["last.bias"])
        self.step = tensors["step.weight"].astype(np.float64), tensors["step.bias"].astype(np.float64)
        self.state = tensors["first.weight"].shape[1]
        self.synthesis = whole(synthesis.transpose(0, 2, 3, 1).reshape(len(synthesis), -1), WEIGHT)
        depth = sum(name.startswith("middle.") for name in tensors) // 2
        names = ["enter", *(f"middle.{i}" for i in range(depth)), "leave", "detail"]
        self.layers = [
            (
                whole(tensors[f"{name}.weight"].transpose(2, 3, 1, 0).reshape(-1, outputs), WEIGHT),
                whole(tensors[f"{name}.bias"], TOTAL),
            )
            for name in names
            for outputs in [len(tensors[f"{name}.bias"])]
        ]

    def run(self, values: Array, state: Array, index: int, enlarge: bool) -> NDArray[np.uint8]:
        """Pixels (8 h, 8 w, 3) from coefficients (h w, 192) in VALUE units and the last state.

        `enlarge` gives twice as many either way.
        """
        height, width = state.shape[:2]
        step = step_size(index)
        bias = step_biases(*self.step, index)
        seen = activation(state.reshape(height * width, -1) + bias[: self.state])
        better = self.last(activation(self.first(seen)))
        values = np.clip(values + np.floor(better * (step / TOTAL) + 0.5), -FURTHEST, FURTHEST)
        pixels = self._synthesise(values.reshape(height, width, -1))  # units of 1 / (VALUE WEIGHT)
        grid = _unshuffle(np.floor(pixels * (ACTIVATION / (VALUE * WEIGHT * 64)) + 0.5))
        rows, columns = grid.shape[:2]
        enter, *middle, leave, detail = self.layers
        x = signed(convolve(grid, *enter) + bias[self.state :]).reshape(rows, columns, -1)
        for one, other in zip(middle[::2], middle[1::2], strict=True):
            inside = activation(convolve(np.maximum(x, 0), *one)).reshape(x.shape)
            x = signed(x * WEIGHT + convolve(inside, *other).reshape(x.shape))
        x = np.maximum(x, 0)

        def change(layer: tuple[Array, Array], times: int) -> Array:
            """What a layer adds, in grey levels, each of its places becoming times x times pixels."""
            answer = convolve(x, *layer).reshape(rows, columns, -1)
            return _shuffle(answer, times) * (step / (2 * VALUE * TOTAL))

        levels = pixels / (VALUE * WEIGHT) + change(leave, 2)
        if enlarge:
            larger = enlarged(enlarged(np.floor(levels * self.FINE + 0.5)).transpose(1, 0, 2)).transpose(
                1, 0, 2
            )
            levels = larger / (CUBIC_UNITS**2 * self.FINE) + change(detail, 4)
        return np.clip(np.floor(levels + 128.5), 0, 255).astype(np.uint8)

    def _synthesise(self, grid: Array) -> Array:
        """Pixels around 0, windows of 16 x 16 added up where they overlap."""
        padded = np.pad(grid, ((1, 1), (1, 1), (0, 0)), mode="edge")
        height, width = padded.shape[:2]
        windows = (padded.reshape(height * width, -1) @ self.synthesis).reshape(height, width, 2, 8, 2, 8, 3)
        total = np.zeros((height + 1, 8, width + 1, 8, 3))
        for i in range(2):
            for j in range(2):
                total[i : i + height, :, j : j + width] += windows[:, :, i, :, j].transpose(0, 2, 1, 3, 4)
        pixels = total.reshape(8 * (height + 1), 8 * (width + 1), 3)
        return pixels[12:-12, 12:-12]


def step_biases(weight: Array, bias: Array, index: int) -> Array:
    """Sums (n,) that the quantisation step adds: see `dashboard.models.codec.step_features`."""
    level = (step_octaves(index) - 5) / 2
    return whole(weight[:, 0] + weight[:, 1] * level + weight[:, 2] * (level * level) + bias, TOTAL)


def _unshuffle(pixels: Array) -> Array:
    """(2 h, 2 w, c) to (h, w, 4 c), the four pixels of each colour together."""
    height, width, channels = pixels.shape
    parts = pixels.reshape(height // 2, 2, width // 2, 2, channels)
    return parts.transpose(0, 2, 4, 1, 3).reshape(height // 2, width // 2, -1)


def _shuffle(grid: Array, times: int) -> Array:
    """(h, w, c) to (times h, times w, c / times**2), the undoing of `_unshuffle` for 2."""
    height, width, channels = grid.shape
    colours = channels // times**2
    parts = grid.reshape(height, width, colours, times, times).transpose(0, 3, 1, 4, 2)
    return parts.reshape(times * height, times * width, colours)


def enlarged(lines: Array) -> Array:
    """Whole numbers (h, w, c) as (2 h, w, c), times CUBIC_UNITS: see `dashboard.models.codec.enlarged`."""
    height = len(lines)
    padded = np.pad(lines, ((2, 2), (0, 0), (0, 0)), mode="edge")
    far, near, here, after, last = (padded[k : k + height] for k in range(5))
    twice = np.empty((height, 2, *lines.shape[1:]))
    twice[:, 0] = CUBIC[0] * far + CUBIC[1] * near + CUBIC[2] * here + CUBIC[3] * after
    twice[:, 1] = CUBIC[3] * near + CUBIC[2] * here + CUBIC[1] * after + CUBIC[0] * last
    return twice.reshape(2 * height, *lines.shape[1:])


@dataclass(frozen=True)
class Network:
    """All that a sender and a receiver know before any message."""

    levels: tuple[Level, ...]
    redraw: Redraw
    analysis: NDArray[np.float64]  # (768, 192): windows of 16 x 16 x 3 pixels
    frequencies: NDArray[np.int32]  # (rows, symbols)
    costs: NDArray[np.float64]  # (rows, symbols): bits of every symbol


def from_tensors(tensors: dict[str, NDArray]) -> Network:
    """The network of these weights: the state of a `dashboard.models.codec.MessageCodec`."""

    def under(prefix: str) -> dict[str, NDArray]:
        return {name.removeprefix(prefix): t for name, t in tensors.items() if name.startswith(prefix)}

    from dashboard.models.codec import BOARDS, DETAILS, GROUPS, SLOWLY

    shapes = [("coarse.", (COLOURS,), 1), ("middle.0.", DETAILS, 2), ("middle.1.", DETAILS, 2)]
    levels = tuple(
        Level(number, under(prefix), groups, boards)
        for number, (prefix, groups, boards) in enumerate([*shapes, ("fine.", GROUPS, BOARDS)])
    )
    basis = tensors["transform.basis"].astype(np.float64)
    forth = basis + SLOWLY * tensors["transform.forth"].astype(np.float64)
    back = basis + SLOWLY * tensors["transform.back"].astype(np.float64)
    return Network(
        levels,
        Redraw(under("redraw."), back),
        forth.transpose(2, 3, 1, 0).reshape(-1, len(forth)),
        tensors["frequencies"].astype(np.int32),
        -np.log2(tensors["frequencies"] / tables.FREQUENCIES),
    )


@cache
def network() -> Network:
    """The shipped network.

    Raises:
        dashboard.zoo.ZooError: the weights are missing or damaged.
    """
    module = zoo.load(NAME, keep=False)
    return from_tensors({name: tensor.numpy() for name, tensor in module.state_dict().items()})
