"""The visitor describes, against the network, which has as many characters."""

import streamlit as st

from dashboard.datasets.scenes.grammar import LONGEST, SHORTEST
from dashboard.message.views.words import controls
from dashboard.scenes import keeping
from dashboard.scenes.reading import read
from dashboard.ui import stage
from dashboard.ui.captions import NOTHING
from dashboard.ui.language import number, t


def own() -> None:
    """The visitor's turn."""
    scene, side = stage.split(5, 3)
    with side:
        given = controls.given()
        text = controls.text_area(110, t("message_words.yours"))
    drawn = controls.drawn(text)
    with scene:
        controls.passage(given, drawn, NOTHING, t("message_words.drawn_own"))
    if not text:
        return
    with side:
        controls.remarks(drawn)
    if drawn.understood.empty:
        return
    with side:
        room = min(max(len(text), SHORTEST), LONGEST)
        rival = controls.described(given.slug, room, controls.spoken()).text
        kept = [keeping.told(given.scene, one).count("told") for one in (drawn.understood, read(rival))]
        st.markdown(
            t(
                "message_words.duel",
                yours=kept[0],
                total=len(keeping.sayable(given.scene)),
                n=number(len(text), 0),
                network=kept[1],
                m=number(len(rival), 0),
                text=rival,
            )
        )
    controls.fates(given.scene, drawn)
