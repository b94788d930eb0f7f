"""What the walks share: whose codes they walk among, the decoder in the browser, the plane."""

from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.datasets.class_names import class_names
from dashboard.latent import planes, portable
from dashboard.latent.coders import KIND_SIZES, Coder, coder
from dashboard.latent.views.controls import SIZE, Given
from dashboard.latent.views.own_training import own_coder
from dashboard.ui import state
from dashboard.ui.decoder import decoder
from dashboard.ui.language import current, t, texts
from dashboard.ui.plane import plane

_VAE_SIZE = 16  # of the larger codes, the one that ships


def choose(given: Given, size: int | None = None) -> Coder:
    """Draw the choice of who makes the code, and unless `size` is given of how many numbers it has."""
    own = own_coder(given.dataset)
    control = _by(own is not None and size in (None, own.size))
    if state.get(control) not in control.options:
        state.put(control, control.default)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = state.segmented(control, t("latent_walk.by"), texts("latent_walk.coders"))
        if size is None and kind in ("autoencoder", "pca"):
            size = int(state.levels(SIZE, t("latent_walk.size"), width=320))
    if kind != "autoencoder":
        st.caption(t(f"latent_walk.note.{kind}"))
    if kind == "own":
        assert own is not None
        return own
    return coder(given.dataset, size or _VAE_SIZE, kind)


def choose_own() -> None:
    """Walk among the codes of the visitor's own network from now on; from a callback."""
    state.put(_by(own=True), "own")


def _by(own: bool) -> state.Choice:
    kinds = (*KIND_SIZES, "own") if own else tuple(KIND_SIZES)
    return state.Choice("by", kinds, kinds[0])


def draw_plane(key: str, given: Given, chosen: Coder, param: str, empty: bool = False) -> planes.Plane:
    """The plane of a coder of two numbers; `bring` must follow."""
    with st.spinner(t("latent_walk.computing"), show_time=False):
        seen = planes.plane(chosen)
    plane(
        key,
        decoder_of(chosen).digest,
        low=seen.low,
        high=seen.high,
        images=seen.images,
        counts=seen.counts,
        codes=seen.codes,
        labels=seen.labels,
        names=class_names(given.dataset, current()),
        own=code_of(chosen, given.image),
        param=param,
        text=texts("latent_walk.plane"),
        empty=empty,
    )
    return seen


def bring(chosen: Coder) -> None:
    """Send a decoder to the browser, for what was drawn before."""
    made = decoder_of(chosen)
    decoder(made.digest, made.size, made.steps, made.weights)


@lru_cache(maxsize=16)
def decoder_of(chosen: Coder) -> portable.Program:
    """The decoder as the browser runs it."""
    return portable.program(chosen)


def code_of(chosen: Coder, image: NDArray[np.float64]) -> NDArray[np.float64]:
    """The code (size,) of one image (28, 28)."""
    return chosen.encode(image[None])[0].astype(np.float64)
