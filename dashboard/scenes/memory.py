"""Some of the scenes that the networks learnt from, drawn again from their seeds, and their codes."""

from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes import Scene, render, sample
from dashboard.scenes.images import encode

REMEMBERED = 1_000
_AT_ONCE = 50  # images encoded together


@dataclass(frozen=True, eq=False)
class Memory:
    """Scenes that every recipe learnt from: those of the seeds from 0 on.

    Attributes:
        scenes: what they hold.
        images: (n, 64, 64, 3) uint8.
        codes: (n, channels * 8 * 8) of the autoencoder.
    """

    scenes: tuple[Scene, ...]
    images: NDArray[np.uint8]
    codes: NDArray[np.float32]


@cache
def memory(count: int = REMEMBERED) -> Memory:
    """The first `count` scenes; some seconds the first time."""
    scenes = tuple(sample(Random(seed)) for seed in range(count))
    images = np.stack([render(scene, seed) for seed, scene in enumerate(scenes)])
    return Memory(scenes, images, flat_codes(images))


def flat_codes(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Codes (n, channels * 8 * 8) of images (n, 64, 64, 3)."""
    parts = [encode(images[i : i + _AT_ONCE]) for i in range(0, len(images), _AT_ONCE)]
    return np.concatenate(parts).reshape(len(images), -1)


def nearest(
    known: NDArray[np.float32], asked: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The row of `known` (m, d) nearest to each of `asked` (n, d), and the root mean square difference."""
    squares = np.stack([np.square(known - one).mean(1) for one in asked])
    rows = squares.argmin(1)
    return rows, np.sqrt(squares[np.arange(len(asked)), rows])
