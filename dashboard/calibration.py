"""Probabilities that can be believed, and when not to answer: a temperature and a threshold.

A network's raw probabilities say how sure it is, not how often it is right. Dividing its scores by one
number, the temperature, brings the two together (Guo et al., 2017, arXiv:1706.04599). What is unlike
anything learned is told by its low scores (Hendrycks et al., 2022, arXiv:1911.11132: the greatest logit). On
the images kept aside that did as well as the energy (Liu et al., 2020, arXiv:2010.03759) or better for
photographs and digits, a little worse for garments, and it is simpler to say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """What was measured for one classifier on data kept aside; none of it was trained or tested on. It stands
    on the model's card.

    Attributes:
        temperature: what scores are divided by before softmax.
        error_before, error_after: expected calibration error without and with the temperature, on other
            images than the temperature was fitted on.
        threshold: an image of less `strength` counts as unknown.
        false_alarms: share of the right answers to images kept aside that are below the threshold.
        caught: share of each kind of unlike images that is below it, by kind.
        images: how many known images were kept aside.
        refuses: the network has learned what is none of its classes: the threshold is the score of one class
            more, which takes its part of the probability.
    """

    temperature: float
    error_before: float
    error_after: float
    threshold: float
    false_alarms: float
    caught: dict[str, float]
    images: int
    refuses: bool = False


def fit_temperature(logits: Array, labels: NDArray[np.integer]) -> float:
    """The temperature in [0.05, 20] of the least cross entropy of (n, classes) logits and (n,) labels."""

    def cross_entropy(logarithm: float) -> float:
        scaled = log_softmax(logits / np.exp(logarithm), axis=1)
        return -float(scaled[np.arange(len(labels)), labels].mean())

    found = minimize_scalar(cross_entropy, bounds=(np.log(0.05), np.log(20.0)), method="bounded")
    return float(np.exp(found.x))


def strength(logits: Array) -> Array:
    """(n,) how much images call up anything learned: the greatest of each row of (n, classes) logits."""
    return logits.max(axis=-1)
