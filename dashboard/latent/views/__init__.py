"""The latent space page: its views, in the order in which the page shows them."""

from __future__ import annotations

import streamlit as st

from dashboard.latent.views.bottleneck import bottleneck
from dashboard.latent.views.controls import VIEW, given
from dashboard.latent.views.hourglass import hourglass
from dashboard.latent.views.map import map_view
from dashboard.latent.views.train import train
from dashboard.latent.views.walk import walk
from dashboard.ui import stage
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

# Views that need the width of the page.
_WIDE = {"hourglass": hourglass, "map": map_view, "walk": walk, "train": train}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: an image, and one view of it at a time."""
    view = stage.bar("latent_space", VIEW, texts("latent.views"))
    stage.lead(t(f"latent.intro.{view}"))
    if view in _WIDE:
        _WIDE[view](given(compact=True))
        return
    # On a phone, whose browser always says "Mobi", the sheet would stand before all there is to see.
    if "Mobi" in st.context.headers.get("User-Agent", ""):
        bottleneck(given(compact=True))
        return
    left, right = st.columns([2, 5], gap="large")
    with left:
        image = given()
    with right:
        bottleneck(image)
