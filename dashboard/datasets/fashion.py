"""From a drawing or a photograph of one garment to what a network trained on Fashion-MNIST expects.

Fashion-MNIST was made from shop photographs on a plain ground: trimmed, shrunk until the longest side has 28
pixels, put in the middle of a square, grey, and turned to a negative, so that the ground is black and a dark
garment light (Xiao, Rasul and Vollgraf, 2017, arXiv:1708.07747). Here the garment is first told from its
ground, and an outline is filled.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

SIDE = 28
WORKING_SIDE = 280
"""Longest side of the picture in which the garment is looked for."""
LEAST_DIFFERENCE = 0.06
"""What differs less than this from the ground, on a scale of 0 to 1, is ground."""
LEAST_SHARE = 0.001
"""A garment covers at least this share of the picture."""
OUTLINE = 0.45
"""A shape of which strokes cover less than this share is an outline to be filled."""
FILLING = 0.7
"""The usual grey of a garment: what the inside of an outline gets."""
FAINTEST = 0.12
"""The darkest that a garment gets, lest it be taken for its ground."""


class NoGarment(ValueError):
    """The picture is all ground."""


def to_fashion(image: Image.Image) -> np.ndarray:
    """One garment, on any fairly even ground, as (28, 28) float32: garment up to 1 on ground 0.

    `image` may be of any size and mode; of a transparent one, what is opaque counts.
    Raises NoGarment if nothing stands out from the ground.
    """
    colours = _colours(image)
    ground = _ground(colours)
    difference = np.abs(colours - ground).max(axis=2)
    garment = _garment(difference)
    grey = colours @ (0.299, 0.587, 0.114)
    # As in Fashion-MNIST, a negative; a picture on black is taken to be one already.
    negative = float(np.median(ground)) > 0.4
    values = 1.0 - grey if negative else grey
    values = np.where(garment, np.maximum(values / max(float(values[garment].max()), 0.05), FAINTEST), 0.0)
    values, garment = _filled(values, garment)
    rows, columns = (np.flatnonzero(garment.any(axis=axis)) for axis in (1, 0))
    cropped = values[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _fitted(cropped)


def _colours(image: Image.Image) -> np.ndarray:
    """(h, w, 3) in 0..1, at most WORKING_SIDE on the longest side."""
    rgba = image.convert("RGBA")
    white = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")
    white.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    return np.asarray(white, np.float64) / 255.0


def _ground(colours: np.ndarray) -> np.ndarray:
    """The ground (h, w, 3) behind the garment: for each colour the plane through the rim of the picture.

    Parts of the rim that the garment covers are left out, being far from what most of the rim looks like.
    """
    height, width, _ = colours.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([np.ones_like(x), x, y], axis=-1)
    margin = max(1, round(0.03 * max(height, width)))
    rim = np.ones((height, width), dtype=bool)
    rim[margin : height - margin, margin : width - margin] = False
    points, values = terms[rim], colours[rim]
    kept = np.abs(values - np.median(values, axis=0)).max(axis=1) <= 0.2
    if kept.sum() < 8:
        kept[:] = True
    for _ in range(4):
        planes = np.linalg.lstsq(points[kept], values[kept], rcond=None)[0]
        distance = np.abs(values - points @ planes).max(axis=1)
        kept = distance <= 3.0 * np.median(distance) + 0.01
    return np.clip(terms @ planes, 0.0, 1.0)


def _garment(difference: np.ndarray) -> np.ndarray:
    """Where the garment is (h, w): what stands out from the ground, less specks, small holes closed."""
    threshold = max(LEAST_DIFFERENCE, 0.5 * _otsu(difference))
    stands_out = ndimage.binary_closing(np.pad(difference > threshold, 2), iterations=1)[2:-2, 2:-2]
    labels, count = ndimage.label(stands_out, structure=np.ones((3, 3)))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    if sizes.max() < max(LEAST_SHARE * difference.size, 4):
        raise NoGarment
    garment = (sizes >= 0.03 * sizes.max())[labels]
    # A white button on a white ground is a hole of the garment; the loop of a handle is none.
    return garment | _holes(garment, at_most=0.01 * garment.sum())


def _otsu(values: np.ndarray) -> float:
    """The threshold that parts the values into the two most different groups (Otsu, 1979)."""
    histogram, edges = np.histogram(values, bins=64, range=(0.0, 1.0))
    middles = (edges[1:] + edges[:-1]) / 2
    below = histogram.cumsum()
    above = below[-1] - below
    sums = (histogram * middles).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(middles[int(np.nan_to_num(between).argmax())])


def _holes(shape: np.ndarray, at_least: float = 0.0, at_most: float = np.inf) -> np.ndarray:
    """The holes of a shape whose numbers of pixels are within limits."""
    labels, count = ndimage.label(ndimage.binary_fill_holes(shape) & ~shape)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    chosen = (sizes >= at_least) & (sizes <= at_most)
    chosen[0] = False
    return chosen[labels]


def _filled(values: np.ndarray, garment: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An outline, filled: its strokes are the edges and seams of a garment of one grey."""
    whole = ndimage.binary_fill_holes(garment)
    if garment.sum() > OUTLINE * whole.sum():
        return values, garment
    holes = _holes(garment)
    largest = _largest(holes)
    # The loop of a handle is much smaller than the bag.
    inside = _holes(garment, at_least=0.4 * largest)
    return np.where(inside, FILLING, values), garment | inside


def _largest(shape: np.ndarray) -> int:
    labels, _ = ndimage.label(shape)
    return int(np.bincount(labels.ravel())[1:].max())


def _fitted(garment: np.ndarray) -> np.ndarray:
    """Shrunk until its longest side has 28 pixels, in the middle of a square, at full contrast."""
    height, width = garment.shape
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    picture = Image.fromarray(garment.astype(np.float32))
    small = np.clip(np.asarray(picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)), 0.0, None)
    fitted = np.zeros((SIDE, SIDE), np.float32)
    top, left = (SIDE - small.shape[0]) // 2, (SIDE - small.shape[1]) // 2
    fitted[top : top + small.shape[0], left : left + small.shape[1]] = small
    return np.clip(fitted / fitted.max(), 0.0, 1.0)
