"""Networks in whole numbers: the same answer on every machine, whatever multiplies the matrices.

Sums of real numbers depend on the order in which a processor takes them, and one last digit is enough for
a receiver to lose the thread of a message. Here values and weights are whole numbers, kept in float64: every
product and every partial sum stays below 2**53, where float64 is exact, so that any order gives the same
result and the fast routines for matrices may be used. What follows a sum is done element by element, which
IEEE 754 fixes to the last bit; logarithms come from tables.
"""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

Array = NDArray[np.float64]

VALUE = 16  # units of a coefficient in one grey level
ACTIVATION = 2.0**10  # units of an activation in 1
WEIGHT = 2.0**14  # units of a weight in 1
TOTAL = ACTIVATION * WEIGHT  # units of a sum of products in 1
HIGHEST = 2.0**18  # largest activation, in its units: 256
FURTHEST = 2.0**17  # largest coefficient, in its units: 8192 grey levels


def whole(values: NDArray, units: float | NDArray) -> Array:
    """Values in these units, rounded."""
    return np.floor(np.asarray(values, np.float64) * units + 0.5)


def activation(total: Array) -> Array:
    """A sum of products as an activation after a rectifier."""
    return np.clip(np.floor(total / WEIGHT + 0.5), 0, HIGHEST)


def signed(total: Array) -> Array:
    """A sum of products as an activation, without a rectifier."""
    return np.clip(np.floor(total / WEIGHT + 0.5), -HIGHEST, HIGHEST)


class Dense:
    """A layer of a network in whole numbers: activations (..., inputs) to sums (..., outputs)."""

    def __init__(self, weight: NDArray, bias: NDArray) -> None:
        """From real weights (outputs, inputs) and biases (outputs,)."""
        self.weight = whole(weight.reshape(len(weight), -1).T, WEIGHT)
        self.bias = whole(bias, TOTAL)

    def __call__(self, activations: Array) -> Array:
        return activations @ self.weight + self.bias


class Spread:
    """A 3 x 3 convolution in whole numbers that adds what single places hold to all places around them.

    `unit` says for each input what one of its units is worth.
    """

    def __init__(self, weight: NDArray, unit: float | NDArray) -> None:
        """From real weights (outputs, inputs, 3, 3)."""
        outputs, inputs = weight.shape[:2]
        # The place at (0, 0) reaches the one at (dy, dx) through the kernel's opposite corner.
        turned = weight[:, :, ::-1, ::-1].transpose(1, 2, 3, 0).reshape(inputs, 9 * outputs)
        units = TOTAL * np.broadcast_to(np.asarray(unit, np.float64), (inputs,))
        self.weight = whole(turned, units[:, None])
        self.outputs = outputs

    def __call__(self, values: Array, state: Array, chosen: NDArray[np.intp] | None = None) -> None:
        """Add to `state` (h + 2, w + 2, outputs), which has a margin of one, values (places, inputs).

        `chosen` are the places' indices in the grid without its margin; None for all of them.
        """
        height, width = state.shape[0] - 2, state.shape[1] - 2
        parts = values @ self.weight
        if chosen is not None:
            whole_grid = np.zeros((height * width, parts.shape[1]))
            whole_grid[chosen] = parts
            parts = whole_grid
        parts = parts.reshape(height, width, 3, 3, self.outputs)
        for dy in range(3):
            for dx in range(3):
                state[dy : dy + height, dx : dx + width] += parts[:, :, dy, dx]


def convolve(grid: Array, weight: Array, bias: Array | Sequence[float]) -> Array:
    """A 3 x 3 convolution of (h, w, inputs) with zeros around it by a `weight` (9 inputs, outputs)."""
    height, width, inputs = grid.shape
    padded = np.zeros((height + 2, width + 2, inputs))
    padded[1:-1, 1:-1] = grid
    down, right, along = padded.strides
    around = as_strided(padded, (height, width, 3, 3 * inputs), (down, right, down, along))
    # Turned over: a matrix of few rows is multiplied in half the time of one of few columns.
    return (weight.T @ around.reshape(height * width, -1).T).T + bias


def log_sizes() -> Array:
    """log2(1 + r) in activation units for r = 0, 1/16, 2/16 ... below 256."""
    return np.floor(np.log2(1 + np.arange(4096) / 16) * ACTIVATION + 0.5)
