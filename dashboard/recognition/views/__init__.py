"""The recognition page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.recognition.views import controls
from dashboard.recognition.views.answer import answer
from dashboard.recognition.views.layers import layers
from dashboard.recognition.views.own import own
from dashboard.recognition.views.quality import quality
from dashboard.recognition.views.robustness import robustness
from dashboard.recognition.views.why import why
from dashboard.ui import stage
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

# Views that need the width of the page.
_WIDE = {"layers": layers, "why": why, "solid": robustness}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: an image, a network, and one view of what it makes of it."""
    view = stage.bar("image_recognition", controls.VIEW, texts("recognition.views"))
    stage.lead(t(f"recognition.intro.{view}"))
    if view == "good":
        quality()
        return
    if view == "own":  # learned on the features of the network for photographs
        own(controls.given(compact=True, model="photos"))
        return
    if view in _WIDE:
        _WIDE[view](controls.given(compact=True))
        return
    left, right = st.columns([5, 6], gap="large")
    with left:
        given = controls.given()
    with right:
        answer(given)
