"""The drawn world: a network's drawings among real scenes, and beside the scenes that it learnt from."""

from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes import render
from dashboard.datasets.scenes.grammar import LanguageName, say
from dashboard.datasets.scenes.sampling import SHOWN, shown
from dashboard.scenes.drawing import draw
from dashboard.scenes.images import decode, encode
from dashboard.scenes.memory import flat_codes, memory, nearest

_TOLD = 200  # characters from which a scene of the game is drawn
_UNSEEN = 40  # new scenes that say what is usual


@dataclass(frozen=True, eq=False)
class LearntScenes:
    """Of n drawings, the learnt scene whose code is nearest.

    Attributes:
        images: (n, 64, 64, 3) uint8, these scenes as the autoencoder rebuilds them.
        distances: (n,) root mean square difference of the codes' numbers, 0 for a copy.
        usual: the median distance of scenes that no network saw.
        among: how many learnt scenes were looked at.
    """

    images: NDArray[np.uint8]
    distances: NDArray[np.float32]
    usual: float
    among: int


def unseen(first: int, count: int) -> NDArray[np.uint8]:
    """Scenes (count, 64, 64, 3) that no network learnt from, from number `first` on."""
    return np.stack([render(shown(k), SHOWN + k) for k in range(first, first + count)])


def mixed(turn: int, each: int, language: LanguageName) -> tuple[NDArray[np.uint8], list[bool]]:
    """`each` real scenes through the autoencoder and as many drawings of other scenes' texts, shuffled.

    Returns:
        Images (2 * each, 64, 64, 3), and which are real.
    """
    first = 1 + 2 * each * turn
    real = decode(encode(unseen(first, each)))
    told = [say(shown(k), _TOLD, language, Random(k)).text for k in range(first + each, first + 2 * each)]
    drawn = np.concatenate([draw(text, 1, seed=turn * each + k).images for k, text in enumerate(told)])
    order = np.random.default_rng([turn, 5]).permutation(2 * each)
    return np.concatenate([real, drawn])[order], [bool(k < each) for k in order]


def neighbours(codes: NDArray[np.float32]) -> LearntScenes:
    """The learnt scenes nearest to drawings, given their codes (n, channels, 8, 8)."""
    learnt = memory()
    rows, distances = nearest(learnt.codes, codes.reshape(len(codes), -1))
    images = decode(learnt.codes[rows].reshape(codes.shape))
    return LearntScenes(images, distances, _usual(), len(learnt.codes))


@cache
def _usual() -> float:
    fresh = flat_codes(unseen(1, _UNSEEN))
    return float(np.median(nearest(memory().codes, fresh)[1]))
