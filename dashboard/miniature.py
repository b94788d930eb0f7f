"""Pictures of the front page's films: square frames, in the colours of the figures."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw

from dashboard.palette import BLUE, NEUTRAL, ORANGE

SIDE = 112  # pixels of a frame
SIZE = (SIDE, SIDE)
DARK = (16, 20, 27)
_FINE = 4  # points are drawn this many times larger, then reduced

Bytes = NDArray[np.uint8]


def diverging(values: NDArray[np.floating]) -> Bytes:
    """Values (h, w) in [-1, 1] in the diverging palette's colours, (h, w, 3)."""
    stops = np.array([ImageColor.getrgb(colour) for colour in (ORANGE, NEUTRAL["light"], BLUE)])
    return np.stack(
        [np.interp(values, [-1, 0, 1], stops[:, channel]) for channel in range(3)], axis=-1
    ).astype(np.uint8)


def dotted(field: Bytes, points: NDArray[np.floating], positive: NDArray[np.bool_]) -> Bytes:
    """A picture of the square [-1, 1]² with its points, ringed in white."""
    large = Image.fromarray(field).resize((SIDE * _FINE,) * 2, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(large)
    for (x, y), blue in zip(points, positive, strict=True):
        at = ((x + 1) / 2 * SIDE * _FINE, (1 - y) / 2 * SIDE * _FINE)
        pen.circle(at, 9, fill=BLUE if blue else ORANGE, outline="white", width=3)
    return np.asarray(large.resize(SIZE, Image.Resampling.LANCZOS))


def ink(image: NDArray[np.floating], side: int) -> Image.Image:
    """A small image in [0, 1] as white ink on the dark ground."""
    grey = Image.fromarray((255 * np.clip(image, 0, 1)).astype(np.uint8))
    share = np.asarray(grey.resize((side, side), Image.Resampling.BICUBIC))[..., None] / 255
    return Image.fromarray((np.array(DARK) * (1 - share) + 244 * share).astype(np.uint8))
