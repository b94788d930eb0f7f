"""The latent space page: its views, in the order in which the page shows them."""

import streamlit as st

from dashboard.latent.views.bottleneck import bottleneck
from dashboard.latent.views.controls import VIEW
from dashboard.latent.views.deceive import deceive
from dashboard.latent.views.hourglass import hourglass
from dashboard.latent.views.map import map_view
from dashboard.latent.views.scenes import scenes_view
from dashboard.latent.views.train import train
from dashboard.latent.views.walk import walk
from dashboard.ui import bets, stage
from dashboard.ui.guard import guarded
from dashboard.ui.language import t, texts

_VIEWS = {
    "bottleneck": bottleneck,
    "hourglass": hourglass,
    "map": map_view,
    "deceive": deceive,
    "walk": walk,
    "scenes": scenes_view,
    "train": train,
}


@st.fragment
@guarded
def demonstration() -> None:
    """The demonstration: an image, and one view of it at a time."""
    view = stage.bar("latent_space", VIEW, texts("latent.views"))
    bet = bets.ask("latent_space", view, t(f"latent.intro.{view}"))
    _VIEWS[view]()
    bet.keep()
