"""Probabilities that can be believed, and when not to answer: temperature, calibration error, threshold.

A network's raw probabilities say how sure it is, not how often it is right. Dividing its scores by one
number, the temperature, brings the two together (Guo et al., 2017, arXiv:1706.04599). What is unlike
anything learned is told by low scores: the energy (Liu et al., 2020, arXiv:2010.03759).
"""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, logsumexp

from dashboard.datasets.images import SAMPLES

Array = NDArray[np.float64]

STORED = SAMPLES / "recognition.json"
"""Written by `python -m dashboard.recipes recognition`; to be made anew when a classifier is."""
BINS = 15


@dataclass(frozen=True)
class Calibration:
    """What was measured for one classifier on data kept aside; none of it was trained or tested on.

    Attributes:
        sha256: of the weights that were measured.
        temperature: what scores are divided by before softmax.
        error_before, error_after: expected calibration error without and with the temperature, on other
            images than the temperature was fitted on.
        threshold: an energy below this counts as unknown.
        false_alarms: share of the known images kept aside whose energy is below the threshold.
        caught: share of each kind of unlike images that is told to be unknown, by kind.
        images: how many known images were measured.
    """

    sha256: str
    temperature: float
    error_before: float
    error_after: float
    threshold: float
    false_alarms: float
    caught: dict[str, float]
    images: int


@cache
def stored(name: str) -> Calibration:
    """The calibration of a classifier of this room, by its name."""
    return Calibration(**json.loads(STORED.read_text(encoding="utf-8"))[name])


def fit_temperature(logits: Array, labels: NDArray[np.integer]) -> float:
    """The temperature in [0.05, 20] of the least cross entropy of (n, classes) logits and (n,) labels."""

    def cross_entropy(logarithm: float) -> float:
        scaled = log_softmax(logits / np.exp(logarithm), axis=1)
        return -float(scaled[np.arange(len(labels)), labels].mean())

    found = minimize_scalar(cross_entropy, bounds=(np.log(0.05), np.log(20.0)), method="bounded")
    return float(np.exp(found.x))


def calibration_error(confidence: Array, right: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error: how far confidence and share of right answers lie apart, 0 to 1.

    Args:
        confidence: (n,) probability given to each answer; right: (n,) whether it was the right one.
        bins: equal intervals of confidence; each counts by how many answers it holds.
    """
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(place, weights=confidence - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(confidence))


def energy(logits: Array, temperature: float = 1.0) -> Array:
    """(n,) how strongly images call on anything learned, from (n, classes) logits; high: like the examples.

    The logarithm of the sum of the exponentials, that is Liu et al.'s energy with its sign turned.
    """
    return temperature * logsumexp(logits / temperature, axis=-1)
