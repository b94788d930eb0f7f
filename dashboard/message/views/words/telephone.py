"""The telephone game: ten times image to text to image, as a film, after a bet."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dashboard.datasets.scenes.grammar import LanguageName
from dashboard.message import composing
from dashboard.message.views.words import controls
from dashboard.scenes import keeping
from dashboard.ui import captions, stage
from dashboard.ui.language import t, texts

ROUNDS = 10
_BETS = 5  # to choose from


def telephone() -> None:
    """The game under the chosen limit."""
    scene, side = stage.split(5, 3)
    with side:
        given = controls.given()
        limit = controls.limit()
        st.caption(t("message_words.telephone_note"))
    with scene:
        with st.spinner(t("message_words.calling")):
            rounds = _rounds(given.slug, limit, controls.spoken())
        total = len(keeping.sayable(given.scene))
        captions.telephone(
            "telephone",
            [captions.Turn(one.image, one.text, int(one.shown.sum())) for one in rounds],
            total,
            [round(total * share) for share in np.linspace(0, 1, _BETS)],
            f"{given.slug} {limit} {controls.spoken()}",
            texts("message_words.telephone"),
        )


@st.cache_data(max_entries=128, show_spinner=False)
def _rounds(slug: str, limit: int, language: LanguageName) -> list[keeping.Round]:
    return list(keeping.telephone(composing.read(slug), composing.picture(slug), limit, language, ROUNDS))
