"""The Perceptron page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.perceptron.experiment import experiment
from dashboard.perceptron.missions import MISSIONS, check
from dashboard.perceptron.views import controls
from dashboard.perceptron.views.board import board, verdict
from dashboard.perceptron.views.compare import compare
from dashboard.perceptron.views.images import images
from dashboard.perceptron.views.missions import begin
from dashboard.ui import missions, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts
from dashboard.ui.own_points import OWN, own_points


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: one view at a time, all on the same points."""
    left, right = st.columns([3, 1])
    with right:
        mission = missions.choose("perceptron", MISSIONS)
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
    if mission:
        with panel:
            hand = state.get(controls.HAND)
            missions.panel(
                "perceptron", mission, lambda: check(mission, settings, hand), lambda: begin(mission)
            )
    result = experiment(settings)
    if view == "compare":
        compare(settings)
    else:
        board(settings, result, by_hand=view == "hand")
    if view == "learn":
        verdict(settings, result)
    own_points(controls.DATA, result.data)
