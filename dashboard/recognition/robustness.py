"""How robust is an answer? The same picture, changed more and more, and where the answer changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard import zoo
from dashboard.recognition.corruptions import CORRUPTIONS, Picture, corrupted, to_bytes

Predict = Callable[[Tensor], Tensor]
"""(n, channels, height, width) in [0, 1] -> probabilities (n, classes)."""

LISTED = 3


@dataclass(frozen=True)
class Flip:
    """Going away from the untouched picture, the first level whose answer is another.

    Attributes:
        before: the last level that still gives the first answer.
        at: the level whose answer is `answer`, a class.
    """

    before: float
    at: float
    answer: int


@dataclass(frozen=True)
class RobustnessCurve:
    """One corruption at all its levels, L of them.

    Attributes:
        levels: (L,).
        identity: the place among them of the one that changes nothing.
        pictures: (L, height, width) or (L, height, width, 3) uint8: what the network was given.
        first: the class that it reads in the untouched picture.
        probability: (L,) of that class.
        top, shares: (L, LISTED) the likeliest classes at each level, likeliest first; their probabilities.
    """

    levels: tuple[float, ...]
    identity: int
    pictures: NDArray[np.uint8]
    first: int
    probability: NDArray[np.float64]
    top: NDArray[np.int64]
    shares: NDArray[np.float64]

    @property
    def answers(self) -> NDArray[np.int64]:
        """(L,) the likeliest class at each level."""
        return self.top[:, 0]

    @property
    def flips(self) -> tuple[Flip, ...]:
        """At most one below the identity and one above it; none if the answer differs there already."""
        wrong = self.answers != self.first
        if wrong[self.identity]:
            return ()
        found = []
        for step in (-1, 1):
            k = self.identity
            while 0 <= k + step < len(self.levels) and not wrong[k]:
                k += step
            if wrong[k]:
                found.append(Flip(self.levels[k - step], self.levels[k], int(self.answers[k])))
        return tuple(found)


def to_tensor(pictures: Picture) -> Tensor:
    """(n, height, width) or (n, height, width, 3) -> (n, channels, height, width)."""
    channels = pictures[:, None] if pictures.ndim == 3 else np.moveaxis(pictures, 3, 1)
    return torch.from_numpy(np.ascontiguousarray(channels, dtype=np.float32))


def to_picture(x: Tensor) -> Picture:
    """A network's input, (channels, height, width) or with a 1 before -> (height, width[, 3])."""
    values = x.detach().reshape(x.shape[-3:]).numpy().astype(np.float32)
    return values[0] if len(values) == 1 else np.moveaxis(values, 0, 2)


def curve(
    predict: Predict, picture: Picture, corruption: str, others: Mapping[str, float] | None = None
) -> RobustnessCurve:
    """The answers along one corruption, in one batch.

    Args:
        others: levels of other corruptions, which stay as they are.

    Raises:
        KeyError: a name that is none of `CORRUPTIONS`.
    """
    chosen = CORRUPTIONS[corruption]
    pictures = np.stack(
        [corrupted(picture, {**(others or {}), corruption: level}) for level in chosen.levels]
    )
    with zoo.inference():
        # The untouched picture goes first: what it is taken for is what the curve follows.
        probabilities = predict(to_tensor(np.concatenate([picture[None], pictures]))).double().numpy()
    first = int(probabilities[0].argmax())
    top = np.argsort(-probabilities[1:], axis=1, kind="stable")[:, :LISTED]
    return RobustnessCurve(
        chosen.levels,
        chosen.levels.index(chosen.identity),
        to_bytes(pictures),
        first,
        probabilities[1:, first],
        top,
        np.take_along_axis(probabilities[1:], top, axis=1),
    )
