"""The walk: from code to code, and the image follows."""

import streamlit as st

from dashboard.latent import planes
from dashboard.latent.training import TRAINED_ON
from dashboard.latent.views.controls import Given, given
from dashboard.latent.views.walk.algebra import algebra
from dashboard.latent.views.walk.between import between
from dashboard.latent.views.walk.coders import bring, choose, draw_plane
from dashboard.latent.views.walk.dials import dials
from dashboard.latent.views.walk.holes import holes
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import number, t, texts


@st.fragment
@guarded
def walk() -> None:
    """The view: one of five walks at a time."""
    scene, side = stage.split()
    with side:
        way = state.segmented(
            WAY, t("latent_walk.way"), texts("latent_walk.ways"), label_visibility="collapsed"
        )
        st.markdown(t(f"latent_walk.intro.{way}"))
        image = given()
    with scene, bets.result():
        _WAYS[way](image)


def _plane(given: Given) -> None:
    """The plane of codes of two numbers."""
    chosen = choose(given, 2)
    seen = draw_plane("latent_plane", given, chosen, "xy")
    bring(chosen)
    how = t("latent_walk.about_plane.how", side=planes.SIDE, n=number(len(seen.codes), 0))
    about = t(f"latent_walk.about_plane.{chosen.kind}", images=number(TRAINED_ON, 0))
    st.markdown(about)
    stage.fold(how)


_WAYS = {"plane": _plane, "dials": dials, "between": between, "algebra": algebra, "holes": holes}
WAY = state.Choice("way", tuple(_WAYS), "plane")
