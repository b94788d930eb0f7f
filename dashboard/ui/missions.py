"""Missions: a question, a prediction first, then the page checks by itself.

A page's texts hold ``missions.<slug>`` with name, question, task, lesson and guesses.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.missions import Outcome
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.language import t, texts

_NONE = "none"
_WON = "missions.won"  # session key: the mission whose success was last told
_GUESS = state.Choice("guess", ("", "a", "b", "c", "d"), "")


def choose(page: str, slugs: tuple[str, ...]) -> str | None:
    """The list of a page's missions; ``None`` while none is chosen."""
    control = state.Choice("mission", (_NONE, *slugs), _NONE)
    names = {_NONE: t("missions.none"), **{slug: t(f"{page}.missions.{slug}.name") for slug in slugs}}
    title = t("missions.title")
    chosen = state.select(
        control, title, names, label_visibility="collapsed", on_change=callback(lambda: state.put(_GUESS, ""))
    )
    return None if chosen == _NONE else chosen


def ribbon(
    page: str,
    mission: str,
    check: Callable[[], Outcome],
    begin: Callable[[], None],
    onward: Callable[[], None] = lambda: None,
) -> None:
    """The chosen mission, where the introduction stands: its question and the bets, then what to do, then
    what it taught; success is also told in passing.

    ``begin`` sets the page for the mission, once the prediction is made; ``check`` looks at the page,
    ``onward`` draws where its lesson leads.
    """
    text = texts(f"{page}.missions.{mission}")
    guess = state.get(_GUESS)
    with st.container(key="ribbon", horizontal=True, vertical_alignment="center"):
        if guess not in text["guesses"]:
            st.markdown(f":material/flag: **{text['name']}.** {text['question']} {t('missions.predict')}")
            for slug, label in text["guesses"].items():
                st.button(label, key=f"guess-{slug}", on_click=callback(_begin), args=(slug, begin))
            return
        outcome = check()
        bet = t("missions.bet", guess=text["guesses"][guess])
        if not outcome.done:
            st.markdown(f":material/flag: {bet} {text['task']}")
            return
        right = "right" if guess == outcome.answer else "other"
        verdict = t(f"missions.{right}", answer=text["guesses"][outcome.answer])
        st.markdown(
            f":material/trophy: {bet} {verdict} {t(f'{page}.missions.{mission}.lesson', **outcome.facts)}"
        )
        onward()
    won = (page, mission)
    if st.session_state.get(_WON) != won:
        st.session_state[_WON] = won
        st.toast(f"{t('missions.done')} {verdict}", icon=":material/trophy:")


def _begin(guess: str, begin: Callable[[], None]) -> None:
    begin()
    state.put(_GUESS, guess)
