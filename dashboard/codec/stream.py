"""Entropy coding by a range coder: whole numbers to bits, and back from as many bits as have come.

The coder is constriction's; the probabilities are whole numbers from fixed tables, so that both ends agree
to the last bit. A reader that lacks the end of a stream reads it twice, as if only zeros and only ones
followed: what both give is certain, whatever followed, and the rest counts as 0.
"""

from dataclasses import dataclass
from typing import Any

import constriction
import numpy as np
from numpy.typing import NDArray

from dashboard.codec import tables
from dashboard.codec.network import Slot

WORD_BITS = 32
PADDING = 16  # words
DETAILS = (1, 2)  # levels that hold those of the averages
EXTRA = constriction.stream.model.Uniform(16)

Frequencies = NDArray[np.int32]


class Writer:
    """Collects what is to be sent."""

    def __init__(self, frequencies: Frequencies) -> None:
        self.frequencies = frequencies.astype(np.float32)
        self.coder = constriction.stream.queue.RangeEncoder()

    def number(self, value: int, sizes: NDArray[np.float32] | int) -> None:
        """One of `sizes` equally likely numbers, or one of numbers with these relative frequencies."""
        if not (isinstance(sizes, int) and sizes == 1):
            self.coder.encode(value, _model(sizes))

    def slot(self, slot: Slot, symbols: NDArray[np.int64]) -> None:
        """The numbers of a slot: the tables' part, what is beyond the tables, the last digits."""
        order = slot.order()
        rows, digits = slot.rows.ravel()[order], slot.digits.ravel()[order]
        high, low = tables.split(symbols.ravel()[order], digits)
        shown = np.clip(high, -tables.REACH, tables.REACH)
        if len(rows):
            self.coder.encode((shown + tables.REACH).astype(np.int32), FAMILY, self.frequencies[rows])
        for beyond in np.abs(high[np.abs(high) >= tables.REACH]) - tables.REACH + 1:
            length = int(beyond).bit_length() - 1
            self.coder.encode(length, EXTRA)
            if length:
                self.coder.encode(int(beyond) - (1 << length), constriction.stream.model.Uniform(1 << length))
        if (some := digits > 0).any():
            self.coder.encode(low[some].astype(np.int32), UNIFORM, (1 << digits[some]).astype(np.int32))

    def bits(self) -> NDArray[np.uint8]:
        """Everything as zeros and ones, in whole words."""
        words = self.coder.get_compressed()
        return np.unpackbits(words.astype(">u4").view(np.uint8))


@dataclass(frozen=True)
class Trace:
    """Where in a stream the numbers of a slot stand.

    Attributes:
        level, group: of the slot.
        places: (n,) index in the level's grid of each number read.
        ends: (n,) bits of the stream read after each.
    """

    level: int
    group: int
    places: NDArray[np.intp]
    ends: NDArray[np.float64]


class Reader:
    """Reads what has come; `stopped` once the rest is unknown."""

    def __init__(self, frequencies: Frequencies, bits: NDArray[np.uint8]) -> None:
        self.frequencies = frequencies.astype(np.float32)
        self.coders = [constriction.stream.queue.RangeDecoder(_words(bits, fill)) for fill in (0, 1)]
        self.stopped = False
        self.bits = 0.0  # read so far, as the probabilities count them
        self.traces: list[Trace] = []

    def number(self, sizes: NDArray[np.float32] | int, default: int) -> int:
        """One number, or `default` where it is unknown."""
        if isinstance(sizes, int) and sizes == 1:
            return 0
        found = self._take(1, _model(sizes))
        if not len(found):
            return default
        share = 1 / sizes if isinstance(sizes, int) else float(sizes[found[0]] / sizes.sum())
        self.bits -= float(np.log2(share))
        return int(found[0])

    def slot(self, slot: Slot) -> NDArray[np.int64]:
        """The numbers of a slot; where they are unknown, those that what is expected stands for.

        The details of the averages are then 0 instead: what is expected of some is foretold from others, and
        without any of them it drifts ever further.
        """
        order = slot.order()
        rows, digits = slot.rows.ravel()[order], slot.digits.ravel()[order]
        high = np.zeros(len(order), np.int64)
        unknown = np.zeros(len(order), bool)
        if len(rows):
            shown = self._take(len(rows), FAMILY, self.frequencies[rows])
            unknown[len(shown) :] = True
            high[: len(shown)] = shown.astype(np.int64) - tables.REACH
            each = self.frequencies[rows[: len(shown)], shown] / tables.FREQUENCIES
            ends = self.bits - np.log2(each).cumsum()
            places = slot.places[order[: len(shown)] // slot.rows.shape[1]]
            self.traces.append(Trace(slot.level, slot.group, places, ends))
            self.bits = float(ends[-1]) if len(ends) else self.bits
        for place in np.flatnonzero(np.abs(high) >= tables.REACH):
            length = self.number(16, 0)
            beyond = (1 << length) + (self.number(1 << length, 0) if length else 0)
            high[place] = np.sign(high[place]) * (beyond + tables.REACH - 1)
        half = (1 << digits) >> 1
        low = half.copy()
        if (some := np.flatnonzero(digits > 0)).size:
            last = self._take(len(some), UNIFORM, (1 << digits[some]).astype(np.int32))
            low[some[: len(last)]] = last
            unknown[some[len(last) :]] = True
            self.bits += float(digits[some[: len(last)]].sum())
        symbols = np.zeros(slot.rows.size, np.int64)
        symbols[order] = tables.join(high, low, digits)
        if slot.level in DETAILS:
            symbols[order[unknown]] = slot.nothing().ravel()[order[unknown]]
        return symbols.reshape(slot.rows.shape)

    def _take(self, count: int, model: Any, *parameters: NDArray) -> NDArray[np.int32]:
        """The next numbers as far as they are certain."""
        if self.stopped:
            return np.zeros(0, np.int32)
        low, high = (_decoded(coder, count, model, *parameters) for coder in self.coders)
        shared = min(len(low), len(high))
        differing = np.flatnonzero(low[:shared] != high[:shared])
        certain = int(differing[0]) if len(differing) else shared
        self.stopped = certain < count
        return low[:certain]


FAMILY = constriction.stream.model.Categorical(perfect=False)
UNIFORM = constriction.stream.model.Uniform()


def _model(sizes: NDArray[np.float32] | int) -> Any:
    if isinstance(sizes, int):
        return constriction.stream.model.Uniform(sizes)
    return constriction.stream.model.Categorical(sizes, perfect=False)


def _decoded(coder: Any, count: int, model: Any, *parameters: NDArray) -> NDArray[np.int32]:
    """`count` numbers, or fewer where the stream is none that the coder has written."""
    before = coder.clone()
    try:
        return np.atleast_1d(coder.decode(model, *(parameters or (count,))))
    except AssertionError:
        pass
    found: list[int] = []
    for k in range(count):
        try:
            found.append(
                int(np.atleast_1d(before.decode(model, *([p[k : k + 1] for p in parameters] or (1,))))[0])
            )
        except AssertionError:
            break
    return np.array(found, np.int32)


def _words(bits: NDArray[np.uint8], fill: int) -> NDArray[np.uint32]:
    missing = -len(bits) % WORD_BITS + WORD_BITS * PADDING
    padded = np.concatenate([bits, np.full(missing, fill, np.uint8)])
    return np.packbits(padded).view(">u4").astype(np.uint32)
