"""How an image's error compares with those of images that the coder knows; and images that it cannot know."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.images import DatasetName, sample
from dashboard.datasets.shipped import shipped
from dashboard.latent.coders import Coder

Array = NDArray[np.float64]


@lru_cache(maxsize=64)
def known_errors(by: Coder) -> Array:
    """Mean squared errors (2000,) of the shipped test images, in rising order.

    Those of the shipped autoencoders ship too: the recipe `<dataset>-errors` writes them.

    Raises:
        DatasetError: their file is missing or damaged.
    """
    if by.kind != "autoencoder":
        return np.sort(sample_errors(by))
    with shipped(f"{by.dataset}-errors") as stored:
        return np.sort(stored[str(by.size)].astype(np.float64))


@lru_cache(maxsize=64)
def usual_range(by: Coder) -> tuple[float, float]:
    """Between which errors nine in ten of the shipped test images lie."""
    low, high = np.quantile(known_errors(by), (0.05, 0.95))
    return float(low), float(high)


def sample_errors(by: Coder, count: int | None = None) -> Array:
    """Mean squared errors of the first `count` images of the sample (all, if None), in its order."""
    images = sample(by.dataset).images[:count] / 255.0
    return np.square(by.reconstruct(images) - images).mean(axis=(1, 2))


def share_below(errors: Array, error: float) -> float:
    """The share of `errors`, which are in rising order, that are smaller than `error`."""
    return float(np.searchsorted(errors, error)) / len(errors)


def strangers(dataset: DatasetName, image: Array) -> dict[str, Array]:
    """Images unlike what a coder of the data set has learned, most of them made of `image` (28, 28)."""
    other: DatasetName = "fashion" if dataset == "digits" else "digits"
    return {
        "turned": np.rot90(image).copy(),
        "shifted": np.pad(image, ((7, 0), (7, 0)))[:28, :28],
        "negative": 1 - image,
        "other": sample(other).images[1] / 255.0,
        "noise": np.random.default_rng(0).uniform(size=(28, 28)),
    }
