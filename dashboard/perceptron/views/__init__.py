"""The Perceptron page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.perceptron.experiment import OWN, experiment
from dashboard.perceptron.views import controls
from dashboard.perceptron.views.board import board, verdict
from dashboard.perceptron.views.own import own_points
from dashboard.ui import state
from dashboard.ui.language import t, texts


@st.fragment
def demonstration() -> None:
    """The demonstration: one view at a time, all on the same points."""
    view = state.segmented(
        controls.VIEW, t("perceptron.controls.view"), texts("perceptron.views"), label_visibility="collapsed"
    )
    intro = st.empty()
    controls.draw(view)
    settings = controls.settings()
    intro.markdown(t(f"perceptron.intro.{OWN if view == 'learn' and settings.data == OWN else view}"))
    result = experiment(settings)
    board(settings, result, by_hand=view == "hand")
    if view == "learn":
        verdict(settings, result)
    own_points(result)
