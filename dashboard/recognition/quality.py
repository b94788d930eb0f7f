"""How good is a classifier? What it gets right, what it takes for what, and whether it knows when it errs."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import softmax

from dashboard.classifiers import classifier

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

BINS = 10
_BATCH = 100
_Z = 1.96  # 95 % of a normal distribution


@dataclass(frozen=True)
class Answers:
    """What a classifier answers to n labelled images.

    Attributes:
        labels: (n,) the right classes.
        probabilities: (n, classes).
    """

    labels: Counts
    probabilities: Array

    @property
    def answers(self) -> Counts:
        """(n,) the likeliest class of each image."""
        return self.probabilities.argmax(axis=1)

    @property
    def confidence(self) -> Array:
        """(n,) its probability."""
        return self.probabilities.max(axis=1)

    @property
    def right(self) -> NDArray[np.bool_]:
        return self.answers == self.labels

    @property
    def accuracy(self) -> float:
        return float(self.right.mean())

    @property
    def confusion(self) -> Counts:
        """(classes, classes) how many images of the class of the row are taken for that of the column."""
        classes = self.probabilities.shape[1]
        cells = np.bincount(self.labels * classes + self.answers, minlength=classes**2)
        return cells.reshape(classes, classes)

    def cell(self, label: int, answer: int) -> NDArray[np.intp]:
        """The images of a class that are taken for another, or for itself; surest answers first."""
        found = np.flatnonzero((self.labels == label) & (self.answers == answer))
        return found[np.argsort(-self.confidence[found], kind="stable")]

    def worst(self, count: int) -> NDArray[np.intp]:
        """The wrong answers that are surest of themselves, at most `count`."""
        wrong = np.flatnonzero(~self.right)
        return wrong[np.argsort(-self.confidence[wrong], kind="stable")][:count]


@dataclass(frozen=True)
class Reliability:
    """Images sorted by the confidence of their answer into bins of equally many, B of them.

    Attributes:
        confidence: (B,) mean in the bin.
        accuracy: (B,) share of right answers in the bin.
        low, high: (B,) its 95 % interval (`interval`).
        count: (B,).
        error: mean gap between confidence and accuracy, weighted by count: the expected calibration error of
            Naeini et al. (2015), with bins of equal count as in Nguyen and O'Connor (2015).
    """

    confidence: Array
    accuracy: Array
    low: Array
    high: Array
    count: Counts

    @property
    def error(self) -> float:
        gaps = np.abs(self.confidence - self.accuracy)
        return float((gaps * self.count).sum() / self.count.sum())


@cache
def judged(name: str) -> tuple[Answers, Answers]:
    """What a classifier answers to its 2,000 shipped test images, without and with its temperature.

    Worked out anew in every process, so that it is true of the weights as they are. Both rank the classes
    alike. Raises ValueError for a classifier of photographs.
    """
    model = classifier(name)
    images = model.sample()
    inputs = np.divide(images.images[:, None], 255, dtype=np.float32)
    logits = np.concatenate([model.scores(inputs[i : i + _BATCH]) for i in range(0, len(inputs), _BATCH)])
    return Answers(images.labels, softmax(logits, axis=1)), Answers(images.labels, model.shares(logits))


def calibration(answers: Answers, bins: int = BINS) -> Reliability:
    """Whether, of the answers given with 90 % confidence, 90 % are right.

    Bins hold equally many images: a good classifier is nearly always sure, and bins of equal width would put
    all but a handful of its answers into the last one.
    """
    order = np.argsort(answers.confidence, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    right = np.array([answers.right[part].sum() for part in parts])
    count = np.array([len(part) for part in parts])
    low, high = interval(right, count)
    confidence = np.array([answers.confidence[part].mean() for part in parts])
    return Reliability(confidence, right / count, low, high, count)


def interval(successes: ArrayLike, trials: ArrayLike) -> tuple[Array, Array]:
    """Between which shares the true one lies, with 95 % confidence (Wilson, 1927); numbers of any shape."""
    trials = np.asarray(trials, dtype=np.float64)
    share = np.asarray(successes, dtype=np.float64) / trials
    centre = (share + _Z**2 / (2 * trials)) / (1 + _Z**2 / trials)
    half = _Z * np.sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2)) / (1 + _Z**2 / trials)
    return centre - half, centre + half
