"""What every layer of a digit classifier makes of one image, and how one unit gets its value."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import softmax

from dashboard import zoo
from dashboard.layers import Array, Explanation, Layer, dissection

CLOSE = 1 / 3
"""The network hesitates when its second choice is at least this likely compared with its first."""


@dataclass(frozen=True)
class Reading:
    """All that a network makes of one image.

    Attributes:
        layers: in order, from the input to the scores.
        probabilities: (classes,) the scores through softmax.
        classes: their names, language-neutral.
        accuracy: share of the test images that this network reads right.
    """

    layers: tuple[Layer, ...]
    probabilities: Array
    classes: tuple[str, ...]
    accuracy: float

    @property
    def ranking(self) -> NDArray[np.intp]:
        """The classes, likeliest first."""
        return np.argsort(-self.probabilities, kind="stable")

    @property
    def hesitates(self) -> bool:
        """The second class is nearly as likely as the first."""
        first, second = self.probabilities[self.ranking[:2]]
        return bool(second >= CLOSE * first)


def read(network: str, digit: NDArray) -> Reading:
    """Run a classifier of `pretrained/` layer by layer on a digit (28, 28) with ink 1 on ground 0."""
    image = torch.from_numpy(np.ascontiguousarray(digit, dtype=np.float32))[None, None]
    layers = dissection.read(zoo.load(network), image)
    card = zoo.card(network)
    probabilities = softmax(layers[-1].values.ravel().astype(np.float64))
    return Reading(layers, probabilities, card.classes, card.measured["accuracy"])


def explain(network: str, reading: Reading, layer: int, unit: int, row: int, column: int) -> Explanation:
    """How the unit of a layer gets its value at a row and a column (both 0 for a dense unit).

    Raises:
        IndexError: there is no such unit or place.
    """
    return dissection.explain(zoo.load(network), reading.layers, layer, unit, row, column)
