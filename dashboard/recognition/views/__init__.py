"""The recognition page: its views, in the order in which the page shows them."""

from collections.abc import Callable

import streamlit as st

from dashboard.recognition.views import controls
from dashboard.recognition.views.answer import answer
from dashboard.recognition.views.describe import describe
from dashboard.recognition.views.layers import layers
from dashboard.recognition.views.own import own
from dashboard.recognition.views.quality import quality
from dashboard.recognition.views.robustness import robustness
from dashboard.recognition.views.why import why
from dashboard.ui import bets, stage
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

# What a view returns says which guess of its bet is right, where that depends on the image or the network.
# Those of the first have images of their own.
_ALONE: dict[str, Callable[[], str | None]] = {"quality": quality, "own": own, "describe": describe}
_VIEWS: dict[str, Callable[[controls.Given], str | None]] = {
    "answer": answer,
    "layers": layers,
    "why": why,
    "robustness": robustness,
}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: an image, a network, and one view of what it makes of it."""
    view = stage.bar("image_recognition", controls.VIEW, texts("recognition.views"))
    bet = bets.ask("image_recognition", view, t(f"recognition.intro.{view}"))
    if view in _ALONE:
        right = _ALONE[view]()
    else:
        scene, side = stage.split(5, 3)
        with side:
            given = controls.given()
        with scene:
            right = _VIEWS[view](given)
    bet.settle(right)
    bet.keep()
