"""What a classifier's answer comes to, by one rule for every page: certain, a family, or strange."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.imagenet import Family

Kind = Literal["certain", "family", "strange"]
SURE = 0.5
"""From this probability on a class, or else its family, is named."""
RIVAL = 1 / 3
"""A second class at least this likely compared with the first leaves the answer open between the two."""


@dataclass(frozen=True)
class Answer:
    """All that a classifier answers to one image.

    Attributes:
        logits: (classes,) scores; probabilities: (classes,) calibrated.
        strength: the greatest logit; familiar: it reaches the threshold, as training images do.
        families: likeliest first, each with the summed probability of its classes.
        refuses: the network has learned to say that an image is none of its classes.
    """

    logits: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    strength: float
    familiar: bool
    families: tuple[tuple[Family, float], ...]
    refuses: bool

    @property
    def ranking(self) -> NDArray[np.intp]:
        """The classes, likeliest first."""
        return np.argsort(-self.probabilities, kind="stable")

    @property
    def none(self) -> float:
        """The probability of none of the classes; 0 for a network that has not learned to refuse."""
        return max(0.0, 1.0 - float(self.probabilities.sum())) if self.refuses else 0.0

    @property
    def verdict(self) -> Kind:
        """Certain of one class; or of a family, not of which of it; or neither: a strange image.

        A network that refuses decides by itself what is strange. For another the threshold takes back a
        certain answer, not a family that has more than half of the probability.
        """
        if self.refuses and not self.familiar:
            return "strange"
        first, second = self.probabilities[self.ranking[:2]]
        if self.familiar and first >= SURE and second < RIVAL * first:
            return "certain"
        return "family" if self.families[0][1] >= SURE else "strange"
