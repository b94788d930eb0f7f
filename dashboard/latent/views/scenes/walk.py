"""From one scene to another, by their codes and by fading."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.latent import scenes
from dashboard.ui import bets, stage, state
from dashboard.ui.language import percent, t, texts
from dashboard.ui.scene_film import SceneRow, scene_film
from dashboard.ui.thumbnails import thumbnails

_OFFERED, _STEPS = 12, 25
FIRST = state.Number("from", 0, _OFFERED - 1, 1, 0)
SECOND = state.Number("to", 0, _OFFERED - 1, 1, 4)


def between() -> None:
    """Two scenes, and the film between them."""
    stage_, side = stage.split()
    offered = _offered()
    with side:
        ends = [_choose(control, end, offered) for end, control in (("a", FIRST), ("b", SECOND))]
    with stage_, bets.result():
        _film(*ends)
        st.markdown(t("latent_scenes.how"))


@st.cache_resource(max_entries=1, show_spinner=False)
def _offered() -> NDArray[np.uint8]:
    return scenes.unseen(_OFFERED)


def _choose(control: state.Number, end: str, offered: NDArray[np.uint8]) -> int:
    """One of the scenes that are offered, by its number."""
    label = t(f"latent_scenes.{end}")
    chosen = int(state.get(control))
    if state.shown(control, label):
        st.markdown(f"**{label}**")
        names = [t("latent_scenes.scene", n=k + 1) for k in range(_OFFERED)]
        pick = partial(state.put, control)
        thumbnails(f"latent_scenes_{end}", label, offered, names, chosen, pick, columns=4)
    return chosen


@st.cache_resource(max_entries=64, show_spinner=False)
def _walked(first: int, second: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    offered = _offered()
    return scenes.walk(offered[first], offered[second], _STEPS)


def _film(first: int, second: int) -> None:
    panels = [
        SceneRow(t(f"latent_scenes.{way}"), t(f"latent_scenes.{way}_alt"), frames[:, None])
        for way, frames in zip(("code", "fade"), _walked(first, second), strict=True)
    ]
    shares = [percent(k / (_STEPS - 1)) for k in range(_STEPS)]
    moments = [t("latent_scenes.moment", share=share) for share in shares]
    player = texts("latent_walk.between")["player"]
    text = {"words": "", "player": player, "next": t("latent_scenes.next")}
    scene_film("latent_scenes", panels, moments, text)
