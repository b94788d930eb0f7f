"""What a network is punished for: its value, and its gradient with respect to the output layer.

Outputs z (..., outputs, n) are logits, or predicted numbers; targets (outputs, n) or (..., outputs, n) as
`encoded` gives them. Losses are means over the n points.
"""

import numpy as np
from scipy.special import expit, log_softmax

from dashboard.datasets.plane import Split


def encoded(targets: np.ndarray, split: Split) -> np.ndarray:
    """Targets (n,) as the losses take them: (1, n), or one row per class (classes, n) of zeros and ones."""
    if split.outputs == 1:
        return targets[None, :].astype(float)
    return (targets[None, :] == np.arange(split.classes)[:, None]).astype(float)


class BinaryCrossEntropy:
    """For two classes: one logit, whose sigmoid is the probability of class 1."""

    @staticmethod
    def value(z: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return (np.logaddexp(0.0, z) - targets * z).mean(axis=(-2, -1))

    @staticmethod
    def gradient(z: np.ndarray, targets: np.ndarray, out: np.ndarray) -> None:
        expit(z, out)
        np.subtract(out, targets, out=out)
        np.divide(out, z.shape[-1], out=out)

    @staticmethod
    def score(z: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Share of the points whose class is right."""
        return ((z > 0) == (targets > 0.5)).mean(axis=(-2, -1))


class CrossEntropy:
    """For three classes and more: one logit per class, whose softmax are the probabilities."""

    @staticmethod
    def value(z: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return -(log_softmax(z, axis=-2) * targets).sum(axis=-2).mean(axis=-1)

    @staticmethod
    def gradient(z: np.ndarray, targets: np.ndarray, out: np.ndarray) -> None:
        np.subtract(z, z.max(axis=-2, keepdims=True), out=out)
        np.exp(out, out=out)
        np.divide(out, out.sum(axis=-2, keepdims=True), out=out)
        np.subtract(out, targets, out=out)
        np.divide(out, z.shape[-1], out=out)

    @staticmethod
    def score(z: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Share of the points whose class is right."""
        return (z.argmax(axis=-2) == targets.argmax(axis=-2)).mean(axis=-1)


class SquaredError:
    """For a number: the mean of (prediction - target)²."""

    @staticmethod
    def value(z: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return ((z - targets) ** 2).mean(axis=(-2, -1))

    @staticmethod
    def gradient(z: np.ndarray, targets: np.ndarray, out: np.ndarray) -> None:
        np.subtract(z, targets, out=out)
        np.multiply(out, 2.0 / z.shape[-1], out=out)

    @staticmethod
    def score(z: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """R², the share of the targets' variance that is explained, 0 if it is none or less."""
        variance = max(float(targets.var()), np.finfo(float).tiny)
        return np.maximum(1.0 - SquaredError.value(z, targets) / variance, 0.0)


Loss = type[BinaryCrossEntropy] | type[CrossEntropy] | type[SquaredError]


def loss_for(split: Split) -> Loss:
    """The loss that fits the targets."""
    if split.task == "values":
        return SquaredError
    return CrossEntropy if split.classes > 2 else BinaryCrossEntropy
