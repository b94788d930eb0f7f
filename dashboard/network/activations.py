"""What every layer of a digit classifier makes of one image, and how one unit gets its value."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from dashboard import zoo
from dashboard.classifiers import by_weights
from dashboard.layers import Explanation, Layer, dissection
from dashboard.verdict import Answer

VERDICT = "digits-cnn"


@dataclass(frozen=True)
class DigitReading:
    """All that a network makes of one image.

    Attributes:
        layers: in order, from the input to the scores.
        answer: what the scores come to.
        verdict: what a visitor is told of the image, as on every page, by the
            digit reader `VERDICT`, which refuses better what is no digit.
        classes: their names, language-neutral.
        accuracy: share of the test images that this network reads right.
    """

    layers: tuple[Layer, ...]
    answer: Answer
    verdict: Answer
    classes: tuple[str, ...]
    accuracy: float


def read(network: str, digit: NDArray) -> DigitReading:
    """Run a classifier of `pretrained/` layer by layer on a digit (28, 28) with ink 1 on ground 0."""
    image = torch.from_numpy(np.ascontiguousarray(digit, dtype=np.float32))[None, None]
    layers = dissection.read(zoo.load(network), image)
    model = by_weights(network)
    found = model.answered(layers[-1].values.ravel())
    told = found if network == VERDICT else by_weights(VERDICT).answer(image[0].numpy())
    return DigitReading(layers, found, told, model.slugs, model.card.measured["accuracy"])


def explain(network: str, reading: DigitReading, layer: int, unit: int, row: int, column: int) -> Explanation:
    """How the unit of a layer gets its value at a row and a column (both 0 for a dense unit).

    Raises:
        IndexError: there is no such unit or place.
    """
    return dissection.explain(zoo.load(network), reading.layers, layer, unit, row, column)
