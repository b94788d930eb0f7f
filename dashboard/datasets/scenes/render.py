"""A scene as an image: drawn four times too large, then reduced."""

import math
from random import Random

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes.pen import Pen, Point, mix
from dashboard.datasets.scenes.pets import Pet
from dashboard.datasets.scenes.places import WIDE, backdrop
from dashboard.datasets.scenes.things import paint
from dashboard.datasets.scenes.world import PETS, SIDES, TALL, Kind, Scene, Size, Subject

SIDE = 64  # pixels of an image, which is square
REDUCE = WIDE // SIDE

# Pixels a unit of each kind at medium size.
UNIT: dict[Kind, float] = {
    "cat": 92, "dog": 96, "bird": 66, "butterfly": 58, "ball": 78, "tree": 122, "house": 112
}  # fmt: skip
GROWTH: dict[Size, float] = {"small": 0.74, "medium": 1.0, "large": 1.28}
COLUMNS = (0.22, 0.5, 0.78)
REACH = 0.52  # how far a stretched paw goes, in units of the pet


def render(scene: Scene, seed: int) -> NDArray[np.uint8]:
    """The image of a scene, (64, 64, 3) sRGB. The seed decides what the scene leaves open."""
    random = Random(seed)
    image, light = backdrop(scene, random)
    spots = [_spot(subject, random) for subject in scene.subjects]
    order = sorted(
        range(len(spots)), key=lambda i: (scene.subjects[i].aloft, scene.subjects[i].kind not in TALL)
    )
    for i in order:
        subject, (x, y, unit) = scene.subjects[i], spots[i]
        pen = Pen(image, (x, y), unit, -1 if subject.facing == "left" else 1, light)
        if not subject.aloft:
            under = image.getpixel((int(x), min(int(y) + 4, WIDE - 1)))
            assert isinstance(under, tuple)
            pen.ellipse(0, 0, 0.46, 0.07, mix((under[0], under[1], under[2]), (20, 20, 40), 0.3))
        if subject.kind in PETS:
            Pet(pen, subject, random, _target(spots, pen) if scene.reaching and i == 0 else None)
        else:
            paint(pen, subject, random)
    return np.asarray(image.reduce(REDUCE))


def _spot(subject: Subject, random: Random) -> tuple[float, float, float]:
    """Where a subject stands (or flies), in pixels of the large drawing, and the pixels of its unit."""
    unit = UNIT[subject.kind] * GROWTH[subject.size] * random.uniform(0.97, 1.03)
    x = COLUMNS[SIDES.index(subject.side)] * WIDE + random.uniform(-7, 7)
    half = unit * (0.8 if subject.pose in ("walking", "back") else 0.6)
    x = min(max(x, half), WIDE - half)
    if subject.aloft:
        return x, random.uniform(58, 72), unit
    return x, (random.uniform(196, 204) if subject.kind in TALL else random.uniform(226, 236)), unit


def _target(spots: list[tuple[float, float, float]], pen: Pen) -> Point:
    """Where the paw of the first subject ends, in its own units: a reach toward the second."""
    (x, y, unit), (to_x, to_y, _) = spots[0], spots[1]
    dx, dy = (to_x - x) * pen.facing / unit - 0.2, (to_y - y) / unit + 0.4
    far = math.hypot(dx, dy) or 1.0
    return 0.2 + dx / far * REACH, -0.4 + dy / far * REACH
