"""The space of texts: sentences that say the same are neighbours, whatever their words and their language."""

from typing import cast

import numpy as np
import streamlit as st

from dashboard import zoo
from dashboard.datasets.scenes.grammar import LANGUAGES, NAMES, spoken
from dashboard.datasets.scenes.grammar.compose import brief
from dashboard.datasets.scenes.grammar.plan import order
from dashboard.datasets.scenes.sampling import shown
from dashboard.latent import sentences
from dashboard.latent.figures import scenes as figures
from dashboard.latent.neighbours import nearest_to
from dashboard.scenes.reading import LONGEST, READER, read
from dashboard.ui import stage, state
from dashboard.ui.guard import callback
from dashboard.ui.language import current, percent, t, texts

_NEAREST = 4
BY = state.Choice("space", sentences.BY, "meaning")
WRITTEN = state.Encoded("s", lambda text: text[:LONGEST], str, "")
_KEY = "latent_sentences"


def sentence_space() -> None:
    """The map of sentences, and the visitor's own on it."""
    left, right = st.columns([3, 2], gap="medium")
    with right:
        text = _written()
        chosen = state.segmented(BY, t("latent_sentences.by"), texts("latent_sentences.spaces"))
    by = cast(sentences.By, chosen)
    known, space = sentences.sentences(), sentences.space(by)
    lost = bool(text) and read(text).empty
    own = None
    if text and not lost:
        vector = sentences.vectors([text], by)[0]
        same = [k for k, one in enumerate(known) if one.text == text]
        near = nearest_to(vector, space.vectors, _NEAREST, *same)
        own = space.place(vector), near.tolist(), text
    with left:
        _map(space, own)
    with right:
        if lost:
            st.info(t("latent_sentences.lost"))
        elif own:
            st.markdown(f"**{t('latent_sentences.nearest')}**")
            st.markdown("\n".join(f"- {_coloured(known[row])}" for row in own[1]))
        measured = zoo.card(READER).measured
        st.caption(
            t(
                "latent_sentences.measured",
                meaning=percent(measured["nearest_meaning"]),
                words=percent(measured["nearest_words"]),
            )
        )
    # Last, so that on a phone one's own sentence comes right after the map.
    counts = {"n": len(known), "scenes": len(sentences.SHOWN)}
    st.markdown(t("latent_sentences.how", **counts, share=percent(space.explained)))


def _written() -> str:
    """The visitor's sentence; at first one of none of the scenes' words."""
    name = f"{state.key(WRITTEN)}.line"
    example = t("latent_sentences.example")
    text = state.get(WRITTEN) or example
    st.session_state[name] = text
    if state.shown(WRITTEN, t("latent_sentences.yours")):
        st.text_input(
            t("latent_sentences.yours"),
            key=name,
            on_change=callback(lambda: state.put(WRITTEN, st.session_state[name].strip()[:LONGEST])),
        )
    return text


def _map(space: sentences.Space, own: tuple[np.ndarray, list[int], str] | None) -> None:
    known = sentences.sentences()

    def pick() -> None:
        points = [one for one in st.session_state[_KEY].selection.points if "customdata" in one]
        if points:
            state.put(WRITTEN, known[int(points[0]["customdata"])].text)

    scenes = [shown(number) for number in sentences.SHOWN]
    stage.chart(
        figures.sentence_map(
            space.places,
            np.array([one.scene for one in known]),
            np.array([NAMES.index(one.language) for one in known]),
            [one.text for one in known],
            [brief(scene, order(scene)[1], LANGUAGES[spoken(current())]) for scene in scenes],
            own,
            texts("latent_scenes.plots"),
            current(),
        ),
        t("latent_sentences.alt", n=len(known), scenes=len(scenes)),
        _KEY,
        pick,
    )


def _coloured(one: sentences.Sentence) -> str:
    return f":gray-badge[{one.language}] {one.text}"
