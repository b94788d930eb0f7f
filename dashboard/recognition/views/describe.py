"""An image of the drawn world in words: the network's, under a limit of characters, and the visitor's."""

from __future__ import annotations

import random

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.datasets.scenes import Scene, render
from dashboard.datasets.scenes.facts import INDEX, facts
from dashboard.datasets.scenes.grammar import (
    LANGUAGES,
    LONGEST,
    RELATION,
    SHORTEST,
    LanguageName,
    order,
    relation,
)
from dashboard.datasets.scenes.grammar.compose import brief
from dashboard.datasets.scenes.sampling import shown
from dashboard.scenes.describing import Description, Shares, look, tell
from dashboard.scenes.reading import read
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import callback
from dashboard.ui.language import current, percent, t

SCENES = 9_999
LIMIT = state.Number("chars", SHORTEST, LONGEST, 1, 100)
SCENE = state.Number("scene", 0, SCENES, 1, 0)
_ENLARGED = 6  # times larger than drawn
_OWN = "recognition.describe.own"


def describe() -> None:
    """The view."""
    scene, side = stage.split(5, 3)
    with side:
        limit = int(state.slider(LIMIT, t("recognition_describe.limit")))
        if state.shown(SCENE, t("recognition_describe.another")):
            st.button(t("recognition_describe.another"), on_click=callback(_another), width="stretch")
    number = int(state.get(SCENE))
    truth, image, seen = _looked(number)
    told = tell(seen, limit, _language(), number)
    with scene:
        picture, said = st.columns(2, gap="medium")
        with picture:
            st.image(image, width="stretch", alt=t("recognition_describe.alt"))
        with said, bets.result():
            st.markdown(f"> {told.text}")
            st.caption(t("recognition_describe.length", used=len(told.text), limit=limit))
            _facts(truth, told)
    with side:
        _own(truth, told)


@st.cache_data(max_entries=64, show_spinner=False)
def _looked(number: int) -> tuple[Scene, NDArray[np.uint8], Shares]:
    """A scene, its image enlarged, and what the network sees in it."""
    truth = shown(number)
    image = render(truth, number)
    return truth, image.repeat(_ENLARGED, 0).repeat(_ENLARGED, 1), look(image[None])[0]


def _another() -> None:
    state.put(SCENE, random.randint(1, SCENES))


def _facts(truth: Scene, told: Description) -> None:
    """What there is to say, fact by fact: said, left out for want of room, or seen wrongly."""
    language, right, seen = LANGUAGES[_language()], facts(truth), facts(told.scene)
    said, left, wrong = [], [], []
    for fact in _sayable(truth):
        name = brief(truth, fact, language)
        if seen[fact] != right[fact]:
            wrong.append(f"{name} ({percent(float(told.shares[fact][right[fact]]))})")
        elif fact in told.facts:
            said.append(name)
        else:
            left.append(name)
    st.markdown(t("recognition_describe.kept", count=len(said), total=len(said) + len(left) + len(wrong)))
    for slug, names in (("said", said), ("left", left), ("wrong", wrong)):
        if names:
            st.markdown(t(f"recognition_describe.{slug}", list=" · ".join(names)))


def _own(truth: Scene, told: Description) -> None:
    """The visitor's turn: what the reader understands of their text, against the network's."""
    text = st.text_area(
        t("recognition_describe.yours"),
        key=_OWN,
        max_chars=LONGEST,
        height=120,
        placeholder=t("recognition_describe.placeholder"),
    ).strip()
    if not text:
        return
    found = read(text)
    if found.empty:
        st.info(t("recognition_describe.nothing"))
    else:
        right, sayable = facts(truth), _sayable(truth)
        row = found.row.copy()
        if len(truth.subjects) == 2 and found.relation == relation(truth):
            beside = INDEX[truth.subjects[1].kind, "side"]  # told from the other subject
            row[beside] = right[beside]
        kept = [fact for fact in sayable if row[fact] == right[fact]]
        network = [fact for fact in sayable if fact in told.facts and facts(told.scene)[fact] == right[fact]]
        st.markdown(
            t(
                "recognition_describe.match",
                yours=len(kept),
                total=len(sayable),
                length=len(text),
                network=len(network),
                characters=len(told.text),
            )
        )
        language = LANGUAGES[_language()]
        st.markdown(
            t(
                "recognition_describe.understood",
                list=" · ".join(brief(truth, one, language) for one in kept) or "—",
            )
        )
    if found.corrected:
        pairs = ", ".join(f"{wrote} → {meant}" for wrote, meant in found.corrected)
        st.caption(t("recognition_describe.corrected", list=pairs))
    if found.unknown:
        words = ", ".join(word for word in found.unknown[:8])
        st.caption(t("recognition_describe.unknown", list=words))


def _sayable(scene: Scene) -> list[int]:
    return [fact for fact in order(scene) if fact != RELATION]


def _language() -> LanguageName:
    """The visitor's language, if the grammar speaks it."""
    return "fr" if current() == "fr" else "en"
