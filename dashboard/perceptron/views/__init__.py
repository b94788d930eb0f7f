"""The Perceptron page: its views, in the order in which the page shows them."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.perceptron.experiment import Experiment, experiment
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


@dataclass
class _Places:
    """Where a step of a slider draws; ``shown`` is what the last one made."""

    top: DeltaGenerator
    scene: DeltaGenerator
    sliders: DeltaGenerator
    shown: Experiment


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: one view at a time, all on the same points."""
    view = stage.bar("perceptron", controls.VIEW, texts("perceptron.views"))
    top = st.container()
    scene, side = stage.split()
    if view == "images":
        with top:
            bet = bets.ask("perceptron", view, t("perceptron.intro.images"))
        images(scene, side, bet)
        bet.keep()
        return
    with side, stage.settings():
        data = controls.choices(view)
        places = _Places(top, scene, st.container(key="sliders"), experiment(controls.settings()))
        mission = missions.choose("perceptron", MISSIONS)
        own_points(controls.CONTROLS["data"], lambda: places.shown.data)
    if mission:
        # What the mission sets and checks is all over the page.
        _stage(view, mission, places, awaited=False)
        return
    own = view == "learn" and data == OWN
    with top:
        bet = bets.ask("perceptron", view, t(f"perceptron.intro.{OWN if own else view}"), not own)
    # So is what is said of the visitor's own points.
    (_stage if data == OWN else _stage_apart)(view, None, places, awaited=bet.guess is None)
    bet.keep()


@guarded
def _stage(view: str, mission: str | None, places: _Places, awaited: bool) -> None:
    """The sliders, and all that follows them; not what answers a bet that is ``awaited``."""
    with places.sliders:
        controls.sliders()
    settings = controls.settings()
    result = places.shown = experiment(settings)
    if mission:
        with places.top:
            hand = state.get(controls.HAND)
            missions.ribbon(
                "perceptron",
                mission,
                lambda: check(mission, settings, hand),
                lambda: controls.begin(mission),
                lambda: onward("perceptron") if mission == "xor" else None,
            )
    with places.scene:
        if view == "compare":
            with bets.result():
                compare(settings)
        else:
            board(settings, result, by_hand=view == "hand", begun=awaited)
        if view == "learn":
            with bets.result():
                verdict(settings, result)


_stage_apart = st.fragment(_stage)  # a step draws nothing else again
