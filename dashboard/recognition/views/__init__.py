"""The recognition page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.recognition.views import controls
from dashboard.recognition.views.answer import answer
from dashboard.recognition.views.describe import describe
from dashboard.recognition.views.layers import layers
from dashboard.recognition.views.own import own
from dashboard.recognition.views.quality import quality
from dashboard.recognition.views.robustness import robustness
from dashboard.recognition.views.why import why
from dashboard.ui import stage
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

_ALONE = {"quality": quality, "describe": describe}  # with images of their own
_VIEWS = {"answer": answer, "layers": layers, "why": why, "robustness": robustness, "own": own}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: an image, a network, and one view of what it makes of it."""
    view = stage.bar("image_recognition", controls.VIEW, texts("recognition.views"))
    stage.lead(t(f"recognition.intro.{view}"))
    if view in _ALONE:
        _ALONE[view]()
        return
    scene, side = stage.split(5, 3)
    with side:
        # Own classes are learned on the features of the network for photographs.
        given = controls.given(model="photos" if view == "own" else None)
    with scene:
        _VIEWS[view](given)
