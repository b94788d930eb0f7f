"""The message page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.message.views.signs import signs
from dashboard.ui import stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

_VIEWS = {"signs": signs}
VIEW = state.Choice("view", tuple(_VIEWS), "signs")


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: the message in signs or in words."""
    view = stage.bar("message", VIEW, texts("message.views"))
    stage.lead(t(f"message.intro.{view}"))
    _VIEWS[view]()
