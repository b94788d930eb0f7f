"""The network page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.network.missions import MISSIONS, check
from dashboard.network.views import controls
from dashboard.network.views.bend import bend
from dashboard.network.views.board import board
from dashboard.network.views.compare import compare
from dashboard.network.views.luck import luck
from dashboard.network.views.missions import begin
from dashboard.network.views.runs import film
from dashboard.ui import missions, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts
from dashboard.ui.warm import warm_up


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: one view at a time; all but the images share points and network."""
    left, right = st.columns([3, 1])
    with right:
        mission = missions.choose("network", MISSIONS)
    with left:
        view = state.segmented(
            controls.VIEW, t("network.controls.view"), texts("network.views"), label_visibility="collapsed"
        )
    intro = st.empty()
    if view == "digits":
        # The image models bring torch, which the other views do without.
        warm_up("dashboard.network.views.digits")
        from dashboard.network.views.digits import digits

        intro.markdown(t("network.intro.digits"))
        digits()
        return
    panel = st.container()
    controls.draw(compared=view == "compare")
    settings = controls.settings()
    own = view == "points" and settings.data == controls.OWN
    intro.markdown(t(f"network.intro.{controls.OWN if own else view}"))
    split = controls.split(settings)
    if mission and split:
        with panel:
            missions.panel(
                "network",
                mission,
                lambda: check(mission, settings, film(settings, split)),
                lambda: begin(mission),
            )
    if view == "points":
        board(settings, split)
    elif view == "compare":
        compare(settings, split)
    elif split is None:
        st.info(t("network.board.few"))
    elif view == "bend":
        bend(settings, split)
    else:
        luck(settings, split)
