"""How far two clouds of features lie apart, each taken for a normal one: the Fréchet distance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Cloud:
    """A normal cloud in d dimensions: `mean` (d,), `covariance` (d, d)."""

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]

    @classmethod
    def of(cls, points: NDArray[np.floating]) -> "Cloud":
        """The cloud with the mean and covariance of points (n, d), n at least 2."""
        exact = np.asarray(points, np.float64)
        return cls(exact.mean(axis=0), np.atleast_2d(np.cov(exact, rowvar=False)))


def distance(first: Cloud, second: Cloud) -> float:
    """Squared Fréchet (2-Wasserstein) distance: |m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^½).

    Dowson and Landau (1982); as a measure of generated images: Heusel et al. (2017), arXiv:1706.08500. The
    trace of the root is that of (C1^½ C2 C1^½)^½, which is symmetric and so has real eigenvalues.
    """
    values, vectors = np.linalg.eigh(first.covariance)
    root = (vectors * np.sqrt(values.clip(0.0))) @ vectors.T
    shared = np.sqrt(np.linalg.eigvalsh(root @ second.covariance @ root).clip(0.0)).sum()
    apart = float(np.square(first.mean - second.mean).sum())
    spread = np.trace(first.covariance) + np.trace(second.covariance) - 2.0 * shared
    return max(apart + float(spread), 0.0)


def share(real: Cloud, made: Cloud) -> float:
    """The distance as a share of the real cloud's total variance (the trace of its covariance).

    0 is the same cloud; 1 is as far as a point at the real mean, that is, all images alike.
    """
    return distance(real, made) / float(np.trace(real.covariance))
