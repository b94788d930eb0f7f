"""A text -> images of the drawn world: flow matching from noise, by a network that attends to the words."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard import zoo
from dashboard.models.scene_autoencoder import CELLS
from dashboard.models.scene_drawer import LONGEST, SceneDrawer
from dashboard.scenes.images import as_images, autoencoder
from dashboard.scenes.reading import Understood, numbers, read

DRAWER = "scenes-drawer"
STEPS, GUIDANCE = 8, 3.0
ALONE = ("tout", "seul")  # what is added to a text that names one subject: nobody asked for a second
NOBODY = 3  # how many times stronger a text is followed that names no subject: fewer come unasked


@dataclass(frozen=True)
class Drawn:
    """Images and what they were drawn from.

    Attributes:
        images: (n, 64, 64, 3) sRGB; none when the text tells nothing that can be drawn.
        understood: what the text was taken to say.
        codes: (steps + 1, n, channels, 8, 8) from noise to the codes of the images.
        looked: (n, words, 8, 8) how much of each cell each word painted, mean over steps and blocks; what is
            left to one was painted by no word.
    """

    images: NDArray[np.uint8]
    understood: Understood
    codes: NDArray[np.float32]
    looked: NDArray[np.float32]


def draw(text: str, count: int = 4, seed: int = 0, steps: int = STEPS, guidance: float = GUIDANCE) -> Drawn:
    """`count` images of what a text in French or English tells; the seed decides what it leaves open.

    Nothing is drawn of a text that tells nothing of the drawn world. A text of one subject is drawn with it
    alone, one of none with guidance `NOBODY` times as strong.
    """
    understood = read(text)
    guidance *= 1 if understood.kinds else NOBODY
    drawer = _drawer()
    with zoo.inference():
        words = numbered(understood)
        points = noise(drawer, 0 if understood.empty else count, seed)
        met, looked = flow(drawer, points, words.expand(len(points), -1), steps, guidance)
        images = as_images(autoencoder().decode(met[-1]))
    maps = looked[:, :, 1 : 1 + len(understood.words)].transpose(1, 2).unflatten(2, (CELLS, CELLS))
    return Drawn(images, understood, torch.stack(met).numpy(), maps.numpy())


def numbered(understood: Understood) -> Tensor:
    """A text as the drawer takes it, (1, words); of one subject it is told that it is alone."""
    words = numbers(understood.words)[:LONGEST] or [0]
    return torch.tensor([words + numbers(ALONE) if len(understood.kinds) == 1 else words])[:, :LONGEST]


def noise(drawer: SceneDrawer, count: int, seed: int) -> Tensor:
    """Points (count, channels, 8, 8) to start from."""
    lots = torch.Generator().manual_seed(seed)
    return torch.randn(count, drawer.channels, CELLS, CELLS, generator=lots)


def film(codes: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The images (steps + 1, n, 64, 64, 3) on the way from noise that `Drawn.codes` hold."""
    with zoo.inference():
        flat = autoencoder().decode(torch.from_numpy(codes).flatten(0, 1))
    return as_images(flat).reshape(*codes.shape[:2], *as_images(flat[:1]).shape[1:])


def flow(
    drawer: SceneDrawer, points: Tensor, texts: Tensor, steps: int, guidance: float
) -> tuple[list[Tensor], Tensor]:
    """Points (n, channels, 8, 8) from noise along the velocity, by Euler's method: all `steps` + 1 of them.

    Guidance w moves along open + w (asked - open) (Ho and Salimans, 2022, arXiv:2207.12598).

    Returns:
        The points, and where the cells looked: (n, 64, words + 1), the first for no word, rows sum to one.
    """
    count = len(points)
    free = torch.zeros_like(texts)
    memory = drawer.read(torch.cat([texts, free]) if guidance != 1.0 else texts)
    met, watched = [points], []  # type: ignore[var-annotated]
    for step in range(steps):
        both = points if guidance == 1.0 else torch.cat([points, points])
        velocity = drawer(both, torch.full((len(both),), step / steps), memory, watched)
        if guidance != 1.0:
            asked, left = velocity.chunk(2)
            velocity = left + guidance * (asked - left)
        points = points + velocity / steps
        met.append(points)
    return met, torch.stack(watched).mean(0)[:count]


def _drawer() -> SceneDrawer:
    model = zoo.load(DRAWER)
    assert isinstance(model, SceneDrawer)
    return model
