"""How a gradient moves the weights: one object per run, with torch's formulas and torch's defaults.

A step changes the flat vector in place and allocates nothing.
"""

from typing import Protocol

import numpy as np

MOMENTUM = 0.9
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


class Optimiser(Protocol):
    """What a run needs of an optimiser."""

    def step(self, flat: np.ndarray, gradient: np.ndarray) -> None:
        """Move `flat` in place, against `gradient` of the same shape, which may be overwritten."""

    def memory(self) -> tuple[np.ndarray, ...]:
        """Copies of what it remembers from step to step; `build` with them goes on where it was."""


class SGD:
    """w ← w - rate · g."""

    def __init__(self, flat: np.ndarray, rate: float) -> None:
        self._rate = np.full(flat.shape, rate)

    def step(self, flat: np.ndarray, gradient: np.ndarray) -> None:
        np.multiply(gradient, self._rate, out=gradient)
        np.subtract(flat, gradient, out=flat)

    def memory(self) -> tuple[np.ndarray, ...]:
        return ()


class Momentum:
    """v ← 0.9 v + g, w ← w - rate · v (Polyak, 1964, as torch has it)."""

    def __init__(self, flat: np.ndarray, rate: float, velocity: np.ndarray | None = None) -> None:
        self._rate = np.full(flat.shape, rate)
        self._velocity = np.zeros_like(flat) if velocity is None else velocity.copy()

    def step(self, flat: np.ndarray, gradient: np.ndarray) -> None:
        np.multiply(self._velocity, MOMENTUM, out=self._velocity)
        np.add(self._velocity, gradient, out=self._velocity)
        np.multiply(self._velocity, self._rate, out=gradient)
        np.subtract(flat, gradient, out=flat)

    def memory(self) -> tuple[np.ndarray, ...]:
        return (self._velocity.copy(),)


class Adam:
    """Steps of about `rate` per weight, whatever the size of its gradient (Kingma and Ba, 2015)."""

    def __init__(
        self,
        flat: np.ndarray,
        rate: float,
        mean: np.ndarray | None = None,
        square: np.ndarray | None = None,
        steps: np.ndarray | None = None,
    ) -> None:
        self._rate = rate
        self._mean = np.zeros_like(flat) if mean is None else mean.copy()
        self._square = np.zeros_like(flat) if square is None else square.copy()
        self._steps = 0 if steps is None else int(steps)
        self._scratch = np.empty_like(flat)

    def step(self, flat: np.ndarray, gradient: np.ndarray) -> None:
        self._steps += 1
        scratch = self._scratch
        np.multiply(gradient, gradient, out=scratch)
        scratch *= 1 - BETA2
        self._square *= BETA2
        self._square += scratch
        gradient *= 1 - BETA1
        self._mean *= BETA1
        self._mean += gradient
        np.sqrt(self._square, out=scratch)
        scratch *= 1 / np.sqrt(1 - BETA2**self._steps)
        scratch += EPSILON
        np.divide(self._mean, scratch, out=scratch)
        scratch *= self._rate / (1 - BETA1**self._steps)
        np.subtract(flat, scratch, out=flat)

    def memory(self) -> tuple[np.ndarray, ...]:
        return self._mean.copy(), self._square.copy(), np.array(self._steps)


OPTIMISERS: dict[str, type[SGD] | type[Momentum] | type[Adam]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "adam": Adam,
}


def build(name: str, flat: np.ndarray, rate: float, memory: tuple[np.ndarray, ...] = ()) -> Optimiser:
    """The optimiser called `name` for a vector like `flat`, fresh or with the `memory` of an earlier one."""
    return OPTIMISERS[name](flat, rate, *memory)
