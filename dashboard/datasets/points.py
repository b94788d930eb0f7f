"""Points of two classes in a plane, synthetic or real, and the visitor's own.

Coordinates are scaled so that [-1, 1] holds nearly all of them; labels are -1 and +1.
"""

import base64
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets import tables

Array = NDArray[np.float64]

CORNERS = np.array([[-0.8, -0.8], [-0.8, 0.8], [0.8, -0.8], [0.8, 0.8]])
GATES = {"and": (-1, -1, -1, 1), "or": (-1, 1, 1, 1), "xor": (-1, 1, 1, -1)}
CLOUDS = ("separable", "overlapping", "circles", "moons", "outliers")
REAL = ("iris", "digits01", "digits38")
SLUGS = (*GATES, *CLOUDS, *REAL)

MOST_OWN = 400  # what a link can hold
MOST_ROWS = 10_000  # rows read before a file is refused as too long


@dataclass(frozen=True)
class PointSet:
    """``points`` (n, 2), ``labels`` (n,) of -1 and +1, and for digits ``images`` (n, 8, 8) in [0, 16]."""

    points: Array
    labels: NDArray[np.int64]
    images: NDArray[np.uint8] | None = None


class PointsRefused(ValueError):
    """A list of points that cannot be used. ``reason`` is a slug for the texts, ``line`` counts from 1."""

    def __init__(self, reason: str, line: int = 0, found: str = "") -> None:
        super().__init__(f"{reason} at line {line}: {found}")
        self.reason, self.line, self.found = reason, line, found


def make(slug: str, size: int = 100, noise: float = 0.2, margin: float = 0.2, seed: int = 0) -> PointSet:
    """A set of points by its slug, in an order shuffled by the seed.

    Args:
        slug: one of ``SLUGS``.
        size: number of points. The gates repeat their four corners when noise spreads them, real data
            give at most what they have.
        noise: standard deviation of what is added to synthetic coordinates, in units of the plane.
        margin: for ``separable``, the empty band's half-width on each side of the line.
        seed: of the generator; the same arguments give the same points.

    Raises:
        ValueError: there is no such data set; the message lists those that there are.
    """
    rng = np.random.default_rng(seed)
    if slug in GATES:
        copies = 1 if noise == 0 else max(1, size // 4)
        points = np.repeat(CORNERS, copies, axis=0)
        labels = np.repeat(GATES[slug], copies)
        points = points + rng.normal(0, noise, points.shape)
        return _shuffled(rng, points, labels)
    if slug in CLOUDS:
        labels = np.where(np.arange(size) < size // 2, -1, 1)
        return _shuffled(rng, *_cloud(slug, labels, noise, margin, rng))
    if slug in REAL:
        points, labels, images = _real(slug)
        # As many of each class: a class that dominates would hide the other's errors.
        each = min(size // 2, *np.unique(labels, return_counts=True)[1].tolist())
        chosen = np.concatenate([rng.permutation(np.flatnonzero(labels == y))[:each] for y in (-1, 1)])
        chosen = rng.permutation(chosen)
        points = points[chosen] + rng.normal(0, noise, (len(chosen), 2)) * (noise > 0)
        return PointSet(points, labels[chosen], None if images is None else images[chosen])
    raise ValueError(f"no data set {slug!r}; there are: {', '.join(SLUGS)}")


def _shuffled(rng: np.random.Generator, points: Array, labels: NDArray[np.int64]) -> PointSet:
    order = rng.permutation(len(points))
    return PointSet(points[order], labels[order])


def _cloud(
    slug: str, labels: NDArray[np.int64], noise: float, margin: float, rng: np.random.Generator
) -> tuple[Array, NDArray[np.int64]]:
    n = len(labels)
    scatter = rng.normal(0, noise, (n, 2))
    if slug == "separable":
        # Uniform in two half-planes of a tilted line, pushed apart by the margin; noise crosses the line.
        normal = np.array([math.cos(0.6), math.sin(0.6)])
        along = np.array([-normal[1], normal[0]])
        across = labels * (margin + rng.uniform(0, 0.75 - margin / 2, n))
        return across[:, None] * normal + rng.uniform(-0.8, 0.8, (n, 1)) * along + scatter, labels
    if slug == "overlapping":
        return labels[:, None] * np.array([0.3, 0.2]) + rng.normal(0, 0.25, (n, 2)) + scatter, labels
    if slug == "outliers":
        # A line with outliers: tight bands on either side, and one point in twelve far on the wrong side.
        x = rng.uniform(-0.9, 0.9, n)
        points = np.column_stack([x, 0.4 * x + labels * rng.uniform(0.12, 0.35, n)])
        wrong = np.flatnonzero(rng.permutation(n) < max(1, n // 12))
        points[wrong, 1] = 0.4 * x[wrong] - labels[wrong] * rng.uniform(0.5, 0.9, len(wrong))
        return points + scatter, labels
    from sklearn import datasets

    state = int(rng.integers(2**31))
    if slug == "circles":
        points, classes = datasets.make_circles(n, shuffle=False, factor=0.45, random_state=state)
        return 0.9 * points + scatter, np.where(classes == 1, 1, -1)
    points, classes = datasets.make_moons(n, shuffle=False, random_state=state)
    return (points - [0.5, 0.25]) * 0.6 + scatter, np.where(classes == 1, 1, -1)


@lru_cache(maxsize=4)
def _real(slug: str) -> tuple[Array, NDArray[np.int64], NDArray[np.uint8] | None]:
    """Real measures, standardised and shrunk by 2.5 so that most lie in [-1, 1]."""
    from sklearn import datasets

    if slug == "iris":
        data = datasets.load_iris()
        keep = data.target > 0  # versicolor against virginica: the two that touch
        measures, classes, images = data.data[keep][:, [2, 3]], data.target[keep], None
        positive = 2
    else:
        data = datasets.load_digits()
        negative, positive = (int(c) for c in slug[-2:])
        keep = np.isin(data.target, (negative, positive))
        images, classes = data.images[keep], data.target[keep]
        symmetry = -np.abs(images - images[:, :, ::-1]).mean(axis=(1, 2))
        measures = np.column_stack([images.mean(axis=(1, 2)), symmetry])
        images = images.astype(np.uint8)
    scaled = (measures - measures.mean(axis=0)) / measures.std(axis=0) / 2.5
    return scaled, np.where(classes == positive, 1, -1), images


# ---------------------------------------------------------------- the visitor's own points

_SIDE = 2047  # eleven bits a coordinate
_LIMIT = 1.2  # coordinates that a link can hold: [-1.2, 1.2]


def snap(points: Array) -> Array:
    """Coordinates as a link holds them: clipped to [-1.2, 1.2], in steps of about 0.001."""
    return (
        np.round((np.clip(points, -_LIMIT, _LIMIT) + _LIMIT) / (2 * _LIMIT) * _SIDE) / _SIDE * 2 * _LIMIT
        - _LIMIT
    )


def pack(own: PointSet) -> str:
    """The points as text for a URL, four characters a point."""
    cells = np.round((own.points + _LIMIT) / (2 * _LIMIT) * _SIDE).astype(np.uint32)
    words = cells[:, 0] << 12 | cells[:, 1] << 1 | (own.labels > 0)
    return base64.urlsafe_b64encode(
        words.astype(">u4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()
    ).decode()


def unpack(text: str) -> PointSet:
    """The points that ``pack`` wrote. Raises ``ValueError`` for any other text."""
    raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    if len(raw) % 3 or len(raw) > 3 * MOST_OWN:
        raise ValueError("not a list of points")
    octets = np.frombuffer(raw, np.uint8).reshape(-1, 3).astype(np.uint32)
    words = octets[:, 0] << 16 | octets[:, 1] << 8 | octets[:, 2]
    cells = np.column_stack([words >> 12, words >> 1 & _SIDE])
    return PointSet(cells / _SIDE * 2 * _LIMIT - _LIMIT, np.where(words & 1, 1, -1))


def whole(text: str) -> str:
    """What is left of a text of ``pack`` that was cut on its way: the points that are whole.

    Raises:
        ValueError: it is no such text.
    """
    points = text.rstrip(".…")
    points = points[: len(points) // 4 * 4]
    if not len(unpack(points).points):
        raise ValueError("not a point is whole")
    return points


def read_csv(content: bytes) -> PointSet:
    """Points from a table: two numbers and a class a row, as `tables` reads them.

    The class is any text, two different ones in all; sorted, the first becomes -1. Measures beyond
    [-1.2, 1.2] are rescaled, each measure by itself, to [-1, 1].

    Raises:
        PointsRefused: with the reason and the line.
    """
    try:
        text = tables.text_of(content)
        if text.count("\n") > MOST_ROWS:
            raise PointsRefused("long", found=str(text.count("\n")))
        table, separator = tables.read(text, 2)
    except tables.NoTable:
        raise PointsRefused("binary") from None
    rows, classes = [], []
    for line, cells in tables.without_titles(table, separator):
        if len(cells) != 3:
            raise PointsRefused("columns", line, str(len(cells)))
        try:
            rows.append([tables.number(cell, separator) for cell in cells[:2]])
        except ValueError as error:
            raise PointsRefused("number", line, str(error)) from None
        if not all(map(math.isfinite, rows[-1])):
            raise PointsRefused("infinite", line, separator.join(cells[:2]))
        classes.append(cells[2])
    names = sorted(set(classes))
    if not rows:
        raise PointsRefused("empty")
    if len(names) != 2:
        raise PointsRefused("classes", found=str(len(names)))
    if len(rows) > MOST_OWN:
        raise PointsRefused("long", found=str(len(rows)))
    points = np.array(rows)
    if np.abs(points).max() > _LIMIT:
        low, high = points.min(axis=0), points.max(axis=0)
        # Halved first: the span of two huge numbers overflows.
        half = np.where(high > low, high / 2 - low / 2, 1)
        points = (points / 2 - low / 2) / half * 2 - 1
    return PointSet(snap(points), np.where(np.array(classes) == names[1], 1, -1))


def write_csv(own: PointSet) -> str:
    """The points as CSV: x1,x2,class with four decimals."""
    lines = [f"{x:.4f},{y:.4f},{label}" for (x, y), label in zip(own.points, own.labels, strict=True)]
    return "\n".join(["x1,x2,class", *lines, ""])
