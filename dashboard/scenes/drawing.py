"""A text -> images of the drawn world: flow matching from noise, set by the facts that the text tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard import zoo
from dashboard.datasets.scenes.asking import one_hot
from dashboard.datasets.scenes.facts import facts
from dashboard.datasets.scenes.world import Scene
from dashboard.models.scene_coder import SceneCoder
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.scenes.completing import complete
from dashboard.scenes.reading import Understood, read

DRAWER, CODER = "scenes-drawer", "scenes-coder"
STEPS, GUIDANCE = 12, 2.0


@dataclass(frozen=True)
class Drawn:
    """Images and what they were drawn from.

    Attributes:
        images: (n, 64, 64, 3) sRGB; none when the text tells nothing that can be drawn.
        understood: what the text was taken to say.
        scenes: for each image the whole scene asked for, what the text leaves open drawn by lot.
        film: (steps + 1, n, 64, 64, 3) from noise to the images.
    """

    images: NDArray[np.uint8]
    understood: Understood
    scenes: tuple[Scene, ...]
    film: NDArray[np.uint8]


def draw(text: str, count: int = 4, seed: int = 0, steps: int = STEPS, guidance: float = GUIDANCE) -> Drawn:
    """`count` images of what a text in French or English tells; the seed decides the noise and what is open.

    Nothing is drawn of a text that tells nothing of the drawn world, or asks for what it cannot show.
    """
    understood = read(text)
    scenes = []
    for number in range(count if not understood.empty else 0):
        lots = Random(seed * 1_000_003 + number)
        scene = complete(understood.row, understood.kinds[:2], understood.relation, lots)
        scenes += [scene] if scene else []
    film = paint(scenes, seed, steps, guidance)
    return Drawn(film[-1], understood, tuple(scenes), film)


def paint(
    scenes: Sequence[Scene], seed: int, steps: int = STEPS, guidance: float = GUIDANCE
) -> NDArray[np.uint8]:
    """The network's images of whole scenes, with those on the way from noise: (steps + 1, n, 64, 64, 3)."""
    drawer, coder = zoo.load(DRAWER), zoo.load(CODER)
    assert isinstance(drawer, SceneDrawer) and isinstance(coder, SceneCoder)
    if not scenes:
        return np.zeros((steps + 1, 0, 64, 64, 3), np.uint8)
    asked = torch.tensor(one_hot(np.stack([facts(scene) for scene in scenes])))
    points = torch.randn(len(scenes), drawer.latent, generator=torch.Generator().manual_seed(seed))
    with zoo.inference():
        codes = flow(drawer, points, asked, steps, guidance)
        return np.stack([as_images(coder.decode(one)) for one in codes])


def flow(drawer: SceneDrawer, points: Tensor, asked: Tensor, steps: int, guidance: float) -> list[Tensor]:
    """Points (n, latent) from noise along the velocity, by Euler's method: all `steps` + 1 of them.

    Guidance w moves along open + w (asked - open) (Ho and Salimans, 2022, arXiv:2207.12598).
    """
    met, nothing = [points], torch.zeros_like(asked)
    for step in range(steps):
        times = torch.full((len(points),), step / steps)
        velocity = drawer(points, times, asked)
        if guidance != 1.0:
            free = drawer(points, times, nothing)
            velocity = free + guidance * (velocity - free)
        points = points + velocity / steps
        met.append(points)
    return met


def as_images(outputs: Tensor) -> NDArray[np.uint8]:
    """Network outputs (n, 3, 64, 64) in [-1, 1] as sRGB (n, 64, 64, 3)."""
    pixels = ((outputs.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return pixels.permute(0, 2, 3, 1).contiguous().numpy()
