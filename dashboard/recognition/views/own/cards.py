"""A card for each class: its name, its images, and where more come from."""

import numpy as np
import streamlit as st
from PIL import Image

from dashboard import images
from dashboard.recognition.own_classes import LEAST, MOST, MOST_NAME
from dashboard.recognition.views.own.camera import camera
from dashboard.recognition.views.own.workshop import MOST_IMAGES, Shelf, rename, workshop
from dashboard.ui.guard import callback
from dashboard.ui.image_source import MOST_FILES
from dashboard.ui.language import t
from dashboard.ui.thumbnails import thumbnails
from dashboard.ui.visit import visit

_COLUMNS = 6


def cards() -> None:
    """All the classes, one below the other, and a button for one more."""
    bench = workshop()
    for refusal in bench.refused:
        st.error(refusal)
    bench.refused.clear()
    for shelf in bench.shelves:
        with st.container(key=f"class-{shelf.number}"):
            _card(shelf)
    if len(bench.shelves) < MOST:
        st.button(t("recognition_own.add"), icon=":material/add:", key="own-add", on_click=callback(_add))


def _add() -> None:
    if len(workshop().shelves) < MOST:
        workshop().add()


def _card(shelf: Shelf) -> None:
    bench, key = workshop(), f"own.{shelf.number}"
    typed = f"{key}.name"
    # The box holds what its class is called, whoever changed it last.
    st.session_state[typed] = shelf.name
    st.text_input(
        t("recognition_own.name", n=bench.shelves.index(shelf) + 1),
        key=typed,
        max_chars=MOST_NAME,
        on_change=callback(lambda: rename(shelf, st.session_state[typed])),
    )
    if shelf.images:
        thumbnails(
            f"{key}.images",
            t("recognition_own.images_of", name=shelf.name),
            np.stack([image.thumbnail for image in shelf.images]),
            [t("recognition_own.image", n=i + 1) for i in range(len(shelf.images))],
            min(shelf.chosen, len(shelf.images) - 1),
            lambda i: setattr(shelf, "chosen", i),
            columns=_COLUMNS,
        )
    st.caption(t("recognition_own.count", n=len(shelf.images)))
    with st.container(horizontal=True):
        for source, icon in (("files", ":material/upload:"), ("camera", ":material/photo_camera:")):
            open_ = bench.opened == (shelf.number, source)
            st.button(
                t(f"recognition_own.sources.{source}"),
                icon=icon,
                key=f"{key}.{source}",
                type="primary" if open_ else "secondary",
                on_click=callback(setattr),
                args=(bench, "opened", None if open_ else (shelf.number, source)),
            )
        if shelf.images:
            st.button(
                t("recognition_own.take_out"),
                icon=":material/backspace:",
                key=f"{key}.out.{shelf.shown.digest}",  # a second click must not take the next image
                type="tertiary",
                on_click=callback(_take_out),
                args=(shelf, shelf.shown.digest),
                help=t("recognition_own.take_out_help"),
            )
        if len(bench.shelves) > LEAST:
            st.button(
                t("recognition_own.remove"),
                icon=":material/delete:",
                key=f"{key}.remove",
                type="tertiary",
                on_click=callback(bench.remove),
                args=(shelf.number,),
            )
    if bench.opened == (shelf.number, "files"):
        files(f"{key}.files", shelf)
    elif bench.opened == (shelf.number, "camera"):
        camera(f"{key}.film", lambda frames: _wait(shelf, frames))


def files(key: str, shelf: Shelf) -> None:
    """An uploader whose images go to the class; emptied at once, so that nothing stays on the server."""
    bench = workshop()
    name = f"{key}.{visit()}.{bench.rounds}"

    def keep() -> None:
        sent = st.session_state[name] or []
        for file in sent[:MOST_FILES]:
            try:
                shelf.waiting.append((images.safe_name(file.name), images.load(file, file.name)))
            except images.ImageRefused as refusal:
                named = t("images.named", name=refusal.name) if refusal.name else t("images.unnamed")
                bench.refused.append(t(f"images.refused.{refusal.reason}", name=named, limit=refusal.limit))
        if len(sent) > MOST_FILES:
            bench.refused.append(t("sources.too_many", most=MOST_FILES))
        bench.rounds += 1

    st.file_uploader(
        t("sources.upload", most=MOST_FILES), accept_multiple_files=True, key=name, on_change=callback(keep)
    )


def _wait(shelf: Shelf, frames: list[Image.Image]) -> None:
    room = MOST_IMAGES - len(shelf.images)
    shelf.waiting += [("", frame) for frame in frames[:room]]
    if workshop().live is None:
        workshop().live = True  # the camera has been allowed


def _take_out(shelf: Shelf, digest: str) -> None:
    kept = [image for image in shelf.images if image.digest != digest]
    if len(kept) < len(shelf.images):
        shelf.images, shelf.chosen = kept, max(shelf.chosen - 1, 0)
