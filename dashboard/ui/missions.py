"""Missions: a question, a prediction first, then the page checks by itself.

A page's texts hold ``missions.<slug>`` with name, guesses and, each short enough for one line,
question, task and lesson; setting and why say the rest.
"""

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
    """The chosen mission, where the introduction stands, on one line: its question and the bets, then what to
    do, then what it taught; success is also told in passing. What it takes to know more is in a popover.

    ``begin`` sets the page for the mission, once the prediction is made; ``check`` looks at the page,
    ``onward`` draws where its lesson leads.
    """
    text = texts(f"{page}.missions.{mission}")
    guess, name = state.get(_GUESS), f"**{text['name']}.**"  # its name where there is room
    with st.container(key="ribbon", horizontal=True, vertical_alignment="center"):
        if guess not in text["guesses"]:
            st.markdown(f":material/flag: {name} {text['question']}")
            _details(text["setting"])
            with st.container(key="guesses", horizontal=True):
                for slug, label in text["guesses"].items():
                    st.button(label, key=f"guess-{slug}", on_click=callback(_begin), args=(slug, begin))
            return
        outcome = check()
        bet = t("missions.bet", guess=text["guesses"][guess])
        if not outcome.done:
            st.markdown(f":material/flag: {name} {text['task']}")
            _details(text["setting"], bet)
            return
        right = "right" if guess == outcome.answer else "other"
        verdict = t(f"missions.{right}", answer=text["guesses"][outcome.answer])
        lesson, why = (t(f"{page}.missions.{mission}.{part}", **outcome.facts) for part in ("lesson", "why"))
        st.markdown(f":material/trophy: {name} {lesson}")
        _details(f"{bet} {verdict}", why)
        onward()
    won = (page, mission)
    if st.session_state.get(_WON) != won:
        st.session_state[_WON] = won
        st.toast(f"{t('missions.done')} {verdict}", icon=":material/trophy:")


def _details(*paragraphs: str) -> None:
    """What does not fit on the line."""
    with st.popover(t("missions.more"), icon=":material/info:", type="tertiary", key="mission-details"):
        st.markdown("\n\n".join(paragraphs))


def _begin(guess: str, begin: Callable[[], None]) -> None:
    begin()
    state.put(_GUESS, guess)
