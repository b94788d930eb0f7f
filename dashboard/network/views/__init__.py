"""The network page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

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
        controls.draw(view)
        if view == "compare":
            pair()
        settings = controls.settings(view)
        mission = missions.choose("network", MISSIONS)
    split = controls.split(settings)
    with top:
        if mission and split:
            missions.ribbon(
                "network",
                mission,
                lambda: check(mission, settings, film(settings, split)),
                lambda: controls.begin(mission),
                lambda: _onward("bend") if mission == "xor" else None,
            )
        else:
            own = view == "points" and settings.data == controls.OWN
            lead = t(f"network.intro.{controls.OWN if own else view}")
            bet = bets.ask("neural_network", view, lead, not own)
    with scene:
        right = _draw(view, settings, split)
    if bet:
        if right:
            bet.settle(right)
        bet.keep()


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


def _draw(view: str, settings: Settings, split: Split | None) -> str | None:
    """The view; which guess of its bet is right, where that depends on the run."""
    if view == "points":
        board(settings, split)
    elif view == "compare":
        return compare(settings, split)
    elif split is None:
        st.info(t("network.board.few"))
    elif view == "bend":
        bend(settings, split)
        _onward("digits")
    elif view == "landscape":
        with bets.result():
            landscape(settings, split)
    else:
        return luck(settings, split)
    return None
