"""A perceptron on whole images: 64 pixels in, one digit against another."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

_EPOCHS = 30
_CORRECTIONS = 80  # most frames of the film


@dataclass(frozen=True)
class DigitRun:
    """How a perceptron learned to tell two digits apart.

    Attributes:
        weights: (frames, 8, 8) the pixels' weights, from the start (zeros) to the last correction.
        bias: the last bias.
        images: (n, 8, 8) test images in [0, 1], the worst answered first.
        labels: (n,) their labels, -1 for the first digit and +1 for the second.
        scores: (n,) the neuron's scores for them.
        training_errors: misclassified training images at the end.
        training_size: number of training images.
        converged: a whole pass over the training images needed no correction.
    """

    weights: NDArray[np.float64]
    bias: float
    images: NDArray[np.float64]
    labels: NDArray[np.int64]
    scores: NDArray[np.float64]
    training_errors: int
    training_size: int
    converged: bool

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """(n,) which test images get a score of the wrong sign."""
        return self.labels * self.scores <= 0


_digits = lru_cache(maxsize=1)(load_digits)  # which unpacks and reads a table of text


@lru_cache(maxsize=100)
def learn_digits(negative: int, positive: int, seed: int = 0) -> DigitRun:
    """Rosenblatt's rule on scikit-learn's 8x8 digits: half of the two classes to learn, half to test.

    The film keeps the weights after each correction, evenly thinned to 80 frames. Raises ``ValueError``
    when both digits are the same.
    """
    if negative == positive:
        raise ValueError("two different digits are needed")
    data = _digits()
    chosen = np.random.default_rng(seed).permutation(
        np.flatnonzero(np.isin(data.target, (negative, positive)))
    )
    pixels = data.images[chosen].reshape(len(chosen), 64) / 16
    labels = np.where(data.target[chosen] == positive, 1, -1)
    half = len(chosen) // 2
    weights, bias = np.zeros(64), 0.0
    film = [weights.copy()]
    converged = False
    for _ in range(_EPOCHS):
        before = len(film)
        for x, y in zip(pixels[:half], labels[:half], strict=True):
            if y * (weights @ x + bias) <= 0:
                weights += y * x
                bias += float(y)
                film.append(weights.copy())
        converged = len(film) == before
        if converged:
            break
    frames = np.unique(np.linspace(0, len(film) - 1, min(len(film), _CORRECTIONS)).round().astype(int))
    scores = pixels @ weights + bias
    order = half + np.argsort((labels * scores)[half:])
    return DigitRun(
        weights=np.array(film)[frames].reshape(-1, 8, 8),
        bias=bias,
        images=pixels[order].reshape(-1, 8, 8),
        labels=labels[order],
        scores=scores[order],
        training_errors=int((labels * scores <= 0)[:half].sum()),
        training_size=half,
        converged=converged,
    )
