"""The network page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.network.views import controls
from dashboard.network.views.board import board
from dashboard.ui import state
from dashboard.ui.language import t, texts


@st.fragment
def demonstration() -> None:
    """The demonstration: one view at a time; all but the images share points and network."""
    view = state.segmented(
        controls.VIEW, t("network.controls.view"), texts("network.views"), label_visibility="collapsed"
    )
    intro = st.empty()
    if view == "digits":
        from dashboard.network.views.digits import digits

        intro.markdown(t("network.intro.digits"))
        digits()
        return
    controls.draw()
    settings = controls.settings()
    own = view == "points" and settings.data == controls.OWN
    intro.markdown(t(f"network.intro.{controls.OWN if own else view}"))
    split = controls.split(settings)
    if view == "points":
        board(settings, split)
