"""Under the magnifying glass: a bet, the film from few characters to many, a description in words."""

from __future__ import annotations

import streamlit as st

from dashboard.message.frames import LIMITS
from dashboard.message.views import controls
from dashboard.ui import message, stage
from dashboard.ui.language import number, t


def look() -> None:
    """The same photo at every limit."""
    scene, side = stage.split(5, 3)
    with side:
        picture, image = controls.photo()
        if picture.example is not None:
            words = t(f"message.described.{controls.EXAMPLES[picture.example]}")
            with st.expander(t("message.look.words", characters=number(len(words), 0))):
                st.markdown(words)
                st.caption(t("message.look.words_note"))
    with scene:
        frames = [controls.frame(picture.digest, image, limit) for limit in LIMITS]
        message.message(
            f"film {picture.digest[:12]}",
            [controls.shown(frame, lit=False) for frame in frames],
            controls.words(),
            {"do": "receive"},
            original=image,
            bet=True,
        )
