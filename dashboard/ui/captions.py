"""Images in words, in the browser: described word after word, drawn again, passed on by telephone."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.ui.component import component, opened
from dashboard.ui.language import current
from dashboard.ui.thumbnails import sprite

Image = NDArray[np.uint8]

OWN = "message.own"  # session key: what the visitor wrote in the game, on the front page or on the message's


@dataclass(frozen=True)
class Caption:
    """A text about an image, piece by piece.

    Attributes:
        pieces: joined they are the text.
        seen: (pieces, 8, 8) where in the image each was looked for, of any scale; no rows without an image.
    """

    pieces: Sequence[str]
    seen: NDArray[np.floating]


NOTHING = Caption((), np.zeros((0, 8, 8), np.float32))


@dataclass(frozen=True)
class Group:
    """Images (n, h, w, 3) that are shown as one, `alt` for who cannot see them."""

    images: Image
    title: str
    alt: str


@dataclass(frozen=True)
class Turn:
    """One round of the telephone game: an image (h, w, 3), what was said of it, how many facts are left."""

    image: Image
    said: str
    left: int


def describe(
    key: str,
    image: Image,
    alt: str,
    caption: Caption,
    others: Sequence[Sequence[tuple[str, float]]],
    limit: int,
    text: Mapping[str, Any],
) -> None:
    """Draw an image and its text as a film, word after word.

    Args:
        others: for each piece the likeliest ones with their probability, the one taken first.
        limit: of characters, that the text was told to keep.
        text: "others" (what stands above them), "end" (of the text), "length", "percent", "player", "next".
    """
    payload = _caption(caption)
    component("describe")(
        key=key,
        data={
            "lang": current(),
            "text": dict(text),
            "src": _address(image),
            "alt": alt,
            "others": [[[_printed(piece), round(chance, 4)] for piece, chance in row] for row in others],
            "film": f"{sprite(image[None])[-32:]} {limit} {''.join(caption.pieces)}",
            "start": opened("word"),
            "limit": limit,
            **payload,
        },
    )


def redraw(key: str, groups: Sequence[Group], caption: Caption, said: str, original: bool) -> None:
    """Draw images side by side and, below, the text between them.

    Args:
        said: the text's name; original: whether the first image is the one that the text is about.
    """
    shown = [
        {"images": [_address(image) for image in group.images], "title": group.title, "alt": group.alt}
        for group in groups
        if len(group.images)
    ]
    component("redraw")(
        key=key, data={"groups": shown, "original": original, "said": said, **_caption(caption)}
    )


def telephone(
    key: str, turns: Sequence[Turn], total: int, bets: Sequence[int], film: str, text: Mapping[str, Any]
) -> None:
    """Draw the telephone game: a bet on how many of `total` facts are left, then the film.

    Args:
        film: the same for the same game.
        text: "bet", "first", "round", "left", "alt", "verdict", "player", "next".
    """
    component("telephone")(
        key=key,
        data={
            "text": dict(text),
            "rounds": [
                {"src": _address(turn.image), "said": _printed(turn.said), "left": turn.left}
                for turn in turns
            ],
            "total": total,
            "bets": list(bets),
            "film": film,
        },
    )


def _caption(caption: Caption) -> dict[str, Any]:
    most = caption.seen.max(axis=(1, 2), keepdims=True)
    shares = caption.seen / np.maximum(most, 1e-9)
    content = np.rint(255 * shares).astype(np.uint8).tobytes()
    return {
        "pieces": [_printed(piece) for piece in caption.pieces],
        "seen": base64.b64encode(content).decode(),
        "side": caption.seen.shape[1],
    }


def _printed(text: str) -> str:
    """As on every page: networks write typewriter's apostrophes."""
    return text.replace("'", "’")


def _address(image: Image) -> str:
    return sprite(image[None])
