"""Images to codes and back in one line, for a notebook."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.latent.coders import coder


def encode(dataset: str, images: ArrayLike, size: int = 8, kind: str = "autoencoder") -> NDArray[np.float32]:
    """Squeeze images into a few numbers each.

    Args:
        dataset: "digits" or "fashion", whose autoencoder to use.
        images: (n, 28, 28), pixels in [0, 1], white ink on black.
        size: how many numbers: 1, 2, 4, 8, 16, 32 or 64 (of a VAE: 2 or 16).
        kind: "autoencoder", "pca" or "vae".

    Returns:
        Codes (n, size).

    Raises:
        ValueError: an unknown data set, size or kind (the message lists those there are), or images of
            another shape or range.
    """
    return coder(dataset, size, kind).encode(images)


def decode(dataset: str, codes: ArrayLike, kind: str = "autoencoder") -> NDArray[np.float32]:
    """Images (n, 28, 28) in [0, 1] from codes (n, size); the size says which model made them.

    Raises:
        ValueError: an unknown data set or kind, or codes of a shape that no model makes.
    """
    numbers = np.asarray(codes, np.float32)
    if numbers.ndim != 2:
        raise ValueError(f"codes must have the shape (n, size), not {numbers.shape}")
    return coder(dataset, numbers.shape[1], kind).decode(numbers)


def reconstruct(
    dataset: str, images: ArrayLike, size: int = 8, kind: str = "autoencoder"
) -> NDArray[np.float32]:
    """Images (n, 28, 28) squeezed into `size` numbers each and rebuilt; arguments and errors as `encode`."""
    return coder(dataset, size, kind).reconstruct(images)
