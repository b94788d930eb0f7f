"""An image of the drawn world -> a text under a limit of characters, written piece by piece by a network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from dashboard import zoo
from dashboard.datasets.scenes.grammar import LONGEST, NAMES, SHORTEST, LanguageName
from dashboard.models.scene_autoencoder import CELLS
from dashboard.models.scene_describer import END, SceneDescriber
from dashboard.scenes.images import as_input, as_pixels, familiar

DESCRIBER = "scenes-describer"
OTHERS = 4  # pieces that each place hesitated between, that are kept
_SHORTER = 0.94  # a text that finds no end is written again under so much of its limit
_TRIES = 12


@dataclass(frozen=True)
class Piece:
    """One step of a text: a word with the space before it, or a mark; the last is empty and ends the text.

    Attributes:
        others: the likeliest pieces at this place with their probability, the one that was taken first.
        seen: (8, 8) where in the image the network looked, sums to one.
    """

    text: str
    others: tuple[tuple[str, float], ...]
    seen: NDArray[np.float32]


@dataclass(frozen=True)
class Description:
    """What a network says of an image: the text, its pieces, and the limit that it was told."""

    text: str
    pieces: tuple[Piece, ...]
    limit: int


def describe(
    image: Image.Image | NDArray[np.uint8], characters: int = LONGEST, language: LanguageName = "fr"
) -> str:
    """An image of the drawn world in at most `characters` characters, most important facts first.

    Args:
        image: RGB, of any size; it is reduced to 64 x 64 pixels.
        characters: from 12 to 1000.
        language: "fr" or "en".

    Raises:
        ValueError: the limit is out of range, or the image is none of the drawn world.
    """
    pixels = as_pixels(image)
    if not familiar(pixels):
        raise ValueError("the describer knows only its drawn world, and this image is not of it")
    return tell(pixels, characters, language).text


def tell(pixels: NDArray[np.uint8], characters: int, language: LanguageName) -> Description:
    """What the network says of an image (64, 64, 3), each piece the likeliest.

    Raises:
        ValueError: the limit is not between 12 and 1000 characters.
    """
    return tell_all(pixels[None], [characters], language)[0]


def tell_all(
    images: NDArray[np.uint8], characters: Sequence[int], language: LanguageName
) -> list[Description]:
    """One description for each of (n, 64, 64, 3) images under its limit, all at once.

    Raises:
        ValueError: a limit is not between 12 and 1000 characters.
    """
    model = zoo.load(DESCRIBER)
    assert isinstance(model, SceneDescriber)
    return write_all(model, images, characters, language)


def write_all(
    model: SceneDescriber, images: NDArray[np.uint8], characters: Sequence[int], language: LanguageName
) -> list[Description]:
    """`tell_all` by some describer."""
    for limit in characters:
        if not SHORTEST <= limit <= LONGEST:
            raise ValueError(f"a text has {SHORTEST} to {LONGEST} characters, not {limit}")
    limits = list(characters)
    found: dict[int, Description] = {}
    waiting = list(range(len(images)))
    for _ in range(_TRIES):
        shown = as_input(images[waiting])
        written = _write(model, shown, [limits[i] for i in waiting], NAMES.index(language))
        for i, pieces in zip(waiting, written, strict=True):
            if pieces:
                text = "".join(piece.text for piece in pieces)
                found[i] = Description(text, tuple(pieces), characters[i])
            else:
                limits[i] = max(SHORTEST, int(limits[i] * _SHORTER))
        waiting = [i for i in waiting if i not in found]
        if not waiting:
            return [found[i] for i in range(len(images))]
    raise RuntimeError(f"no text found its end under {[characters[i] for i in waiting]} characters")


@zoo.inference()
def _write(
    model: SceneDescriber, images: torch.Tensor, limits: Sequence[int], language: int
) -> list[list[Piece]]:
    """The pieces of a text about each image; none where the limit came before the end."""
    count = len(images)
    memory = model.look(images)
    last = torch.full((count, 1), model.begin(language))
    left = torch.tensor(limits)[:, None]
    past, done = None, torch.zeros(count, dtype=torch.bool)
    texts: list[list[Piece]] = [[] for _ in limits]
    for _ in range(model.longest):
        watched: list[torch.Tensor] = []
        logits, past = model(memory, last, left, past, watched)
        logits = logits[:, -1].masked_fill(model.lengths > left, float("-inf"))
        logits[:, 1 + len(model.pieces) :] = float("-inf")
        chances, ranked = logits.softmax(-1).topk(OTHERS, dim=-1)
        last, seen = ranked[:, :1], torch.stack(watched).mean(0)[:, -1].unflatten(-1, (CELLS, CELLS))
        left = left - model.lengths[last]
        for i in (~done).nonzero()[:, 0].tolist():
            others = tuple(
                ("" if number == END else model.pieces[number - 1], float(chance))
                for number, chance in zip(ranked[i].tolist(), chances[i].tolist(), strict=True)
            )
            texts[i].append(Piece(others[0][0], others, seen[i].numpy().copy()))
        done |= last[:, 0] == END
        if done.all():
            break
    return [text if ended and _whole(text) else [] for text, ended in zip(texts, done.tolist(), strict=True)]


def _whole(pieces: Sequence[Piece]) -> bool:
    """Whether a text says something, and does not stop at a word that needs another."""
    return len(pieces) > 1 and pieces[-2].text[-1] not in " ,'’-"
