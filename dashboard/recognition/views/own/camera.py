"""A camera for a few small pictures at a time, or one after the other."""

from collections.abc import Callable

import streamlit as st
from PIL import Image

from dashboard import images
from dashboard.ui.component import component
from dashboard.ui.drawing import decoded
from dashboard.ui.guard import callback
from dashboard.ui.language import texts

MOST_FRAMES = 20


def camera(key: str, take: Callable[[list[Image.Image]], None], live: bool = False, echo: int = 0) -> None:
    """Show the camera; `take` is called with the frames taken.

    Args:
        live: send a frame whenever the last one has been answered, instead of when a button is held.
        echo: rises with every answer.
    """

    def taken() -> None:
        sent = st.session_state[key].get("frames")
        frames = []
        for text in sent[:MOST_FRAMES] if isinstance(sent, list) else []:
            try:
                frames.append(images.load(decoded(text)))
            except images.ImageRefused:  # not from our own camera
                continue
        take(frames)

    words = texts("recognition_own.camera") | texts("shell.camera")
    component("camera")(
        key=key,
        data={"text": words, "live": live, "echo": echo, "most": MOST_FRAMES},
        on_frames_change=callback(taken),
    )
