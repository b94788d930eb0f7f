"""From a drawing or a photograph of one digit to what a network trained on MNIST expects.

MNIST's digits were scaled to fit a box of 20 x 20, by anti-aliasing, and placed in 28 x 28 with their centre
of mass in the middle (LeCun, Bottou, Bengio and Haffner, 1998). Here the ink is first told from its ground.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

SIDE, BOX = 28, 20
WORKING_SIDE = 400
"""Longest side of the picture in which ink is looked for: a stroke of a 2,000-pixel photograph stays wide
enough there, and all steps together take some tens of milliseconds."""
FLAT_SHARE, FLAT_RANGE = 0.4, 0.012
"""A drawing is told from a photograph by its ground: this share of the pixels is of one grey, within this
range of it."""
LEAST_CONTRAST = 0.06
SPECK = 12
"""Pixels of a photograph that are too few for a stroke."""
FINE = 2.0
"""Strokes are made thinner only where a pixel of the box covers more pixels than this a side."""
CLOSER = 0.4
"""A digit smaller than this share of the picture is looked at from near."""
THINNEST, THICKEST = 1.8, 3.6
"""Stroke width, in pixels of the box, that is left alone; nine of ten MNIST digits lie within."""
USUAL = {"side": SIDE, "box": BOX, "fine": FINE, "closer": CLOSER, "thinnest": THINNEST, "thickest": THICKEST}
"""What the browser needs to do the same for a drawing."""


class EmptyDrawing(ValueError):
    """Nothing is drawn: there is no ink to be told from the ground."""


def to_mnist(image: Image.Image) -> np.ndarray:
    """One digit, in any colour on any fairly even ground, as (28, 28) float32: ink 1 on ground 0.

    `image` may be of any size and mode; of a transparent one, what is drawn counts, be it black or white.
    Raises EmptyDrawing if there is no ink.
    """
    ink = ink_of(image)
    rows, columns = _bounds(ink)
    seen = max(rows.stop - rows.start, columns.stop - columns.start)
    if seen < CLOSER * max(ink.shape):
        # A small digit in a large picture: look again from near, where its strokes are wider.
        ink = ink_of(image.crop(_around(rows, columns, ink.shape, image.size)))
    ink = _cropped(_usual_thickness(_cropped(ink)))
    height, width = ink.shape
    scale = BOX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = Image.fromarray(ink.astype(np.float32)).resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
    digit = np.clip(np.asarray(small), 0.0, None)
    return _centred(np.clip(digit / digit.max(), 0.0, 1.0))


def ink_of(image: Image.Image) -> np.ndarray:
    """How much ink each pixel of an image of any mode bears, 0 to 1, on at most WORKING_SIDE pixels a side.

    Raises EmptyDrawing if there is none.
    """
    return _ink(_grey(image))


def _grey(image: Image.Image) -> np.ndarray:
    """Grey levels 0..1, at most WORKING_SIDE on the longest side."""
    scale = WORKING_SIDE / max(image.size)
    if scale < 1.0:
        width, height = (max(1, round(side * scale)) for side in image.size)
        image = image.convert("RGBA").resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
    rgba = image.convert("RGBA")
    # Black ink shows on white, white ink on black: take the ground on which there is more to see.
    grounds = [
        np.asarray(Image.alpha_composite(Image.new("RGBA", rgba.size, ground), rgba).convert("L")) / 255.0
        for ground in ("white", "black")
    ]
    return max(grounds, key=np.std)


def _ink(grey: np.ndarray) -> np.ndarray:
    """How much ink each pixel bears, 0..1. Raises EmptyDrawing if none bears any."""
    histogram, edges = np.histogram(grey, bins=64, range=(0.0, 1.0))
    usual = np.abs(grey - edges[histogram.argmax()] - 1 / 128) <= FLAT_RANGE
    if usual.mean() < FLAT_SHARE:
        return _ink_of_photograph(grey)
    residual = grey - np.median(grey[usual])
    # The ground varies little and on both sides, the ink much and on one.
    residual = residual if (residual**3).sum() > 0 else -residual
    full = _fullest(residual)
    if full < LEAST_CONTRAST:
        raise EmptyDrawing
    return np.clip((residual / full - 0.1) / 0.8, 0.0, 1.0)


def _ink_of_photograph(grey: np.ndarray) -> np.ndarray:
    grey = ndimage.gaussian_filter(grey, 1.0)
    residual = grey - _lit_ground(grey)
    noise = 1.4826 * float(np.median(np.abs(residual)))
    dark, light = (_pieces(sign * residual, noise) for sign in (-1.0, 1.0))
    ink = max(dark, light, key=np.sum)
    full = _fullest(ink)
    if full < LEAST_CONTRAST:
        raise EmptyDrawing
    return np.clip((ink / full - 0.25) / 0.65, 0.0, 1.0)


def _fullest(residual: np.ndarray) -> float:
    """What the ink differs from the ground by, a few odd pixels apart."""
    return float(np.quantile(residual, 1.0 - 20 / max(residual.size, 40)))


def _lit_ground(grey: np.ndarray) -> np.ndarray:
    """The paper under the ink, lit unevenly: a smooth surface through the pixels that are not ink."""

    def terms(shape: tuple[int, ...]) -> np.ndarray:
        y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
        return np.stack([x**i * y**j for i in range(4) for j in range(4 - i)], axis=-1)

    step = max(1, max(grey.shape) // 64)
    coarse = grey[::step, ::step]
    surface, values = terms(coarse.shape).reshape(coarse.size, -1), coarse.ravel()
    kept = np.ones(len(values), dtype=bool)
    for _ in range(8):
        coefficients = np.linalg.lstsq(surface[kept], values[kept], rcond=None)[0]
        distance = np.abs(values - surface @ coefficients)
        kept = distance <= 2.5 * 1.4826 * np.median(distance) + 0.005
    return terms(grey.shape) @ coefficients


def _pieces(residual: np.ndarray, noise: float) -> np.ndarray:
    """`residual` where it may be the strokes of a digit, 0 elsewhere: pieces that stand out from the noise,
    are not specks, and do not run off the picture as shadows and the edges of the paper do."""
    least = max(4.0 * noise, 0.2 * _fullest(residual), LEAST_CONTRAST / 2)
    labels, count = ndimage.label(residual > least, structure=np.ones((3, 3)))
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    masses = ndimage.sum_labels(residual, labels, np.arange(count + 1))
    masses[0] = 0.0
    masses[np.unique(rim)] = 0.0
    kept = masses >= max(0.05 * masses.max(), least * SPECK)
    return np.where(ndimage.binary_dilation(kept[labels], iterations=2), np.maximum(residual, 0.0), 0.0)


def _bounds(ink: np.ndarray) -> tuple[slice, slice]:
    rows, columns = (np.flatnonzero((ink > 0.2).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        raise EmptyDrawing
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _cropped(ink: np.ndarray) -> np.ndarray:
    return ink[_bounds(ink)]


def _around(
    rows: slice, columns: slice, shape: tuple[int, ...], size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """The box, in an image of this size, around these rows and columns of its ink of this shape."""
    margin = 0.6 * max(rows.stop - rows.start, columns.stop - columns.start) + 2
    across, down = size[0] / shape[1], size[1] / shape[0]
    return (
        max(round((columns.start - margin) * across), 0),
        max(round((rows.start - margin) * down), 0),
        min(round((columns.stop + margin) * across), size[0]),
        min(round((rows.stop + margin) * down), size[1]),
    )


def _usual_thickness(ink: np.ndarray) -> np.ndarray:
    """Strokes made thicker or thinner where MNIST has hardly any like them."""
    solid = np.pad(ink > 0.5, 1)
    inside = ndimage.distance_transform_edt(solid)
    # Across a stroke of width w the distance to its edge is w / 4 on average.
    width = 4.0 * float(inside[solid].mean()) - 1.0 if solid.any() else 1.0
    pixel = max(ink.shape) / BOX
    if width < THINNEST * pixel:
        grow = (THINNEST * pixel - width) / 2.0
        margin = int(np.ceil(grow)) + 1
        padded = np.pad(ink, margin)
        outside = ndimage.distance_transform_edt(padded <= 0.5)
        return np.maximum(padded, np.clip(grow + 1.0 - outside, 0.0, 1.0))
    if width > THICKEST * pixel and pixel > FINE:
        thinned = np.clip(inside - (width - THICKEST * pixel) / 2.0, 0.0, 1.0)[1:-1, 1:-1]
        return np.minimum(ink, thinned) if thinned.max() > 0.5 else ink
    return ink


def _centred(digit: np.ndarray) -> np.ndarray:
    """`digit`, at most BOX on a side, in the middle of SIDE x SIDE by its centre of mass."""
    canvas = np.zeros((SIDE, SIDE), dtype=np.float32)
    corner = []
    for centre, length in zip(ndimage.center_of_mass(digit), digit.shape, strict=True):
        corner.append(min(max(round(SIDE / 2 - centre), 0), SIDE - length))
    top, left = corner
    canvas[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return canvas
