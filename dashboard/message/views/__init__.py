"""The message page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.message.views import controls
from dashboard.message.views.look import look
from dashboard.message.views.receive import receive
from dashboard.message.views.send import send
from dashboard.message.views.words import ROLE, words
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

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
