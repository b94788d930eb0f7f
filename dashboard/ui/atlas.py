"""A map of thousands of small images: hover, pick, surround, zoom, turn, all in the browser.

What is heavy (the thumbnails, a film) goes to the browser once, by `send_thumbnails` and `send_film`; what
changes at each click stays small.
"""

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard import palette
from dashboard.ui.component import component
from dashboard.ui.component import shares as packed_shares
from dashboard.ui.drawing import decoded
from dashboard.ui.guard import callback
from dashboard.ui.language import current

Array = NDArray[np.floating]

ACROSS = 50
"""Thumbnails in a row of their image."""
_SHADES = 11


@dataclass(frozen=True)
class Own:
    """The visitor's own image on the map: `place` (dimensions,), `picture` and `answer`, what became of it,
    both (28, 28) uint8, and `near`, the points in whose middle it stands, if that is how it was placed."""

    place: Array
    picture: NDArray[np.uint8]
    answer: NDArray[np.uint8]
    near: Sequence[int] | None = None


@dataclass(frozen=True)
class MapFilm:
    """A film of the map: `name` is the same for the same film; `iterations` (frames,); those up to
    `exaggerated` are early exaggeration; `start` the iteration to open at."""

    name: str
    iterations: Sequence[int]
    exaggerated: int
    start: str = ""


def atlas(
    key: str,
    text: Mapping[str, Any],
    thumbnails_name: str,
    answers_name: str,
    layout_name: str,
    places: Array,
    labels: NDArray[np.integer],
    names: Sequence[str],
    *,
    own: Own,
    picked: int | None,
    links: Sequence[int],
    members: NDArray[np.bool_] | None,
    shares: Array | None = None,
    axes: tuple[str, str] | None = None,
    film: MapFilm | None = None,
    on_pick: Callable[[int | None], None],
    on_group: Callable[[NDArray[np.bool_] | None], None],
) -> None:
    """Draw the map.

    Args:
        text: the component's texts.
        thumbnails_name: under which `send_thumbnails` sends the images; another one is another set of points.
        answers_name: under which `send_thumbnails` sends what became of each image, shown beside it.
        layout_name: the same for the same places; another one makes the points travel.
        places: (n, 2 or 3), any units.
        labels: (n,) classes from 0; names: (classes,).
        picked: a point; None for the visitor's own image.
        links: points to join to the picked one.
        members: (n,) the points that are surrounded, None if none are.
        shares: (n,) in [0, 1], orange to blue, instead of the colours of the classes.
        on_pick: told the point that was picked, None for the visitor's own image.
        on_group: told which points (n,) were surrounded, None for no more.
    """
    count = len(places)
    centre, reach = _frame(places)

    def read_pick() -> None:
        value = st.session_state[key].get("picked")
        if isinstance(value, (int, float)) and 0 <= value <= count:
            on_pick(None if value == count else int(value))

    def read_group() -> None:
        found = unpack_members(st.session_state[key].get("group"), count)
        on_group(found if found is not None and found.any() else None)

    component("atlas", '<div class="component atlas"></div>')(
        key=key,
        data={
            "lang": current(),
            "text": dict(text),
            "sheet": thumbnails_name,
            "answers": answers_name,
            "layout": layout_name,
            "dims": places.shape[1],
            "places": _pack((places - centre) / reach),
            "labels": _octets(labels),
            "names": list(names),
            "colours": list(palette.CLASSES[: len(names)]),
            "tones": None if shares is None else _octets(np.rint(shares * (_SHADES - 1))),
            "shades": None if shares is None else _shades(),
            "picked": count if picked is None else picked,
            "links": [int(i) for i in links],
            "group": "" if members is None else pack_members(members),
            "axes": axes,
            "own": {
                "place": ((np.asarray(own.place, np.float64) - centre) / reach).round(4).tolist(),
                "picture": _octets(own.picture),
                "answer": _octets(own.answer),
                "near": None if own.near is None else [int(i) for i in own.near],
            },
            "film": film.name if film else None,
            "iteration": film.start if film else "",
        },
        on_picked_change=callback(read_pick),
        on_group_change=callback(read_group),
    )


def send_thumbnails(name: str, image: str) -> None:
    """Send the thumbnails to the browser; `image` as made by `thumbnails_image`."""
    _store()(key=f"map-thumbnails-{name}", data={"id": name, "image": image}, height=1)


def send_film(film: MapFilm, frames: Array) -> None:
    """Send a film (frames, n, 2) to the browser, each frame enlarged to fill the map."""
    packed = []
    for places in frames:
        centre, reach = _frame(places)
        packed.append((places - centre) / reach)
    _store()(
        key="map-film",
        data={
            "id": film.name,
            "frames": _pack(np.stack(packed)),
            "iterations": [int(i) for i in film.iterations],
            "exaggerated": film.exaggerated,
        },
        height=1,
    )


def pictures(
    key: str,
    images: Sequence[NDArray[np.uint8]],
    captions: Sequence[str],
    alts: Sequence[str],
    point: int | None = None,
) -> None:
    """Draw small grey images (28, 28) side by side.

    Args:
        point: the images are those of the point of this number, and of what became of it; the map's own
            image counts after the others. At the next pick the map draws them itself.
    """
    component("map_pictures", '<div class="pictures"></div>')(
        key=key,
        data={
            "point": point,
            "pictures": [
                {"pixels": _octets(image), "caption": caption, "alt": alt}
                for image, caption, alt in zip(images, captions, alts, strict=True)
            ],
        },
    )


def _store() -> Any:
    return component("map_store")


def thumbnails_image(images: NDArray[np.uint8], quality: int = 80) -> str:
    """Images (n, h, w) side by side, `ACROSS` in a row, as the address of one WebP."""
    n, h, w = images.shape
    rows = -(-n // ACROSS)
    tiles = np.zeros((rows * ACROSS, h, w), np.uint8)
    tiles[:n] = images
    whole = tiles.reshape(rows, ACROSS, h, w).swapaxes(1, 2).reshape(rows * h, ACROSS * w)
    content = io.BytesIO()
    Image.fromarray(whole).save(content, "WEBP", quality=quality, method=1)
    return f"data:image/webp;base64,{base64.b64encode(content.getvalue()).decode()}"


def pack_members(members: NDArray[np.bool_]) -> str:
    """Which of n points belong, a bit each, as base64."""
    return base64.b64encode(np.packbits(members, bitorder="little").tobytes()).decode()


def unpack_members(text: object, count: int) -> NDArray[np.bool_] | None:
    """The inverse of `pack_members`; None for anything else."""
    content = decoded(text)
    if len(content) != -(-count // 8):
        return None
    return np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little")[:count].astype(bool)


def _frame(places: Array) -> tuple[NDArray[np.float64], float]:
    """Middle of the points and their greatest distance from it along an axis."""
    low, high = places.min(axis=0).astype(np.float64), places.max(axis=0).astype(np.float64)
    return (low + high) / 2, float((high - low).max() / 2) or 1.0


def _shades() -> list[str]:
    """The scale from orange to blue."""
    theme = st.context.theme.type or "light"
    ends = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for _, c in palette.diverging(theme)]
    return [
        "#"
        + "".join(f"{round(np.interp(k, (0, 0.5, 1), channel)):02x}" for channel in zip(*ends, strict=True))
        for k in np.linspace(0, 1, _SHADES)
    ]


def _octets(values: NDArray[Any]) -> str:
    return base64.b64encode(values.astype(np.uint8).tobytes()).decode()


def _pack(values: Array) -> str:
    """Numbers in [-1, 1] as two bytes each."""
    return packed_shares((values + 1) / 2)
