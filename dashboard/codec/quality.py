"""How near a redrawn image is to the original."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage.metrics import structural_similarity

WINDOW = 7  # pixels, as scikit-image's own


def psnr(image: Image.Image, redrawn: Image.Image) -> float:
    """Peak signal-to-noise ratio in dB of two RGB images of one size; infinite if they are the same."""
    error = float(np.mean((_levels(image) - _levels(redrawn)) ** 2))
    return 10 * math.log10(255**2 / error) if error else math.inf


def ssim(image: Image.Image, redrawn: Image.Image) -> float:
    """Structural similarity, -1 to 1, mean of the three colours.

    The window is 7 pixels wide, or what fits in a smaller image; images under 3 pixels have none: nan.
    Source: Wang et al. (2004), doi 10.1109/TIP.2003.819861.
    """
    window = min(WINDOW, (min(image.size) - 1) // 2 * 2 + 1)
    if window < 3:
        return math.nan
    return float(
        structural_similarity(
            np.asarray(image), np.asarray(redrawn), win_size=window, channel_axis=2, data_range=255
        )
    )


def error_map(image: Image.Image, redrawn: Image.Image) -> NDArray[np.float64]:
    """Root mean squared error (height, width) of the three colours at each pixel, in grey levels."""
    difference: NDArray[np.float64] = np.sqrt(np.mean((_levels(image) - _levels(redrawn)) ** 2, axis=2))
    return difference


def _levels(image: Image.Image) -> NDArray[np.float64]:
    return np.asarray(image, np.float64)
