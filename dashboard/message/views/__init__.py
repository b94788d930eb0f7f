"""The message page: its views, in the order in which the page shows them."""

from dataclasses import replace

import streamlit as st

from dashboard.message.frames import EXAMPLES, LIMITS
from dashboard.message.views import controls
from dashboard.message.views.receive import receive
from dashboard.message.views.send import send
from dashboard.message.views.shown import message
from dashboard.message.views.words import ROLE, words
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import number, t, texts


def look() -> None:
    """Under the magnifying glass: the film of a photo from few characters to many, a description in words."""
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


_ROLES = {"send": send, "receive": receive, "look": look}


def signs() -> None:
    """The networks' own language, sent, received, looked at: one role at a time."""
    role = state.segmented(
        controls.ROLE, t("message.role"), texts("message.roles"), label_visibility="collapsed"
    )
    _ROLES[role]()


_VIEWS = {"signs": signs, "words": words}
VIEW = state.Choice("view", tuple(_VIEWS), "signs")
# The role of each view that the page's bet is about: the others show nothing new, or have a bet of their own.
_BETS = {"signs": (controls.ROLE, "send"), "words": (ROLE, "own")}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: the message in signs or in words."""
    view = stage.bar("message", VIEW, texts("message.views"))
    role, with_bet = _BETS[view]
    bet = bets.ask("message", view, t(f"message.intro.{view}"), state.get(role) == with_bet)
    _VIEWS[view]()
    bet.keep()
