"""The visitor's own classes as the browser holds them: it gives them back to a server that has lost them."""

import base64
import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from dashboard import images
from dashboard.recognition.own_classes import FEATURES, LEAST, MOST
from dashboard.recognition.own_samples import SETS, samples
from dashboard.recognition.views.own.workshop import (
    MOST_IMAGES,
    Shelf,
    Shown,
    begin_anew,
    digest,
    rename,
    thumbnail,
    workshop,
)
from dashboard.ui.component import component
from dashboard.ui.drawing import decoded
from dashboard.ui.guard import callback
from dashboard.ui.visit import visit

_TAKEN = "own.taken"  # session key: the browser has been heard
_QUALITY = 90
_HALF = np.dtype("<f2")


def hold() -> None:
    """Let the browser hold the classes, as soon as an image of them is the visitor's own; take them back from
    it where this visit has none. Call it before the classes are drawn."""
    shelves = workshop().shelves
    own = any(image.digest not in _ready() for shelf in shelves for image in shelf.images)
    held = component("held")(
        key="own.held",
        data={"visit": visit(), "classes": [packed(shelf) for shelf in shelves] if own else []},
        on_again_change=callback(lambda: None),
        height=1,
    )
    if held.again and not own and not st.session_state.get(_TAKEN):
        st.session_state[_TAKEN] = True
        take_back(held.again)


def take_back(sent: Any) -> None:
    """Classes that a browser sends replace those that are there; what cannot be used changes nothing."""
    if not isinstance(sent, list) or not LEAST <= len(sent) <= MOST:
        return
    found = [(str(each.get("name")), list(_images(each))) for each in sent if isinstance(each, dict)]
    if len(found) < LEAST or not any(shown for _, shown in found):
        return
    begin_anew()
    bench = workshop()
    bench.shelves.clear()
    bench.opened = None
    for name, shown in found:
        shelf = bench.add()
        rename(shelf, name)
        shelf.images, shelf.chosen = shown, max(len(shown) - 1, 0)


@cache
def _ready() -> frozenset[str]:
    return frozenset(digest(image) for name in SETS for learn in samples(name).learn for image in learn)


def packed(shelf: Shelf) -> dict[str, Any]:
    """A class as it travels to the browser and back."""
    return {"name": shelf.name, "images": [_pair(image) for image in shelf.images]}


def _pair(image: Shown) -> list[str]:
    """The picture, a JPEG file, and the features, float16; base64."""
    file = io.BytesIO()
    Image.fromarray(image.thumbnail).save(file, "JPEG", quality=_QUALITY)
    return [
        base64.b64encode(part).decode() for part in (file.getvalue(), image.features.astype(_HALF).tobytes())
    ]


def _images(sent: dict[str, Any]) -> Iterator[Shown]:
    """Those that can be used."""
    pairs = sent.get("images")
    for pair in pairs[:MOST_IMAGES] if isinstance(pairs, list) else []:
        if not isinstance(pair, list) or len(pair) != 2:
            continue
        try:
            picture = images.load(decoded(pair[0]))
        except images.ImageRefused:
            continue
        numbers = decoded(pair[1])
        if len(numbers) != FEATURES * _HALF.itemsize:
            continue
        features = np.frombuffer(numbers, _HALF).astype(np.float64)
        if np.isfinite(features).all():
            yield Shown(digest(picture), thumbnail(picture), features)
