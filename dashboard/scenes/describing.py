"""An image of the drawn world -> a text under a limit of characters, written piece by piece by a network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from dashboard import zoo
from dashboard.datasets.scenes.grammar import LONGEST, NAMES, SHORTEST, TELEGRAM, LanguageName
from dashboard.models.scene_autoencoder import CELLS
from dashboard.models.scene_describer import END, SceneDescriber
from dashboard.scenes.images import as_input, as_pixels, familiar

DESCRIBER = "scenes-describer"
OTHERS = 4  # pieces that each place hesitated between, that are kept
WILLING = 0.2  # an end less likely than this was only taken for want of room
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
    """What a network says of an image: the text, its pieces, and the limit that it was told.

    Both are empty where nothing that the network would say fits the limit.
    """

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
        ValueError: the limit is out of range or too short for this image, or the image is none of the drawn
            world.
    """
    pixels = as_pixels(image)
    if not familiar(pixels):
        raise ValueError("the describer knows only its drawn world, and this image is not of it")
    text = tell(pixels, characters, language).text
    if not text:
        raise ValueError(f"nothing can be said of this image in {characters} characters")
    return text


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
            text = "".join(piece.text for piece in pieces)
            if text.endswith(".") or (text and characters[i] < TELEGRAM):
                found[i] = Description(text, tuple(pieces), characters[i])
            else:
                limits[i] = max(SHORTEST, int(limits[i] * _SHORTER))
        waiting = [i for i in waiting if i not in found]
        if not waiting:
            break
    return [found.get(i, Description("", (), limit)) for i, limit in enumerate(characters)]


@zoo.inference()
def _write(
    model: SceneDescriber, images: torch.Tensor, limits: Sequence[int], language: int
) -> list[list[Piece]]:
    """The pieces of a text about each image; none where the limit came before the end."""
    count = len(images)
    memory = model.look(images)
    last = torch.full((count, 1), model.begin(language))
    left = torch.tensor(limits)[:, None]
    past, done, ended = None, torch.zeros(count, dtype=torch.bool), torch.zeros(count, dtype=torch.bool)
    texts: list[list[Piece]] = [[] for _ in limits]
    for _ in range(model.longest):
        watched: list[torch.Tensor] = []
        logits, past = model(memory, last, left, past, watched)
        logits = logits[:, -1]
        logits[:, 1 + len(model.pieces) :] = float("-inf")
        willing = logits.softmax(-1)[:, END] >= WILLING
        logits = logits.masked_fill(model.lengths > left, float("-inf"))
        chances, ranked = logits.softmax(-1).topk(OTHERS, dim=-1)
        last, seen = ranked[:, :1], torch.stack(watched).mean(0)[:, -1].unflatten(-1, (CELLS, CELLS))
        left = left - model.lengths[last]
        for i in (~done).nonzero()[:, 0].tolist():
            others = tuple(
                ("" if number == END else model.pieces[number - 1], float(chance))
                for number, chance in zip(ranked[i].tolist(), chances[i].tolist(), strict=True)
            )
            texts[i].append(Piece(others[0][0], others, seen[i].numpy().copy()))
        ended |= (last[:, 0] == END) & willing & ~done
        done |= last[:, 0] == END
        if done.all():
            break
    return [text if whole else [] for text, whole in zip(texts, ended.tolist(), strict=True)]
