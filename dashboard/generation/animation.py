"""Generated images as files: a grid as PNG, their film as an animated GIF or WebP."""

import io
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard.images import to_png

SCALE = 4
"""Pixels of the file for a pixel of an image."""
GAP, BETWEEN = 1, 110
"""Pixels between two images, and their grey."""
FRAME_MS, LAST_MS = 150, 1800
"""How long a frame is shown, and the last one, milliseconds."""


def grid(images: NDArray[np.floating], columns: int) -> Image.Image:
    """Images (n, h, w) in [0, 1] side by side in rows of `columns`, mode L, enlarged by SCALE."""
    n, height, width = images.shape
    columns = min(columns, n)
    rows = -(-n // columns)
    ground = np.full((rows * (height + GAP) - GAP, columns * (width + GAP) - GAP), BETWEEN, np.uint8)
    for k, image in enumerate(images):
        top, left = k // columns * (height + GAP), k % columns * (width + GAP)
        ground[top : top + height, left : left + width] = np.rint(image.clip(0.0, 1.0) * 255)
    made = Image.fromarray(ground)
    return made.resize((made.width * SCALE, made.height * SCALE), Image.Resampling.NEAREST)


def png(images: NDArray[np.floating], columns: int) -> bytes:
    """The grid of images (n, h, w) as a PNG file."""
    return to_png(grid(images, columns))


def film(frames: NDArray[np.floating], columns: int, kind: Literal["gif", "webp"]) -> bytes:
    """Frames (k, n, h, w) as an animation that starts again after a pause on the last frame.

    WebP is lossless; GIF has 256 greys, all that there are.
    """
    first, *others = (grid(images, columns) for images in frames)
    file = io.BytesIO()
    options = {"lossless": True, "method": 3} if kind == "webp" else {"disposal": 1}
    first.save(
        file,
        kind.upper(),
        save_all=True,
        append_images=others,
        duration=[*[FRAME_MS] * len(others), LAST_MS],
        loop=0,
        **options,
    )
    return file.getvalue()
