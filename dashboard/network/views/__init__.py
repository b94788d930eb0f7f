"""The network page: its views, in the order in which the page shows them."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.datasets.plane import Split
from dashboard.network.missions import MISSIONS, check
from dashboard.network.settings import Settings
from dashboard.network.views import controls
from dashboard.network.views.bend import bend
from dashboard.network.views.board import board
from dashboard.network.views.compare import compare, pair
from dashboard.network.views.landscape import landscape
from dashboard.network.views.luck import luck
from dashboard.network.views.runs import film
from dashboard.ui import bets, missions, stage, state
from dashboard.ui.guard import callback, guarded
from dashboard.ui.language import t, texts
from dashboard.ui.warm import warm_up


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: one view at a time; all but the images share points and network."""
    view = stage.bar("neural_network", controls.VIEW, texts("network.views"), controls.leave)
    bet: bets.Bet | None = None
    top = st.container()
    if view == "digits":
        # The image models bring torch, which the other views do without.
        warm_up("dashboard.network.views.digits")
        from dashboard.network.views.digits import digits

        with top:
            bet = bets.ask("neural_network", view, t("network.intro.digits"))
        digits()
        bet.keep()
        return
    scene, side = stage.split()
    with side, stage.settings():
        data = controls.choices(view)
        sliders = st.container(key="sliders")
        mission = missions.choose("network", MISSIONS)
    split = controls.split(controls.settings(view))
    if not (mission and split):
        own = view == "points" and data == controls.OWN
        with top:
            lead = t(f"network.intro.{controls.OWN if own else view}")
            bet = bets.ask("neural_network", view, lead, not own)
    apart = view in _APART and not mission and data != controls.OWN
    awaited = bet is not None and bet.guess is None
    right = (_stage_apart if apart else _stage)(view, mission, top, scene, sliders, awaited)
    if view == "bend" and split:
        with scene:
            _onward("digits")
    if bet:
        bet.settle(right)
        bet.keep()


@guarded
def _stage(
    view: str,
    mission: str | None,
    top: DeltaGenerator,
    scene: DeltaGenerator,
    sliders: DeltaGenerator,
    awaited: bool,
) -> str | None:
    """The controls, and all that follows them; which guess of the bet is right, where that depends on the
    run."""
    with sliders:
        controls.draw(view)
        if view == "compare":
            pair()
    settings = controls.settings(view)
    split = controls.split(settings)
    if mission and split:
        with top:
            missions.ribbon(
                "network",
                mission,
                lambda: check(mission, settings, film(settings, split)),
                lambda: controls.begin(mission),
                lambda: _onward("bend") if mission == "xor" else None,
            )
    with scene:
        return _draw(view, settings, split, awaited)


_stage_apart = st.fragment(_stage)
# A step of these draws nothing else again. What a mission and other bets say depends on the run.
_APART = ("points", "landscape", "bend")


def _onward(view: str) -> None:
    """Where a view leads: the next one, by what it shows."""
    st.button(
        t(f"network.onward.{view}"),
        icon=":material/arrow_forward:",
        icon_position="right",
        key=f"onward-{view}",
        on_click=callback(state.put),
        args=(controls.VIEW, view),
    )


def _draw(view: str, settings: Settings, split: Split | None, awaited: bool) -> str | None:
    """The view, without what answers its bet while that is ``awaited``; which guess is right, where that
    depends on the run."""
    if view == "points":
        board(settings, split)
    elif view == "compare":
        return compare(settings, split)
    elif split is None:
        st.info(t("network.board.few"))
    elif view == "bend":
        bend(settings, split, awaited)
    elif view == "landscape":
        with bets.result():
            landscape(settings, split)
    else:
        return luck(settings, split)
    return None
