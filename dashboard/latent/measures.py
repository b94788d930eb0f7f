"""How far an image is from what was rebuilt of it, and what was gained by squeezing it."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from dashboard import zoo
from dashboard.classifiers import by_weights
from dashboard.datasets.images import DatasetName
from dashboard.latent.coders import KIND_SIZES, Coder, Kind, coder
from dashboard.models.linear import Components
from dashboard.verdict import Answer

Array = NDArray[np.float64]

PIXEL_BYTES = 784
"""An image of 28 x 28 pixels, a byte each."""
NUMBER_BYTES = 2
"""A number of a code, in half precision: three digits, more than the eye can tell."""
COMPARED: tuple[Kind, ...] = ("autoencoder", "pca")
"""The kinds of coder that are compared, both of all sizes."""


def mse(image: Array, rebuilt: Array) -> float:
    """Mean squared error per pixel of images with the same shape, pixels in [0, 1]."""
    return float(np.square(image - rebuilt).mean())


def psnr(image: Array, rebuilt: Array) -> float:
    """Peak signal-to-noise ratio in decibels, for pixels in [0, 1]; infinite for equal images."""
    error = mse(image, rebuilt)
    return -10 * math.log10(error) if error else math.inf


def ssim(image: Array, rebuilt: Array) -> float:
    """Structural similarity from -1 to 1 (1: the same), mean over windows of 7 x 7 pixels.

    Wang, Bovik, Sheikh and Simoncelli (2004), doi:10.1109/TIP.2003.819861.
    """
    return float(structural_similarity(image, rebuilt, data_range=1.0))


def kept(image: Array, rebuilt: Array, dataset: DatasetName) -> float:
    """The share of what sets an image apart from the average training image that was rebuilt: 1 for all of
    it, 0 for no more than the average image, below 0 for less."""
    apart = mse(image, _average(dataset))
    return 1 - mse(image, rebuilt) / apart if apart else 0.0


def compression(size: int) -> float:
    """How many times fewer bytes a code of `size` numbers takes than its image; the decoder not counted."""
    return PIXEL_BYTES / (NUMBER_BYTES * size)


@dataclass(frozen=True)
class Squeezed:
    """One image squeezed by one coder: `code` (size,), `rebuilt` (28, 28), and how well."""

    size: int
    code: Array
    rebuilt: Array
    mse: float
    psnr: float
    ssim: float
    kept: float


def squeeze(by: Coder, image: Array) -> Squeezed:
    """Squeeze and rebuild one image (28, 28) in [0, 1]."""
    code = by.encode(image[None])
    rebuilt = by.decode(code)[0].astype(np.float64)
    return Squeezed(
        by.size,
        code[0].astype(np.float64),
        rebuilt,
        mse(image, rebuilt),
        psnr(image, rebuilt),
        ssim(image, rebuilt),
        kept(image, rebuilt, by.dataset),
    )


def ladder(dataset: DatasetName, image: Array) -> dict[str, list[Squeezed]]:
    """One image squeezed to every size, smallest first, by each kind of `COMPARED`."""
    return {
        kind: [squeeze(coder(dataset, size, kind), image) for size in KIND_SIZES[kind]] for kind in COMPARED
    }


@cache
def usual_errors(dataset: DatasetName) -> dict[str, list[float]]:
    """Mean squared errors on the whole test set, for every size, smallest first; as the cards say."""
    components = zoo.card(f"{dataset}-pca").measured
    return {
        "autoencoder": [
            zoo.card(f"{dataset}-autoencoder-{size}").measured["mse"] for size in KIND_SIZES["autoencoder"]
        ],
        "pca": [components[f"mse_{size}"] for size in KIND_SIZES["pca"]],
    }


def answers(dataset: DatasetName, images: Array) -> tuple[Answer, ...]:
    """What the data set's classifier answers to images (n, 28, 28)."""
    model = by_weights(f"{dataset}-cnn")
    return tuple(map(model.answered, model.scores(np.asarray(images, np.float32)[:, None])))


@cache
def _average(dataset: DatasetName) -> Array:
    components = zoo.load(f"{dataset}-pca")
    assert isinstance(components, Components)
    return components.mean.detach().double().numpy().reshape(28, 28)
