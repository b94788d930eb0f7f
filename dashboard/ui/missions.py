"""Missions: a question, a prediction first, then the page checks by itself.

A room's texts hold ``missions.<slug>`` with name, question, task, lesson and guesses.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.missions import Outcome
from dashboard.ui import state
from dashboard.ui.language import t, texts

_NONE = "none"
_GUESS = state.Choice("guess", ("", "a", "b", "c", "d"), "")


def choose(room: str, slugs: tuple[str, ...]) -> str | None:
    """The list of a room's missions; ``None`` while none is chosen."""
    control = state.Choice("mission", (_NONE, *slugs), _NONE)
    names = {_NONE: t("missions.none"), **{slug: t(f"{room}.missions.{slug}.name") for slug in slugs}}
    title = t("missions.title")
    chosen = state.select(
        control, title, names, label_visibility="collapsed", on_change=lambda: state.put(_GUESS, "")
    )
    return None if chosen == _NONE else chosen


def panel(room: str, mission: str, check: Callable[[], Outcome], begin: Callable[[], None]) -> None:
    """The chosen mission: its question, the prediction, then how far the visitor is.

    ``begin`` sets the page for the mission, once the prediction is made; ``check`` looks at the page.
    """
    text = texts(f"{room}.missions.{mission}")
    with st.container(border=True):
        st.markdown(f"**{text['name']}.** {text['question']}")
        guess = state.get(_GUESS)
        if guess not in text["guesses"]:
            st.markdown(t("missions.predict"))
            with st.container(horizontal=True):
                for slug, label in text["guesses"].items():
                    st.button(label, key=f"guess-{slug}", on_click=_begin, args=(slug, begin))
            return
        outcome = check()
        bet = t("missions.bet", guess=text["guesses"][guess])
        if not outcome.done:
            st.markdown(f"{bet} {text['task']}")
            return
        right = "right" if guess == outcome.answer else "other"
        verdict = t(f"missions.{right}", answer=text["guesses"][outcome.answer])
        lesson = t(f"{room}.missions.{mission}.lesson", **outcome.facts)
        st.success(f"{t('missions.done')} {bet} {verdict} {lesson}")


def _begin(guess: str, begin: Callable[[], None]) -> None:
    begin()
    state.put(_GUESS, guess)
