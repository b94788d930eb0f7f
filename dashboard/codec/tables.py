"""From what the networks say of a coefficient to a probability of every whole number, by fixed tables.

A row of the table stands for a scale (four to an octave) and a shape (how much of the narrower logistic).
Where the scale is large, the last binary digits of the number are as good as random: they are sent as they
are and only the rest, `high`, by the table.
"""

import numpy as np
from numpy.typing import NDArray

from dashboard.codec.arithmetic import TOTAL, Array

SCALES_PER_OCTAVE = 4
LOWEST = -5  # binary logarithm of the smallest scale, in steps
SCALES = SCALES_PER_OCTAVE * (1 - LOWEST)  # up to a scale of 2
SHAPES = 7  # logits -3 to 3 of the narrower logistic's share
ROWS = SCALES * SHAPES
REACH = 20  # the table knows -20 to 20; the ends say that a number follows
SYMBOLS = 2 * REACH + 1
MOST_BITS = 7
FREQUENCIES = 1 << 16  # what a row adds up to


def rows(spread: Array, offset: Array, mix: Array) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Rows of the table and numbers of random last digits, from sums of products (TOTAL is 1).

    `offset` is the binary logarithm of the scale that a spread of 0 stands for, in steps.
    """
    scale = np.clip(spread / TOTAL + offset, LOWEST, MOST_BITS + 0.75)
    digits = np.maximum(np.floor(scale), 0)
    index = np.clip(np.floor((scale - digits - LOWEST) * SCALES_PER_OCTAVE + 0.5), 0, SCALES - 1)
    shape = np.clip(np.floor(mix / TOTAL + 1.5), -3, 3) + 3
    return (index * SHAPES + shape).astype(np.intp), digits.astype(np.int64)


def split(symbols: NDArray[np.int64], digits: NDArray[np.int64]) -> tuple[NDArray, NDArray]:
    """Whole numbers as `high` and their last binary digits, 0 to 2**digits - 1."""
    half = (1 << digits) >> 1
    high = (symbols + half) >> digits
    return high, symbols + half - (high << digits)


def join(high: NDArray[np.int64], low: NDArray[np.int64], digits: NDArray[np.int64]) -> NDArray[np.int64]:
    """The whole numbers that `split` took apart."""
    return (high << digits) + low - ((1 << digits) >> 1)


def logistic_rows(wide: float = 3.0) -> NDArray[np.float64]:
    """Probabilities (ROWS, SYMBOLS) of the mixtures in theory, before any is counted."""
    scale = 2.0 ** (LOWEST + np.arange(SCALES) / SCALES_PER_OCTAVE)[:, None, None]
    share = 1 / (1 + np.exp(-(np.arange(SHAPES) - 3.0)))[None, :, None]
    edges = np.arange(-REACH, REACH) + 0.5

    def mass(scale: NDArray) -> NDArray:
        below = 1 / (1 + np.exp(-np.clip(edges / scale, -60, 60)))
        return np.diff(below, prepend=0, append=1)

    mixed = share * mass(scale) + (1 - share) * mass(wide * scale)
    return mixed.reshape(ROWS, SYMBOLS)


def frequencies(probabilities: NDArray[np.float64]) -> NDArray[np.int32]:
    """Rows of probabilities as whole numbers of at least 1 that add up to FREQUENCIES."""
    spare = FREQUENCIES - SYMBOLS
    counts = np.floor(probabilities / probabilities.sum(1, keepdims=True) * spare).astype(np.int64) + 1
    counts[np.arange(len(counts)), counts.argmax(1)] += FREQUENCIES - counts.sum(1)
    return counts.astype(np.int32)
