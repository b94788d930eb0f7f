"""A text -> images of the drawn world: flow matching from noise, by a network that attends to the words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from dashboard import zoo
from dashboard.datasets.scenes.facts import INDEX
from dashboard.datasets.scenes.grammar.text import split
from dashboard.models.scene_autoencoder import CELLS
from dashboard.models.scene_drawer import LONGEST, SceneDrawer
from dashboard.scenes.completing import completed
from dashboard.scenes.images import as_images, autoencoder
from dashboard.scenes.reading import Understood, numbers, read

DRAWER = "scenes-drawer"
STEPS, GUIDANCE = 8, 3.0
NOBODY = 7 / 3  # how many times stronger a text is followed that names no subject
UNASKED = tuple(split("un chat, un chien, un oiseau, un papillon, un ballon, un arbre, une maison"))
"""What such a text is drawn away from, as others are from no text at all."""


@dataclass(frozen=True)
class Drawn:
    """Images and what they were drawn from.

    Attributes:
        images: (n, 64, 64, 3) sRGB; none when the text tells nothing that can be drawn.
        understood: what the text was taken to say.
        codes: (steps + 1, n, channels, 8, 8) from noise to the codes of the images.
        looked: (n, words, 8, 8) how much of each cell each word painted, mean over steps and blocks, a
            subject's name with what a lot has added about it; what is left to one was painted by no word.
    """

    images: NDArray[np.uint8]
    understood: Understood
    codes: NDArray[np.float32]
    looked: NDArray[np.float32]


def draw(text: str, count: int = 4, seed: int = 0, steps: int = STEPS, guidance: float = GUIDANCE) -> Drawn:
    """`count` images of what a text in French or English tells; the seed decides what it leaves open.

    Nothing is drawn of a text that tells nothing of the drawn world. What it leaves open of its subjects
    and their place is settled by lot (`completed`); one that names no subject is followed `NOBODY` times as
    strongly, and away from any.
    """
    understood = read(text)
    drawer = _drawer()
    asked = [numbered(understood, f"{seed} {number}") for number in range(0 if understood.empty else count)]
    away = None if understood.kinds else torch.tensor(numbers(UNASKED))
    guidance *= 1 if understood.kinds else NOBODY
    with zoo.inference():
        points = noise(drawer, len(asked), seed)
        met, looked = flow(drawer, points, filled([words for words, _ in asked]), steps, guidance, away)
        images = as_images(autoencoder().decode(met[-1]))
    maps = looked[:, :, 1:].transpose(1, 2).unflatten(2, (CELLS, CELLS)).numpy()
    painted = maps[:, : min(LONGEST, len(understood.words))].copy()
    for image, (_, named) in enumerate(asked):
        for place, name in named.items():
            painted[image, name] += maps[image, place]
    return Drawn(images, understood, torch.stack(met).numpy(), painted)


def numbered(understood: Understood, seed: str) -> tuple[Tensor, dict[int, int]]:
    """A text as the drawer takes it for one drawing: its words (words,), with what a lot has settled; and for
    each place of an added word that of the name of the subject that it is about."""
    further = [(kind, word) for kind, words in completed(understood, seed) for word in words]
    own = understood.words[: LONGEST - len(further)]
    seen = understood.seen[:, : len(own)]
    names = {kind: int(seen[INDEX[kind, "present"]].argmax()) for kind in understood.kinds}
    named = {place: names[kind] for place, (kind, _) in enumerate(further, len(own)) if kind}
    return torch.tensor(numbers((*own, *(word for _, word in further))) or [0]), named


def filled(texts: Sequence[Tensor]) -> Tensor:
    """Texts of words as one, (n, words), with zeros after the shorter ones."""
    return pad_sequence(list(texts), batch_first=True) if texts else torch.zeros(0, 1, dtype=torch.long)


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
    drawer: SceneDrawer,
    points: Tensor,
    texts: Tensor,
    steps: int,
    guidance: float,
    away: Tensor | None = None,
) -> tuple[list[Tensor], Tensor]:
    """Points (n, channels, 8, 8) from noise along the velocity, by Euler's method: all `steps` + 1 of them.

    Guidance w moves along open + w (asked - open) (Ho and Salimans, 2022, arXiv:2207.12598).

    Args:
        texts: (n, words) numbers of words; away: (words,) those of the open text, by default none.

    Returns:
        The points, and where the cells looked: (n, 64, words + 1), the first for no word, rows sum to one.
    """
    count = len(points)
    free = torch.zeros(1, dtype=torch.long) if away is None else away
    both_texts = filled([*texts, *free.expand(count, -1)])
    memory = drawer.read(both_texts if guidance != 1.0 else texts)
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
