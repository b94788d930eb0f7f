"""An image of the drawn world -> a text under a limit of characters, written piece by piece by a network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.special import softmax
from torch import Tensor

from dashboard import zoo
from dashboard.datasets.scenes.grammar import LONGEST, NAMES, SHORTEST, TELEGRAM, LanguageName
from dashboard.datasets.scenes.grammar.pieces import closing
from dashboard.models.scene_autoencoder import CELLS
from dashboard.models.scene_describer import END, SceneDescriber
from dashboard.scenes.images import as_input, as_pixels
from dashboard.scenes.writing import Writer

DESCRIBER = "scenes-describer"
OTHERS = 4  # pieces that each place hesitated between, that are kept
WILLING = 0.2  # a piece less likely than this, where another had no room, was only taken for want of it
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

    @property
    def seen(self) -> NDArray[np.float32]:
        """(pieces, 8, 8) where in the image the network looked for each."""
        return np.array([piece.seen for piece in self.pieces], np.float32).reshape(-1, CELLS, CELLS)


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


def familiar(pixels: NDArray[np.uint8]) -> bool:
    """Whether an image (64, 64, 3) looks to the describer as the drawn world does."""
    with zoo.inference():
        return bool(_describer().strange(as_input(pixels[None])) <= 1)


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
    return write_all(_describer(), images, characters, language)


def _describer() -> SceneDescriber:
    model = zoo.load(DESCRIBER)
    assert isinstance(model, SceneDescriber)
    return model


def write_all(
    model: SceneDescriber, images: NDArray[np.uint8], characters: Sequence[int], language: LanguageName
) -> list[Description]:
    """`tell_all` by some describer."""
    for limit in characters:
        if not SHORTEST <= limit <= LONGEST:
            raise ValueError(f"a text has {SHORTEST} to {LONGEST} characters, not {limit}")
    limits = list(characters)
    found: dict[int, Description] = {}
    telegrams: dict[int, list[Piece]] = {}
    waiting = list(range(len(images)))
    for _ in range(_TRIES):
        shown = as_input(images[waiting])
        written = _write(model, shown, [limits[i] for i in waiting], NAMES.index(language))
        for i, pieces in zip(waiting, written, strict=True):
            text = "".join(piece.text for piece in pieces)
            if text.endswith(".") or (text and characters[i] < TELEGRAM):
                found[i] = Description(text, tuple(pieces), characters[i])
            else:
                if text and limits[i] < TELEGRAM:
                    telegrams.setdefault(i, pieces)
                limits[i] = max(SHORTEST, int(limits[i] * _SHORTER))
        waiting = [i for i in waiting if i not in found]
        if not waiting:
            break
    for i in waiting:  # no whole text fits: the beginning of a longer one, else what a shorter limit gave
        longer = _write(model, as_input(images[[i]]), [2 * TELEGRAM], NAMES.index(language))[0]
        short = _beginning(longer, characters[i]) or telegrams.get(i, [])
        found[i] = Description("".join(piece.text for piece in short), tuple(short), characters[i])
    return [found[i] for i in range(len(characters))]


def _beginning(pieces: list[Piece], limit: int) -> list[Piece]:
    """The longest beginning of a text that fits a limit and ends where a phrase may, and the end."""
    for last in range(len(pieces) - 2, -1, -1):
        length = sum(len(piece.text) for piece in pieces[: last + 1])
        if length <= limit and pieces[last].text.strip().lower() in closing():
            return [*pieces[: last + 1], pieces[-1]]
    return []


@zoo.inference()
def _write(model: SceneDescriber, images: Tensor, limits: Sequence[int], language: int) -> list[list[Piece]]:
    """The pieces of a text about each image; none where one was only taken for want of room. No sentence
    ends where the grammars' never do, as in « Le papillon est de taille. »."""
    left, last = np.array(limits), np.full(len(images), model.begin(language))
    lengths, writer = model.lengths.numpy(), Writer(model, images)
    ends = np.isin(np.arange(len(lengths)), [END, 1 + model.pieces.index(".")])
    closed = np.array(
        [False, *(piece.strip().lower() in closing() or piece == "." for piece in model.pieces)]
    )
    whole, going = np.ones(len(images), bool), np.ones(len(images), bool)
    taken, scores = [], []
    for _ in range(model.longest):
        logits = writer.next(last, left)
        logits[:, 1 + len(model.pieces) :] = -np.inf
        early = ends & ~closed[np.minimum(last, len(model.pieces))][:, None]
        fitting = np.where((lengths > left[:, None]) | early, -np.inf, logits)
        stuck = np.isneginf(fitting).all(1)
        whole &= ~(going & stuck)
        fitting[stuck] = logits[stuck]
        last = fitting.argmax(1)
        if (tight := going & (last != logits.argmax(1))).any():
            whole &= ~tight | (softmax(logits, 1)[range(len(last)), last] >= WILLING)
        taken.append(last)
        scores.append(fitting)
        left = left - lengths[last]
        going &= whole & (last != END)
        if not going.any():
            break
    chances = softmax(np.stack(scores, 1), 2)
    ranked = np.argsort(-chances, 2)[..., :OTHERS]
    chances = np.take_along_axis(chances, ranked, 2)
    seen = writer.seen()
    texts = []
    for i, numbers in enumerate(np.stack(taken, 1).tolist()):
        length = numbers.index(END) + 1 if whole[i] and END in numbers else 0
        others = [
            tuple(
                ("" if one == END else model.pieces[one - 1], chance)
                for one, chance in zip(*row, strict=True)
            )
            for row in zip(ranked[i, :length].tolist(), chances[i, :length].tolist(), strict=True)
        ]
        texts.append([Piece(row[0][0], row, seen[k, i]) for k, row in enumerate(others)])
    return texts
