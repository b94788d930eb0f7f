"""Walks between codes: straight and along an arc, A - B + C, and which numbers of a code matter most."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.images import DatasetName, sample
from dashboard.latent.coders import Coder

Array = NDArray[np.float64]
Way = Literal["line", "arc"]

_TRIED = 100  # sample images on which a number's weight is measured: a second of decoding for 64 numbers
_FLAT = 1e-3  # radians from 0 or from a half turn at which an arc has no direction of its own


@dataclass(frozen=True)
class SampleCodes:
    """Where the shipped sample's codes lie.

    Attributes:
        codes: (2000, size), in the sample's order.
        mean, std, low, high: (size,) of each number; `low` and `high` leave out one percent on either side.
    """

    codes: Array
    mean: Array
    std: Array
    low: Array
    high: Array


@lru_cache(maxsize=16)
def pixels(dataset: DatasetName) -> NDArray[np.float32]:
    """The shipped sample, (2000, 28, 28) in [0, 1]."""
    return (sample(dataset).images / 255).astype(np.float32)


@lru_cache(maxsize=16)
def sample_codes(coder: Coder) -> SampleCodes:
    """The codes of the shipped sample."""
    codes = coder.encode(pixels(coder.dataset)).astype(np.float64)
    low, high = np.quantile(codes, [0.01, 0.99], axis=0)
    return SampleCodes(codes, codes.mean(0), codes.std(0), low, high)


def path(start: Array, end: Array, steps: int, way: Way, centre: Array | float = 0.0) -> Array:
    """Codes from `start` to `end`, both included: (steps, size).

    Args:
        start, end: (size,).
        way: "line": straight, at constant speed. "arc": around `centre`, turning at constant speed
            (spherical interpolation, Shoemake, 1985, doi:10.1145/325165.325242; for codes White, 2016,
            arXiv:1609.04468). Between two codes equally far from the centre it keeps that distance. Where
            the arc has no direction (both ends on one straight line through the centre) it is the line.
        centre: (size,), where the arc turns around.
    """
    t = np.linspace(0.0, 1.0, steps)[:, None]
    turn = np.radians(angle(start, end, centre))
    if way == "arc" and _FLAT < turn < np.pi - _FLAT:
        before, after = np.sin((1 - t) * turn) / np.sin(turn), np.sin(t * turn) / np.sin(turn)
    else:
        before, after = 1 - t, t
    codes = before * (start - centre) + after * (end - centre) + centre
    codes[0], codes[-1] = start, end
    return codes


def angle(a: Array, b: Array, centre: Array | float = 0.0) -> float:
    """The angle in degrees, 0 to 180, between two codes (size,) seen from `centre`; 0 if one lies there."""
    a, b = a - centre, b - centre
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.degrees(np.arccos(np.clip(a @ b / lengths, -1, 1)))) if lengths else 0.0


@dataclass(frozen=True)
class Importance:
    """How much each number of a code matters.

    Attributes:
        whole: mean squared error per pixel of the reconstructions, all numbers in place.
        added: (size,) what it gains when one number alone is replaced by its mean over the sample; about 0
            for a number that carries nothing.
        order: (size,) the numbers, those that matter most first.
    """

    whole: float
    added: Array

    @property
    def order(self) -> NDArray[np.intp]:
        return np.argsort(-self.added, kind="stable")


@lru_cache(maxsize=16)
def importance(coder: Coder) -> Importance:
    """Measured on 100 images of the sample, against the originals."""
    originals, seen = pixels(coder.dataset)[:_TRIED], sample_codes(coder)
    codes = seen.codes[:_TRIED]
    whole = float(np.square(coder.decode(codes) - originals).mean())
    added = np.empty(coder.size)
    for number in range(coder.size):
        without = codes.copy()
        without[:, number] = seen.mean[number]
        added[number] = np.square(coder.decode(without) - originals).mean() - whole
    return Importance(whole, added)


@dataclass(frozen=True)
class Analogy:
    """What A - B + C makes.

    Attributes:
        code: (size,); image: (28, 28) in [0, 1], the code decoded.
        nearest: row of the sample image whose code is nearest, A, B and C themselves left out;
            `distance` to it, and `usual`, the median distance of a sample image to its own nearest.
    """

    code: Array
    image: NDArray[np.float32]
    nearest: int
    distance: float
    usual: float


def analogy(coder: Coder, a: Array, b: Array, c: Array) -> Analogy:
    """The image of code A - B + C, from images (28, 28) in [0, 1].

    Mikolov et al. (2013), aclanthology.org/N13-1090, did so with words; Radford et al. (2015),
    arXiv:1511.06434, with faces.
    """
    codes = coder.encode(np.stack([a, b, c])).astype(np.float64)
    code = codes[0] - codes[1] + codes[2]
    distances = np.linalg.norm(sample_codes(coder).codes - code, axis=1)
    for own in codes:
        distances[np.abs(sample_codes(coder).codes - own).max(axis=1) < 1e-5] = np.inf
    nearest = int(distances.argmin())
    return Analogy(
        code, coder.decode(code[None])[0], nearest, float(distances[nearest]), _usual_distance(coder)
    )


@lru_cache(maxsize=16)
def _usual_distance(coder: Coder) -> float:
    codes = sample_codes(coder).codes
    squares = np.square(codes).sum(1)
    distances = squares[:, None] - 2 * codes @ codes.T + squares
    np.fill_diagonal(distances, np.inf)
    return float(np.median(np.sqrt(distances.min(axis=1).clip(0))))
