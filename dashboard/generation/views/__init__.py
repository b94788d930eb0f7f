"""The generation page: its views, in the order in which the page shows them."""

from collections.abc import Callable

import streamlit as st

from dashboard.generation.views import controls
from dashboard.generation.views.compare import compare
from dashboard.generation.views.measure import measure
from dashboard.generation.views.mix import mix
from dashboard.generation.views.watch import watch
from dashboard.generation.views.world import world
from dashboard.ui import bets, stage
from dashboard.ui.component import component, opened
from dashboard.ui.guard import guarded
from dashboard.ui.language import current, t, texts


def _field() -> None:
    """The field of arrows in two dimensions: a network that learns on the visitor's drawing, which is neither
    sent nor kept."""
    component("field")(
        key="generation.field",
        data={
            "lang": current(),
            "text": texts("generation.field"),
            "example": "heart",
            "start": opened("moment"),
        },
    )


# What a view returns says which guess of its bet is right, where that depends on the request.
_VIEWS: dict[str, Callable[[], str | None]] = {
    "world": world,
    "field": _field,
    "compare": compare,
    "mix": mix,
    "measure": measure,
}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: one view at a time; the request and the settings are common to all."""
    view = stage.bar("image_generation", controls.VIEW, texts("generation.views"))
    bet = bets.ask("image_generation", view, t(f"generation.intro.{view}"))
    if view == "ask":
        watch(bet)
    else:
        bet.settle(_VIEWS[view]())
    bet.keep()
