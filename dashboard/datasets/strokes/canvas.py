"""From strokes to what a network is shown: drawn on the sheet with a pen, then prepared as any drawing is."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dashboard.datasets.digits import EmptyDrawing, to_mnist
from dashboard.datasets.strokes.hand import Drawing, Hand

SIDE = 140
"""Pixels of a drawing as the sheet sends it; its pen is 3 to 20 of them wide, 10 unless changed."""
_FINE = 3  # pixels drawn for each that is kept


def rendered(drawing: Drawing, hand: Hand, *, smallest: float = 0.3) -> Image.Image:
    """A drawing of longer side 1 about 0, dark on a white sheet of SIDE x SIDE; size, place and pen vary.

    Args:
        smallest: share of the sheet that the drawing takes up at least.
    """
    random = hand.random
    width = 10.0 if hand.chance(0.5) else float(np.exp(random.uniform(np.log(3.0), np.log(17.0))))
    size = hand.between(smallest, 0.9)
    width = min(width, size * SIDE / 5)  # who draws small with a broad pen draws a blot
    room = (1.0 - size) / 2
    centre = 0.5 + random.uniform(-room, room, 2)
    side = SIDE * _FINE
    page = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(page)
    radius = width * _FINE / 2
    grey = int(random.integers(0, 70)) if hand.chance(0.3) else 17
    for stroke in drawing:
        path = (stroke * size + centre) * side
        pen.line([tuple(point) for point in path.tolist()], grey, max(1, round(2 * radius)))
        for x, y in path[_corners(path)].tolist():
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), grey)
    return page.reduce(_FINE)


def _corners(path: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where a path (n, 2) begins, ends or turns by more than 20 degrees: there a pen's round tip shows."""
    heading = np.unwrap(np.arctan2(*np.diff(path, axis=0).T[::-1]))
    corners = np.ones(len(path), dtype=bool)
    corners[1:-1] = np.abs(np.diff(heading)) > np.radians(20)
    return corners


def prepared(drawing: Drawing, hand: Hand, *, smallest: float = 0.3) -> NDArray[np.uint8]:
    """(28, 28) of the drawing on a sheet, white ink on black, as the networks get it."""
    while True:
        try:
            image = to_mnist(rendered(drawing, hand, smallest=smallest))
        except EmptyDrawing:  # a thin pen on a tiny drawing: try another
            continue
        return np.rint(image * 255).astype(np.uint8)
