"""The codes of the drawn world's scenes: a map of them, and the way from one to another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes import render
from dashboard.datasets.scenes.sampling import SHOWN, shown
from dashboard.scenes.images import decode, encode


@dataclass(frozen=True, eq=False)
class PictureMap:
    """Scenes at their places on the first two principal axes of their codes, one in each cell of a grid.

    Attributes:
        picture: (height, width, 4) sRGB and opacity, clear where no scene falls.
        shown: (n, 3) column, row from the top, and number of each scene that it shows.
        explained: the share of the codes' variance along the two axes.
    """

    picture: NDArray[np.uint8]
    shown: NDArray[np.intp]
    explained: float


def unseen(count: int) -> NDArray[np.uint8]:
    """Scenes (count, 64, 64, 3) that no network learnt from, the original first."""
    return np.stack([render(shown(k), SHOWN + k) for k in range(count)])


def walk(
    first: NDArray[np.uint8], second: NDArray[np.uint8], steps: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """From one image (64, 64, 3) to another: by the straight line between their codes, and by fading pixels.

    Returns:
        Two films (steps, 64, 64, 3), each of both ends as the autoencoder rebuilds them.
    """
    a, b = encode(np.stack([first, second]))
    shares = np.linspace(0, 1, steps, dtype=np.float32)[:, None, None, None]
    by_code = decode((1 - shares) * a + shares * b)
    faded = (1 - shares) * by_code[0] + shares * by_code[-1]
    return by_code, np.rint(faded).astype(np.uint8)


def principal(codes: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Places (n, 2) of codes (n, d) on their first two principal axes, and the share of variance there."""
    centred = codes - codes.mean(0)
    values, vectors = np.linalg.eigh(centred @ centred.T)  # fewer codes than numbers in each
    places = vectors[:, :-3:-1] * np.sqrt(values[:-3:-1])
    return places.astype(np.float32), float(values[-2:].sum() / values.sum())


def picture_map(
    images: NDArray[np.uint8], codes: NDArray[np.float32], columns: int, rows: int, side: int
) -> PictureMap:
    """Images (n, 64, 64, 3) on a grid over the plane of `principal`, each cell `side` pixels wide.

    A cell shows the scene nearest to its middle.
    """
    places, explained = principal(codes)
    low, high = places.min(0), places.max(0)
    at = (places - low) / (high - low) * (columns, rows)
    cells = np.minimum(at.astype(int), (columns - 1, rows - 1))
    off = np.square(at - cells - 0.5).sum(1)
    best: dict[tuple[int, int], int] = {}
    for i in np.argsort(off):
        best.setdefault((int(cells[i, 0]), int(cells[i, 1])), int(i))
    shown = np.array([(column, rows - 1 - row, i) for (column, row), i in best.items()])
    picture = np.zeros((rows * side, columns * side, 4), np.uint8)
    step = images.shape[1] // side
    for column, row, i in shown:
        small = images[i].reshape(side, step, side, step, 3).mean((1, 3)).round()
        top, left = row * side, column * side
        picture[top : top + side, left : left + side, :3] = small
        picture[top : top + side, left : left + side, 3] = 255
    return PictureMap(picture, shown, explained)
