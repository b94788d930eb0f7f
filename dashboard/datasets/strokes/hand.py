"""How a hand draws: curves through a few points, and what no two hands do alike.

A stroke is the path of a pen that stays on the paper, an array (n, 2) of x to the right and y down. Templates
are drawn in a box about 1 high; `styled` then bends, slants, turns and shakes the whole drawing.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import make_interp_spline

Stroke = NDArray[np.float64]
Drawing = list[Stroke]

_STEP = 0.025
"""Distance of the points along a curve."""


class Hand:
    """A source of random choices for templates, fixed by its seed."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.loose = 1.0
        """How far from its template this hand draws: what `near` multiplies its spread by."""

    def between(self, low: float, high: float) -> float:
        return float(self.random.uniform(low, high))

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def near(self, points: ArrayLike, spread: float = 0.03) -> Stroke:
        """The points, each moved a little, normally with this standard deviation."""
        exact = np.asarray(points, dtype=float)
        return exact + self.random.normal(0, spread * self.loose, exact.shape)

    def line(self, points: ArrayLike, spread: float = 0.02) -> Stroke:
        """Straight from point to point (n, 2), with corners."""
        corners = self.near(points, spread)
        parts = [
            np.linspace(a, b, max(2, int(np.hypot(*(b - a)) / _STEP)), endpoint=False)
            for a, b in pairwise(corners)
        ]
        return np.concatenate([*parts, corners[-1:]])

    def curve(self, points: ArrayLike, spread: float = 0.025) -> Stroke:
        """Smoothly through the points (n, 2): a cubic spline by the distance between them."""
        return smooth(self.near(points, spread))

    def arc(
        self,
        centre: tuple[float, float],
        radius: tuple[float, float],
        start: float,
        turn: float,
        spread: float = 0.015,
    ) -> Stroke:
        """Part of an ellipse from an angle of `start` degrees on (0 right, 90 down) for `turn` degrees."""
        count = max(3, round(abs(turn) / 40) + 1)
        angles = np.radians(np.linspace(start, start + turn, count))
        points = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius + centre
        return smooth(self.near(points, spread))


def smooth(points: Stroke) -> Stroke:
    """A cubic spline through points (n, 2), at even steps."""
    gaps = np.hypot(*np.diff(points, axis=0).T)
    points = points[np.concatenate([[True], gaps > 1e-6])]
    if len(points) < 3:
        return points
    # The square root of the distance keeps a spline from overshooting between uneven points (Lee, 1989).
    along = np.concatenate([[0.0], np.cumsum(np.sqrt(np.hypot(*np.diff(points, axis=0).T)))])
    spline = make_interp_spline(along, points, k=min(3, len(points) - 1))
    length = np.hypot(*np.diff(points, axis=0).T).sum()
    return spline(np.linspace(0, along[-1], max(8, int(1.3 * length / _STEP))))


def joined(*strokes: Stroke) -> Stroke:
    """One stroke that goes through several without leaving the paper."""
    return np.concatenate(strokes)


def placed(drawing: Sequence[Stroke], left: float, top: float, width: float, height: float) -> Drawing:
    """A drawing in a box about 1 x 1, moved into another."""
    return [stroke * (width, height) + (left, top) for stroke in drawing]


def styled(drawing: Drawing, hand: Hand, *, turn: float = 10.0, slant: float = 0.25) -> Drawing:
    """As another hand would draw the same: each stroke a little off its place, all of it stretched, slanted,
    turned by some degrees, bent by a quadratic field, and shaky. Gives strokes with their centre at 0 and a
    longer side of 1."""
    random = hand.random
    moved = [stroke + random.normal(0, 0.012, 2) for stroke in drawing]
    everything = np.concatenate(moved)
    low, high = everything.min(axis=0), everything.max(axis=0)
    middle, half = (low + high) / 2, max(float((high - low).max()) / 2, 1e-6)
    angle = np.radians(random.normal(0, turn / 2))
    stretch = np.diag([np.exp(random.normal(0, 0.17)), 1.0])
    shear = np.array([[1.0, -random.normal(0.04, slant / 1.6)], [0.0, 1.0]])
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = rotation @ shear @ stretch
    bend = random.normal(0, 0.05, (3, 2))
    shake, wave = abs(random.normal(0, 0.006)), random.normal(0, 0.012, 2)
    phase, pitch = random.uniform(0, 6.3), random.uniform(3, 9)

    def changed(stroke: Stroke) -> Stroke:
        unit = (stroke - middle) / half
        x, y = unit.T
        unit = unit + np.stack([x * x, x * y, y * y], axis=1) @ bend
        unit = unit + np.sin(pitch * (x + y) + phase)[:, None] * wave
        noise = random.normal(0, 1, unit.shape)
        if len(noise) > 4:  # a hand shakes slowly
            noise = np.stack([np.convolve(c, np.ones(4) / 2, "same") for c in noise.T], axis=1)
        return (unit + noise * shake) @ matrix.T / 2

    result = [changed(stroke) for stroke in moved]
    everything = np.concatenate(result)
    low, high = everything.min(axis=0), everything.max(axis=0)
    side = max(float((high - low).max()), 1e-6)
    return [(stroke - (low + high) / 2) / side for stroke in result]
