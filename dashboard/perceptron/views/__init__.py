"""The Perceptron page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.perceptron.experiment import OWN, experiment
from dashboard.perceptron.views import controls, missions
from dashboard.perceptron.views.board import board, verdict
from dashboard.perceptron.views.compare import compare, errors_per_epoch
from dashboard.perceptron.views.images import images
from dashboard.perceptron.views.own import own_points
from dashboard.ui import state
from dashboard.ui.language import t, texts


@st.fragment
def demonstration() -> None:
    """The demonstration: one view at a time, all on the same points."""
    left, right = st.columns([3, 1])
    with right:
        mission = missions.choose()
    with left:
        view = state.segmented(
            controls.VIEW,
            t("perceptron.controls.view"),
            texts("perceptron.views"),
            label_visibility="collapsed",
        )
    intro = st.empty()
    if view == "images":
        intro.markdown(t("perceptron.intro.images"))
        images()
        return
    panel = st.container()
    controls.draw(view)
    settings = controls.settings()
    intro.markdown(t(f"perceptron.intro.{OWN if view == 'learn' and settings.data == OWN else view}"))
    with panel:
        missions.panel(mission, settings)
    result = experiment(settings)
    if view == "compare":
        compare(settings)
    else:
        board(settings, result, by_hand=view == "hand")
    if view == "learn":
        verdict(settings, result)
        if result.run is not None:
            errors_per_epoch([(settings.rule, result)])
    own_points(result)
