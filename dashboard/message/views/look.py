"""Under the magnifying glass: a bet, the film from few characters to many, a description in words."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.message.frames import EXAMPLES, LIMITS
from dashboard.message.views import controls
from dashboard.message.views.shown import message
from dashboard.ui import stage
from dashboard.ui.language import number, t


def look() -> None:
    """The same photo at every limit."""
    scene, side = stage.split(5, 3)
    with side:
        picture, image = controls.photo()
        if picture.example is not None:
            words = t(f"message.described.{EXAMPLES[picture.example]}")
            with st.expander(t("message.look.words", characters=number(len(words), 0))):
                st.markdown(words)
                st.caption(t("message.look.words_note"))
    with scene:
        frames = [replace(controls.frame(picture, image, limit), parts="") for limit in LIMITS]
        message(f"film {picture.digest[:12]}", frames, {"do": "receive"}, original=image, bet=True)
