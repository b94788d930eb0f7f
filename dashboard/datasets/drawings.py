"""What a drawing holds before anything reads it: one sign or several, a tiny drawing, a blot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from dashboard.datasets.digits import EmptyDrawing, ink_of

TINY = 0.15
"""A drawing is tiny when its longer side is less than this share of the sheet's."""
BLOT = 0.2
"""A drawing is a blot when a disc of this share of its longer side, as a radius, fits into its ink."""
_LEAST = 0.12
"""Of two signs, the lighter bears at least this share of the ink: else it is a dot or a slip of the pen."""
_TALL = 0.45
"""And it is at least this high compared with the other."""
_SHARED = 0.35
"""Pieces that share less than this part of the narrower one's columns stand beside each other."""


@dataclass(frozen=True)
class Contents:
    """What there is in a drawing.

    Attributes:
        signs: how many signs stand apart, side by side; 0 in an empty drawing.
        tiny: they take up hardly any of it.
        blot: the ink is a patch rather than strokes, and large.
    """

    signs: int
    tiny: bool
    blot: bool


def contents(image: Image.Image) -> Contents:
    """What is drawn on an even ground, on an image of any mode and size."""
    try:
        ink = ink_of(image) > 0.5
    except EmptyDrawing:
        return Contents(0, tiny=False, blot=False)
    pieces, count = ndimage.label(ink, structure=np.ones((3, 3)))
    boxes = ndimage.find_objects(pieces)
    masses = ndimage.sum_labels(ink, pieces, np.arange(1, count + 1))
    rows, columns = ndimage.find_objects(ink.astype(int))[0]
    longest = max(rows.stop - rows.start, columns.stop - columns.start)
    thickest = float(ndimage.distance_transform_edt(np.pad(ink, 1)).max())
    tiny = longest < TINY * max(ink.shape)
    filled = thickest > BLOT * longest and masses.sum() > 0.5 * longest * _across(rows, columns)
    return Contents(_side_by_side(boxes, masses), tiny, blot=filled and not tiny)


def _across(rows: slice, columns: slice) -> int:
    return min(rows.stop - rows.start, columns.stop - columns.start)


def _side_by_side(boxes: list[tuple[slice, slice]], masses: NDArray[np.floating]) -> int:
    """How many groups are left once pieces above each other are put together, as a 5's bar is to its body."""
    groups: list[tuple[int, int, int, int, float]] = []  # columns, rows, mass
    for (rows, columns), mass in sorted(zip(boxes, masses, strict=True), key=lambda pair: pair[0][1].start):
        left, right, top, bottom, heavy = columns.start, columns.stop, rows.start, rows.stop, float(mass)
        shared = groups[-1][1] - left if groups else 0
        if groups and shared > _SHARED * min(right - left, groups[-1][1] - groups[-1][0]):
            last = groups.pop()
            left, right = last[0], max(last[1], right)
            top, bottom, heavy = min(last[2], top), max(last[3], bottom), last[4] + heavy
        groups.append((left, right, top, bottom, heavy))
    heaviest = max(group[4] for group in groups)
    tallest = max(group[3] - group[2] for group in groups)
    return sum(
        mass >= _LEAST * heaviest and bottom - top >= _TALL * tallest for _, _, top, bottom, mass in groups
    )
