"""The visitor's image: drawn, picked from a gallery, uploaded or photographed.

The URL holds where the image comes from and which of the gallery is picked, never the image itself: a link
to a drawing opens an empty sheet, and until something is drawn the picked example stands in.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dashboard import images
from dashboard.live import LiveReader
from dashboard.ui import state
from dashboard.ui.drawing import drawing
from dashboard.ui.guard import callback
from dashboard.ui.language import t, texts
from dashboard.ui.thumbnails import thumbnails
from dashboard.ui.visit import visit

SOURCE = state.Choice("src", ("draw", "gallery", "upload", "camera"), "draw")
MOST_FILES = 12
_THUMBNAIL = 56
# Session keys of what follows the visitor from page to page, as a drawing does (see `drawing`): the source by
# which they gave an image last, their files, their photograph.
_GIVEN, _FILES, _CAMERA = "visitor.source", "visitor.files", "visitor.photograph"


@dataclass(frozen=True)
class Gallery:
    """Examples to pick from.

    Attributes:
        pictures: (n, h, w) grey or (n, h, w, 3) colours, uint8.
        names: what each shows, in the visitor's language.
        columns: pictures in a row.
        first: which one stands in until the visitor has chosen.
    """

    pictures: NDArray[np.uint8]
    names: Sequence[str]
    columns: int = 10
    first: int = 0

    @property
    def control(self) -> state.Number:
        return state.Number("pick", 1, len(self.pictures), 1, self.first + 1)


@dataclass(frozen=True)
class Picture:
    """The image to work on.

    Attributes:
        image: mode RGB.
        digest: the same for the same image, another for another: a key for caches.
        example: its place in the gallery; None for an image of the visitor's own.
        waiting: the visitor has yet to give an image; an example stands in.
    """

    image: Image.Image
    digest: str
    example: int | None = None
    waiting: bool = False


def image_source(
    gallery: Gallery, sources: state.Choice = SOURCE, reader: LiveReader | None = None
) -> Picture:
    """Draw the choice of a source and the source; give the image, an example if there is none yet.

    Args:
        sources: SOURCE, or the same parameter with the options in another order or another default.
        reader: reads a drawing in the browser while it is drawn.
    """
    follow(sources)
    source = _choose(gallery, sources)
    own: Image.Image | None = None
    if source == "draw":
        own = _drawn(reader)
    elif source == "gallery":
        control = gallery.control
        if state.shown(control, t("sources.gallery")):
            thumbnails(
                "gallery",
                t("sources.gallery"),
                gallery.pictures,
                gallery.names,
                int(state.get(control)) - 1,
                lambda i: state.put(control, i + 1),
                columns=gallery.columns,
            )
    elif source == "upload":
        own = _uploaded()
    else:
        own = _photographed()
    if own is not None:
        st.session_state[_GIVEN] = source
        return Picture(own, hashlib.sha256(own.tobytes() + repr(own.size).encode()).hexdigest())
    if st.session_state.get(_GIVEN) == source:
        del st.session_state[_GIVEN]
    example = int(state.get(gallery.control)) - 1
    image = Image.fromarray(gallery.pictures[example]).convert("RGB")
    waiting = source != "gallery"
    if waiting:
        st.info(t(f"sources.waiting.{source}", name=gallery.names[example]))
    return Picture(image, f"example {example}", example, waiting)


def follow(sources: state.Choice) -> None:
    """Where any picture will do, open with the one that the visitor gave last, on whichever page."""
    given = st.session_state.get(_GIVEN)
    if given and sources.default == "gallery":
        state.opens(sources, given)


def drawing_given() -> bool:
    """Whether the image that the visitor gave last is a drawing."""
    return st.session_state.get(_GIVEN) == "draw"


def _choose(gallery: Gallery, sources: state.Choice) -> str:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = state.segmented(sources, t("sources.label"), texts("sources.names"))
        st.button(
            t("sources.random"),
            icon=":material/casino:",
            key=f"{state.key(SOURCE)}.random",
            on_click=callback(_pick_at_random),
            args=(gallery, sources),
        )
    return source


def _pick_at_random(gallery: Gallery, sources: state.Choice) -> None:
    here = state.get(gallery.control) - 1
    others = [i for i in range(len(gallery.pictures)) if i != here]
    state.put(gallery.control, random.choice(others) + 1)
    state.put(sources, "gallery")


def uploaded() -> list[tuple[str, Image.Image]]:
    """The visitor's files that could be read, each with its name, safe to show."""
    return _kept(_FILES)["images"]


def _drawn(reader: LiveReader | None) -> Image.Image | None:
    content = drawing(f"{state.key(SOURCE)}.drawing", reader)
    try:
        return images.load(content) if content else None
    except images.ImageRefused:  # not from our own sheet
        return None


def _uploaded() -> Image.Image | None:
    # A visit of its own: after a cut the browser must not list files that the server no longer has.
    name = f"{state.key(SOURCE)}.files.{visit()}"
    kept = _FILES

    def keep() -> None:
        files = st.session_state[name] or []
        found, refused = {}, []
        for file in files[:MOST_FILES]:
            try:
                found[file.file_id] = (images.safe_name(file.name), images.load(file, file.name))
            except images.ImageRefused as refusal:
                refused.append(refusal)
        # Without a single good file the images from before stay, but for those that the visitor removed.
        before = _kept(kept)
        removed = before["listed"] - {file.file_id for file in files}
        left = dict(zip(before["files"], before["images"], strict=True))
        now = found or {file: pair for file, pair in left.items() if file not in removed}
        fresh = bool(found.keys() - left.keys())
        st.session_state[kept] = {
            "files": list(now),
            "images": list(now.values()),
            "chosen": len(now) - 1 if fresh else min(before["chosen"], max(len(now) - 1, 0)),
            "refused": refused,
            "fresh": fresh,
            "too_many": len(files) > MOST_FILES,
            "listed": before["listed"],
        }

    st.file_uploader(
        t("sources.upload", most=MOST_FILES), accept_multiple_files=True, key=name, on_change=callback(keep)
    )
    now = _kept(kept)
    # What the uploader lists from now on: it is empty when its page is opened again, the images stay.
    now["listed"] = {file.file_id for file in st.session_state[name] or []}
    for refusal in now["refused"]:
        _explain(refusal, bool(now["images"]) and not now["fresh"])
    if now["too_many"]:
        st.warning(t("sources.too_many", most=MOST_FILES))
    if len(now["images"]) > 1:
        thumbnails(
            f"{name}.choice",
            t("sources.files"),
            np.stack([_thumbnail(image) for _, image in now["images"]]),
            [title for title, _ in now["images"]],
            now["chosen"],
            lambda i: now.update(chosen=i),
            columns=6,
        )
    return now["images"][now["chosen"]][1] if now["images"] else None


def _photographed() -> Image.Image | None:
    name = f"{state.key(SOURCE)}.camera.{visit()}"
    kept = _CAMERA

    def keep() -> None:
        frame = st.session_state[name]
        if frame is None:
            return
        try:
            st.session_state[kept] = images.load(frame)
        except images.ImageRefused as refusal:
            st.session_state[f"{name}.refused"] = refusal

    st.camera_input(t("sources.camera"), key=name, on_change=callback(keep))
    refusal = st.session_state.pop(f"{name}.refused", None)
    if refusal is not None:
        _explain(refusal, kept in st.session_state)
    return st.session_state.get(kept)


def _kept(key: str) -> dict[str, Any]:
    return st.session_state.get(key) or {
        "files": [],
        "images": [],
        "chosen": 0,
        "refused": [],
        "fresh": False,
        "too_many": False,
        "listed": set(),
    }


def _explain(refusal: images.ImageRefused, others: bool) -> None:
    named = t("images.named", name=refusal.name) if refusal.name else t("images.unnamed")
    sentence = t(f"images.refused.{refusal.reason}", name=named, limit=refusal.limit)
    st.error(f"{sentence} {t('sources.previous')}" if others else sentence)


def _thumbnail(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(ImageOps.pad(image, (_THUMBNAIL, _THUMBNAIL), color="white"))
