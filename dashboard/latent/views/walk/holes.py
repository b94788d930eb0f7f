"""Autoencoder against variational autoencoder: what is decoded where no known image lives."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.datasets.images import DatasetName
from dashboard.latent.coders import Coder, coder
from dashboard.latent.planes import SURE, Plane, as_bytes, confidence, drawn, sure
from dashboard.latent.views.controls import Given
from dashboard.latent.views.walk.coders import bring, draw_plane
from dashboard.latent.walks import pixels
from dashboard.ui import stage, state
from dashboard.ui.guard import callback
from dashboard.ui.language import percent, t

_KINDS = ("autoencoder", "vae")
_DRAWS = 500
_SHOWN, _ACROSS = 40, 10
_SIZE = 16
_SEED = state.Number("draw", 0, 999, 1, 0)


def holes(given: Given) -> None:
    """The view: both planes with their empty cells; both decoders on codes drawn at random."""
    pair = [coder(given.dataset, 2, kind) for kind in _KINDS]
    facts = []
    for column, kind, each in zip(st.columns(2, gap="medium"), _KINDS, pair, strict=True):
        with column:
            st.markdown(t(f"latent_walk.holes.{kind}"))
            seen = draw_plane(f"latent_holes.{kind}", given, each, f"xy_{kind[0]}", empty=True)
            facts.append((st.empty(), each, seen))
    for each in pair:
        bring(each)
    # The classifier takes its time: planes and decoders are already on their way.
    for place, each, seen in facts:
        place.markdown(t("latent_walk.holes.facts", **_shares(seen, sure(each))))
    st.markdown(t("latent_walk.holes.drawn"))
    st.markdown(t("latent_walk.holes.drawn_intro"))
    stage.fold(t("latent_walk.holes.drawn_more"))
    seed = int(state.get(_SEED))
    st.button(
        t("latent_walk.holes.again"),
        icon=":material/casino:",
        on_click=callback(lambda: state.put(_SEED, (seed + 1) % 1000)),
    )
    with st.spinner(t("latent_walk.holes.drawing"), show_time=False):
        real = percent(_sure(given.dataset))
        sheets = [_drawn(coder(given.dataset, _SIZE, kind), seed) for kind in _KINDS]
    for column, kind, (images, share) in zip(st.columns(2, gap="medium"), _KINDS, sheets, strict=True):
        with column:
            name = t(f"latent_walk.coders.{kind}")
            st.image(images, caption=name, alt=t("latent_walk.holes.images_alt", name=name), width="stretch")
            st.markdown(t("latent_walk.holes.share", share=percent(share), real=real))
    st.markdown(t("latent_walk.holes.honest"))


def _shares(seen: Plane, read: NDArray[np.bool_]) -> dict[str, str]:
    empty = seen.counts == 0
    return {
        "empty": percent(empty.mean()),
        "read": percent(read[empty].mean()),
        "full": percent(read[~empty].mean()),
        "sure": percent(SURE),
    }


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs={Coder: lambda each: each.name})
def _drawn(chosen: Coder, seed: int) -> tuple[Image.Image, float]:
    """A sheet of images decoded from random codes, and how many of 500 the classifier is sure of."""
    images = drawn(chosen, _DRAWS, seed)
    tiles = np.pad(as_bytes(images[:_SHOWN]), ((0, 0), (1, 1), (1, 1)), constant_values=90)
    rows = tiles.reshape(-1, _ACROSS, 30, 30).transpose(0, 2, 1, 3)
    sheet = Image.fromarray(rows.reshape(-1, 30 * _ACROSS))
    large = sheet.resize((3 * sheet.width, 3 * sheet.height), Image.Resampling.NEAREST)
    return large, float((confidence(chosen.dataset, images) >= SURE).mean())


@st.cache_data(max_entries=2, show_spinner=False)
def _sure(dataset: DatasetName) -> float:
    """The share of real images that the classifier is sure of."""
    return float((confidence(dataset, pixels(dataset)[:_DRAWS]) >= SURE).mean())
