"""Missions: a question, a prediction first, then the page checks by itself."""

from __future__ import annotations

import streamlit as st

from dashboard.perceptron.experiment import Settings
from dashboard.perceptron.missions import MISSIONS, STARTS, check
from dashboard.perceptron.views import controls
from dashboard.ui import state
from dashboard.ui.language import t, texts

_NONE = "none"
MISSION = state.Choice("mission", (_NONE, *MISSIONS), _NONE)
GUESS = state.Choice("guess", ("", "a", "b", "c", "d"), "")
_VIEWS = {"hand": "hand", "xor": "hand"}


def choose() -> str:
    """The list of missions."""
    names = {slug: t(f"perceptron.missions.{slug}.name") for slug in MISSION.options}
    return state.select(
        MISSION,
        t("perceptron.missions.title"),
        names,
        label_visibility="collapsed",
        on_change=lambda: state.put(GUESS, ""),
    )


def panel(mission: str, settings: Settings) -> None:
    """The chosen mission: its question, the prediction, then how far the visitor is."""
    if mission == _NONE:
        return
    text = texts(f"perceptron.missions.{mission}")
    with st.container(border=True):
        st.markdown(f"**{text['name']}.** {text['question']}")
        guess = state.get(GUESS)
        if guess not in text["guesses"]:
            st.markdown(t("perceptron.missions.predict"))
            with st.container(horizontal=True):
                for slug, label in text["guesses"].items():
                    st.button(label, key=f"guess-{slug}", on_click=_begin, args=(mission, slug))
            return
        outcome = check(mission, settings, state.get(controls.HAND))
        bet = t("perceptron.missions.bet", guess=text["guesses"][guess])
        if not outcome.done:
            st.markdown(f"{bet} {text['task']}")
            return
        verdict = t(
            "perceptron.missions.right" if guess == outcome.answer else "perceptron.missions.other",
            answer=text["guesses"][outcome.answer],
        )
        st.success(
            f"{t('perceptron.missions.done')} {bet} {verdict} "
            + t(f"perceptron.missions.{mission}.lesson", **outcome.facts)
        )


def _begin(mission: str, guess: str) -> None:
    """Set the page for the mission, once the prediction is made."""
    state.put(GUESS, guess)
    state.reset(
        controls.NOISE,
        controls.RULE,
        controls.RATE,
        controls.HAND,
        controls.SIZE,
        controls.MARGIN,
        controls.SEED,
        controls.UPDATES,
        *controls.INITIAL,
    )
    state.put(controls.DATA, STARTS[mission].data)
    state.put(controls.VIEW, _VIEWS.get(mission, "learn"))
