"""How far can an explanation be trusted? Take away what it calls important and watch the answer.

Petsiuk, Das and Saenko (2018), arXiv:1806.07421: the sooner the probability falls, the better the
explanation has found what the network decides by. A random order is what it must beat.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dashboard import zoo
from dashboard.recognition.attributions import cells, effort, faded

Array = NDArray[np.float64]

GRID = 28
"""The image is taken away in squares, this many a side, whatever the method: none has finer scissors."""
SHARES = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
RANDOM_ORDERS = 3


Calibrated = Callable[[Tensor], Tensor]
"""Probabilities (n, classes) from logits."""


@dataclass(frozen=True)
class DeletionCurve:
    """The probability of a class as more and more of the image is taken away.

    Attributes:
        shares: share of the image that is gone, from 0 to 1.
        probabilities: one for each.
    """

    shares: tuple[float, ...]
    probabilities: tuple[float, ...]

    @property
    def area(self) -> float:
        """Under the curve: the mean probability over all shares. Small: the explanation can be trusted."""
        return float(np.trapezoid(self.probabilities, self.shares))


def ranks(values: Array) -> NDArray[np.intp]:
    """The order in which squares go, the one that speaks most for the class first: (GRID, GRID) from 0."""
    flat = cells(values, GRID).ravel()
    order = np.argsort(-flat, kind="stable")
    places = np.empty(len(flat), dtype=np.intp)
    places[order] = np.arange(len(flat))
    return places.reshape(GRID, GRID)


def deletion(
    module: nn.Module, image: Tensor, target: int, values: Array, calibrated: Calibrated
) -> DeletionCurve:
    """The curve of an explanation.

    Args:
        image: (1, channels, height, width) in [0, 1].
        values: (height, width), positive where the image speaks for the class `target`.
        calibrated: probabilities (n, classes) from logits.
    """
    return DeletionCurve(SHARES, _probabilities(module, image, target, ranks(values), calibrated))


def at_random(module: nn.Module, image: Tensor, target: int, calibrated: Calibrated) -> DeletionCurve:
    """The mean curve of a few random orders, always the same ones."""
    random = np.random.default_rng(0)
    curves = [
        _probabilities(module, image, target, random.permutation(GRID * GRID).reshape(GRID, GRID), calibrated)
        for _ in range(RANDOM_ORDERS)
    ]
    return DeletionCurve(SHARES, tuple(np.mean(curves, axis=0).tolist()))


def _probabilities(
    module: nn.Module, image: Tensor, target: int, order: NDArray[np.intp], calibrated: Calibrated
) -> tuple[float, ...]:
    scale = image.shape[2] // GRID
    place = torch.from_numpy(np.kron(order, np.ones((scale, scale), dtype=np.intp)))
    gone = faded(image)
    stages = torch.cat([torch.where(place < share * GRID * GRID, gone, image) for share in SHARES])
    with zoo.inference():
        logits = torch.cat([module(part) for part in stages.split(effort(image).batch)])
        return tuple(calibrated(logits)[:, target].tolist())
