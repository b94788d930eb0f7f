"""The Perceptron page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.perceptron.experiment import experiment
from dashboard.perceptron.missions import MISSIONS, check
from dashboard.perceptron.views import controls
from dashboard.perceptron.views.board import board, verdict
from dashboard.perceptron.views.compare import compare
from dashboard.perceptron.views.images import images
from dashboard.shell import onward
from dashboard.ui import bets, missions, stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts
from dashboard.ui.own_points import OWN, own_points


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: one view at a time, all on the same points."""
    view = stage.bar("perceptron", controls.VIEW, texts("perceptron.views"))
    bet: bets.Bet | None = None
    top = st.container()
    scene, side = stage.split()
    if view == "images":
        with top:
            bet = bets.ask("perceptron", view, t("perceptron.intro.images"))
        bet.settle(images(scene, side))
        bet.keep()
        return
    with side, stage.settings():
        controls.draw(view)
        settings = controls.settings()
        result = experiment(settings)
        mission = missions.choose("perceptron", MISSIONS)
        own_points(controls.CONTROLS["data"], result.data)
    with top:
        if mission:
            hand = state.get(controls.HAND)
            missions.ribbon(
                "perceptron",
                mission,
                lambda: check(mission, settings, hand),
                lambda: controls.begin(mission),
                lambda: onward("perceptron") if mission == "xor" else None,
            )
        else:
            own = view == "learn" and settings.data == OWN
            bet = bets.ask("perceptron", view, t(f"perceptron.intro.{OWN if own else view}"), not own)
    with scene:
        if view == "compare":
            with bets.result():
                compare(settings)
        else:
            board(settings, result, by_hand=view == "hand")
        if view == "learn":
            with bets.result():
                verdict(settings, result)
    if bet:
        bet.keep()
