"""Codes of two numbers as a plane of decoded images; what is decoded where no known image lives."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.classifiers import by_weights
from dashboard.datasets.images import DatasetName, sample
from dashboard.latent.coders import Coder
from dashboard.latent.walks import sample_codes

SIDE = 20
"""Decoded images on a side of the plane."""
SURE = 0.9
"""Probability from which the classifier counts as sure of what it reads."""
_MARGIN = 0.04  # of the plane's width, beyond the codes shown


@dataclass(frozen=True)
class Plane:
    """A rectangle of codes of two numbers, with a decoded image in the middle of each of SIDE x SIDE cells.

    Attributes:
        low, high: (2,) corners of the rectangle; it leaves out the outermost half percent of the sample's
            codes on each side.
        images: (SIDE * SIDE, 28, 28) uint8, row by row from the top left; the second number grows upwards.
        counts: (SIDE * SIDE,) how many sample images have their code in the cell.
        codes: (n, 2) of the sample images; labels: (n,) their classes.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    images: NDArray[np.uint8]
    counts: NDArray[np.int64]
    codes: NDArray[np.float64]
    labels: NDArray[np.int64]


@lru_cache(maxsize=8)
def plane(coder: Coder) -> Plane:
    """The plane of a coder of two numbers.

    Raises:
        ValueError: its codes have another size.
    """
    if coder.size != 2:
        raise ValueError(f"a plane needs codes of 2 numbers, not {coder.size}")
    codes = sample_codes(coder).codes
    low, high = np.quantile(codes, [0.005, 0.995], axis=0)
    low, high = low - _MARGIN * (high - low), high + _MARGIN * (high - low)
    middles = (np.arange(SIDE) + 0.5) / SIDE
    across, up = np.meshgrid(middles, middles[::-1])
    images = coder.decode(low + np.stack([across.ravel(), up.ravel()], axis=1) * (high - low))
    column, line = np.floor((codes - low) / (high - low) * SIDE).astype(int).T
    within = (column >= 0) & (column < SIDE) & (line >= 0) & (line < SIDE)
    cells = ((SIDE - 1 - line) * SIDE + column)[within]
    return Plane(
        low,
        high,
        as_bytes(images),
        np.bincount(cells, minlength=SIDE * SIDE),
        codes,
        sample(coder.dataset).labels,
    )


@lru_cache(maxsize=8)
def sure(coder: Coder) -> NDArray[np.bool_]:
    """Whether the classifier reads each image of the plane with at least `SURE`, (SIDE * SIDE,)."""
    return confidence(coder.dataset, plane(coder).images / 255) >= SURE


def drawn(coder: Coder, n: int, seed: int) -> NDArray[np.float32]:
    """`n` images (n, 28, 28) in [0, 1], decoded from codes drawn at random, the same for the same seed.

    From a VAE's prior, the standard normal; any other coder has none, so its codes come from the normal
    distribution with the mean and covariance of the sample's codes, the fairest simple stand-in.
    """
    random = np.random.default_rng(seed)
    if coder.kind == "vae":
        return coder.decode(random.normal(size=(n, coder.size)))
    seen = sample_codes(coder)
    return coder.decode(random.multivariate_normal(seen.mean, np.cov(seen.codes.T), n, method="eigh"))


def confidence(dataset: DatasetName, images: NDArray[np.floating]) -> NDArray[np.float32]:
    """The greatest of the ten probabilities (n,) that the shipped classifier gives to images (n, 28, 28)."""
    model = by_weights(f"{dataset}-cnn")
    pixels = np.asarray(images, np.float32)[:, None]
    parts = [model.probabilities(pixels[start : start + 250]) for start in range(0, len(pixels), 250)]
    return np.concatenate(parts).max(axis=1).astype(np.float32)


def as_bytes(images: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Pixels in [0, 1] as 0 to 255."""
    return np.rint(255 * images).astype(np.uint8)
