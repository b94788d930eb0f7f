"""The generation page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st
import torch

from dashboard.generation.views import controls
from dashboard.generation.views.compare import compare
from dashboard.generation.views.measure import measure
from dashboard.generation.views.mix import mix
from dashboard.generation.views.watch import watch
from dashboard.ui import stage
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

_VIEWS = {"ask": watch, "compare": compare, "mix": mix, "measure": measure}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: one view at a time; the request and the settings are common to all."""
    # In each thread that serves a visitor: two threads a visitor, under load, take twenty times as long.
    torch.set_num_threads(1)
    view = stage.bar("image_generation", controls.VIEW, texts("generation.views"))
    stage.lead(t(f"generation.intro.{view}"))
    _VIEWS[view]()
