"""What kind of image a visitor gives: a drawing or a photograph."""

import numpy as np
from PIL import Image

PAPER = 0.5
"""A drawing is mostly paper: this share of its pixels is of one grey, as near as makes no difference."""
EVEN = 3
COLOURLESS = 12.0
"""A drawing in ink or pencil has no more colour than this on average, out of 255."""


def looks_drawn(image: Image.Image) -> bool:
    """Whether an image of mode RGB is rather strokes on plain paper than a photograph."""
    small = image.resize((96, 96), Image.Resampling.NEAREST)
    pixels = np.asarray(small, dtype=np.int16)
    grey = np.asarray(small.convert("L"), dtype=np.int16)
    usual = np.bincount(grey.ravel(), minlength=256).argmax()
    paper = (np.abs(grey - usual) <= EVEN).mean()
    colour = float((pixels.max(axis=2) - pixels.min(axis=2)).mean())
    return bool(paper >= PAPER and colour <= COLOURLESS)
