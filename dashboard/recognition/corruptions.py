"""What may happen to a picture before a network sees it: turned, shrunk, dark, hidden, blurred, noisy.

A picture is (height, width) grey or (height, width, 3) colours, float32 in [0, 1]: the network's own input,
so that nothing comes between what is shown and what is answered. After Hendrycks and Dietterich (2019),
arXiv:1903.12261, with levels fine enough to see where an answer tips over.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Picture = NDArray[np.float32]

GREY, BLACK = 0.5, 0.0
_SEED = 0


@dataclass(frozen=True)
class Corruption:
    """One thing that may happen, from its least to its greatest level.

    Attributes:
        apply: (picture, level, colour of what lies beyond the picture) -> a picture of the same shape.
        levels: rising.
        identity: the level that changes nothing, one of `levels`.
    """

    apply: Callable[[Picture, float, float], Picture]
    levels: tuple[float, ...]
    identity: float = 0.0


def ground(picture: Picture) -> float:
    """What lies beyond a picture: black around a digit or a garment, as they are on black; grey else."""
    return BLACK if picture.ndim == 2 else GREY


def corrupted(picture: Picture, levels: Mapping[str, float]) -> Picture:
    """The picture with all of these done to it, in the order of `CORRUPTIONS`; the others are left out.

    Raises:
        KeyError: a name that is none of `CORRUPTIONS`.
    """
    if unknown := set(levels) - set(CORRUPTIONS):
        raise KeyError(f"no corruption {', '.join(sorted(unknown))}; there are: {', '.join(CORRUPTIONS)}")
    beyond = ground(picture)
    for name, corruption in CORRUPTIONS.items():
        level = levels.get(name, corruption.identity)
        if level != corruption.identity:
            picture = corruption.apply(picture, level, beyond)
    return picture


def rotated(picture: Picture, degrees: float, beyond: float) -> Picture:
    """Turned about its middle, anticlockwise for positive degrees."""
    turned = ndimage.rotate(picture, degrees, reshape=False, order=1, mode="constant", cval=beyond)
    return np.clip(turned, 0.0, 1.0)


def scaled(picture: Picture, factor: float, beyond: float) -> Picture:
    """Seen from further away (factor below 1) or from nearer."""
    height, width = picture.shape[:2]
    if factor > 1.0:
        rows, columns = (side / factor for side in (height, width))
        top, left = (height - rows) / 2, (width - columns) / 2
        return _resized(picture, (height, width), (left, top, left + columns, top + rows))
    rows, columns = max(1, round(height * factor)), max(1, round(width * factor))
    canvas = np.full_like(picture, beyond)
    top, left = (height - rows) // 2, (width - columns) // 2
    canvas[top : top + rows, left : left + columns] = _resized(picture, (rows, columns))
    return canvas


def brightened(picture: Picture, stops: float, beyond: float) -> Picture:
    """Twice as much light for each stop, half for each below zero; nothing gets brighter than white."""
    return np.clip(picture * np.float32(2.0**stops), 0.0, 1.0)


def hidden(picture: Picture, share: float, beyond: float) -> Picture:
    """A square over the middle, its side this share of the picture's."""
    height, width = picture.shape[:2]
    side = round(share * min(height, width))
    top, left = (height - side) // 2, (width - side) // 2
    covered = picture.copy()
    covered[top : top + side, left : left + side] = beyond
    return covered


def blurred(picture: Picture, share: float, beyond: float) -> Picture:
    """By a Gaussian whose standard deviation is this share of the picture's width."""
    sigma = share * picture.shape[1]
    return ndimage.gaussian_filter(picture, sigma, mode="nearest", axes=(0, 1))


def noisy(picture: Picture, deviation: float, beyond: float) -> Picture:
    """Gaussian noise on every pixel; the same pattern at every level, stronger and stronger."""
    pattern = np.random.default_rng(_SEED).standard_normal(picture.shape, dtype=np.float32)
    return np.clip(picture + np.float32(deviation) * pattern, 0.0, 1.0)


def squeezed(picture: Picture, loss: float, beyond: float) -> Picture:
    """Through a JPEG file of quality 100 - `loss`."""
    file = io.BytesIO()
    Image.fromarray(to_bytes(picture)).save(file, "JPEG", quality=round(100 - loss))
    with Image.open(file, formats=["JPEG"]) as image:
        return np.asarray(image, dtype=np.float32) / 255.0


def to_bytes(picture: Picture) -> NDArray[np.uint8]:
    """Pixels 0 to 255."""
    return np.round(255.0 * picture).astype(np.uint8)


def _resized(
    picture: Picture, size: tuple[int, int], box: tuple[float, float, float, float] | None = None
) -> Picture:
    """To `size` (height, width), from a box (left, top, right, bottom) of it; smoothed where it shrinks."""
    channels = [picture] if picture.ndim == 2 else list(np.moveaxis(picture, 2, 0))
    done = [
        np.asarray(Image.fromarray(channel).resize(size[::-1], Image.Resampling.BILINEAR, box))
        for channel in channels
    ]
    return done[0] if picture.ndim == 2 else np.stack(done, axis=2)


CORRUPTIONS = {
    "rotation": Corruption(rotated, tuple(float(angle) for angle in range(-90, 91, 15))),
    "scale": Corruption(scaled, (0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0), 1.0),
    "brightness": Corruption(
        brightened, (-5.0, -4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0)
    ),
    "square": Corruption(hidden, tuple(round(0.07 * k, 2) for k in range(13))),
    "blur": Corruption(
        blurred, (0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15)
    ),
    "noise": Corruption(noisy, (0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)),
    "jpeg": Corruption(
        squeezed, (0.0, 20.0, 40.0, 50.0, 60.0, 70.0, 80.0, 85.0, 90.0, 93.0, 95.0, 97.0, 99.0)
    ),
}
"""In the order in which they are done: what happens before the lens, in it, on the sensor, in the file."""
