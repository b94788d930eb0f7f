"""A network as it is drawn: a few neurons of each layer, their weights, and what they answer to one digit."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.shipped import shipped
from dashboard.home.cost import Sizes, start
from dashboard.languages import ELSEWHERE

MOST = 12  # neurons drawn in a column

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Digit:
    """A handwritten digit, and what an autoencoder makes of it.

    Attributes:
        image, rebuilt: (28, 28) uint8, white ink on black.
        code: (16,) the numbers from which it was rebuilt.
    """

    image: NDArray[np.uint8]
    code: Floats
    rebuilt: NDArray[np.uint8]


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a network.

    Attributes:
        values: for each layer (shown,) how strongly its drawn neurons answer, 0 to 1.
        weights: between layers, (shown, shown after) in [-1, 1], as shares of the largest.
        answers: (10,) probabilities of the digits.
    """

    values: list[Floats]
    weights: list[Floats]
    answers: Floats


@cache
def digit() -> Digit:
    """The digit of the front page. Raises `DatasetError`."""
    with shipped("home-digit", "films") as stored:
        return Digit(stored["image"], stored["code"], stored["rebuilt"])


@cache
def told(language: str) -> str:
    """What the describer says of the drawing of the game; in English where it has not learnt the language.
    Raises `DatasetError`."""
    with shipped("home-told", "films") as says:
        return says.get(language, says[ELSEWHERE])


def shown(neurons: int) -> int:
    """How many neurons of a layer are drawn: all of a few, then one or two more at each doubling."""
    return neurons if neurons <= MOST else min(MOST, round(1.5 * math.log2(neurons) - 2))


def drawn(sizes: Sizes, image: NDArray[np.uint8]) -> Drawn:
    """The digit's way through a network before any training: weights are random, hence the answer too.

    Args:
        sizes: neurons of each layer; the first is that of the image's pixels.
        image: uint8.
    """
    layers = start(sizes)
    seen = [image.ravel().astype(np.float32) / 255]
    for layer in layers[:-1]:
        seen.append(np.maximum(seen[-1] @ layer.weights + layer.biases, 0))
    logits = seen[-1] @ layers[-1].weights + layers[-1].biases
    odds = np.exp(logits - logits.max())
    answers = odds / odds.sum()
    # Of the pixels, some across the middle of the image: the corners never have ink.
    places = [np.linspace(0.25 * n, 0.75 * n, shown(n)).astype(int) for n in sizes[:1]]
    places += [np.linspace(0, n - 1, shown(n)).astype(int) for n in sizes[1:]]
    values = [_share(row[chosen]) for row, chosen in zip([*seen, answers], places, strict=True)]
    weights = [
        _share(layer.weights[np.ix_(before, after)])
        for layer, (before, after) in zip(layers, pairwise(places), strict=True)
    ]
    return Drawn(values, weights, answers)


def _share(values: Floats) -> Floats:
    """Of the largest, in size."""
    return values / max(float(np.abs(values).max()), 1e-6)
