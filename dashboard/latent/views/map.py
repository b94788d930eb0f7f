"""The map: two thousand images placed by their codes, and what is picked or surrounded on it."""

from __future__ import annotations

from functools import cache
from typing import cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.datasets import maps
from dashboard.datasets.images import SOURCES, DatasetName, sample
from dashboard.datasets.maps import MAPPED_SIZES, Method
from dashboard.latent import map_layouts
from dashboard.latent.coders import coder
from dashboard.latent.map_layouts import Layout
from dashboard.latent.neighbours import nearest_to
from dashboard.latent.views import map_controls as controls
from dashboard.latent.views.controls import SIZE, Given
from dashboard.latent.views.map_live import Live, live
from dashboard.latent.views.map_panel import Pick, group_panel, pick_panel
from dashboard.latent.views.map_whole import whole
from dashboard.ui import state
from dashboard.ui.atlas import Own, Reel, atlas, reel, sheet, sheet_image
from dashboard.ui.guard import guarded
from dashboard.ui.language import number, t, texts

_SLIDER = 300  # pixels


@st.fragment
@guarded
def map_view(given: Given) -> None:
    """The view; a fragment of its own, so that a click on the map redraws nothing else."""
    size, method, dimensions = _choose()
    # Twice as wide as the panel beside it, which on a phone comes below.
    left, right = st.columns([3, 2], gap="medium")
    names = class_names(given.dataset)
    with left:
        running = live(given.dataset, size) if method == "live" else None
        if running:
            layout = running.layout
        else:
            layout = map_layouts.shipped(given.dataset, size, cast(Method, method), dimensions)
        pick = _picked(given, layout)
        film = _draw(given, layout, names, pick, running)
        _about(method if size in MAPPED_SIZES else f"code{size}", running)
        # Last in the column, since they show nothing.
        sheet(f"sheet {given.dataset}", _sheet(given.dataset))
        if film and running and running.film:
            reel(film, running.film.frames)
    with right:
        pick_panel(given.dataset, layout, names, pick)
    members = controls.surrounded()
    if members is not None:
        group_panel(given.dataset, layout, names, np.flatnonzero(members))
    whole(given.dataset, layout, names)
    # After all the rest: the map does not wait for it.
    size = layout.codes.shape[1]
    sheet(f"answers {given.dataset} {size}", _answers(given.dataset, size))


def class_names(dataset: DatasetName) -> list[str]:
    """What the classes are called, in their order, in the visitor's language."""
    names = texts(f"latent.classes.{dataset}")
    return [names[slug] for slug in SOURCES[dataset].classes]


def _choose() -> tuple[int, str, int]:
    """Size of the code, method of the map and its dimensions."""
    method, dimensions = "pca", 2
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        with st.container(width=_SLIDER):
            size = int(state.levels(SIZE, t("latent.size")))
        if size in MAPPED_SIZES:
            method = state.segmented(controls.METHOD, t("latent_map.method"), texts("latent_map.methods"))
            if method == "live":
                with st.container(width=_SLIDER):
                    state.levels(controls.PERPLEXITY, t("latent_map.live.perplexity"))
            else:
                names = {"2": "2-D", "3": "3-D"}
                dimensions = int(state.segmented(controls.DIMENSIONS, t("latent_map.dimensions"), names))
    return size, method, dimensions


def _about(slug: str, running: Live | None) -> None:
    """How the map was made, and what it does not say."""
    st.caption(t(f"latent_map.about.{slug}"))
    if running:
        st.caption(t("latent_map.live.help"))
        if running.film and not running.film.stopped:
            divergence = number(float(running.film.divergence[-1]), 2)
            st.caption(t("latent_map.live.result", divergence=divergence))


def _picked(given: Given, layout: Layout) -> Pick:
    """What is known of the picked image: an image of the sample, or the visitor's own."""
    point = controls.picked()
    known = sample(given.dataset)
    size = layout.codes.shape[1]
    if point is None:
        image = given.image.astype(np.float32)
        code = coder(given.dataset, size).encode(image[None])[0]
        place, _ = map_layouts.place(given.dataset, layout, code)
    else:
        image = known.images[point].astype(np.float32) / 255
        code, place = layout.codes[point], layout.places[point]
    itself = given.example if point is None else point
    return Pick(
        point,
        None if itself is None else int(known.labels[itself]),
        given.example is not None,
        image,
        code,
        nearest_to(code, layout.codes, without=itself),
        nearest_to(place[: layout.comparable.shape[1]], layout.comparable, without=itself),
    )


def _draw(given: Given, layout: Layout, names: list[str], pick: Pick, running: Live | None) -> Reel | None:
    """The map itself; gives the film that belongs to it."""
    known = sample(given.dataset)
    network = coder(given.dataset, layout.codes.shape[1])
    code = network.encode(given.image[None])
    place, near = map_layouts.place(given.dataset, layout, code[0])
    axes = texts("latent_map.axes").get(layout.method or f"code{layout.codes.shape[1]}")
    film = None
    if running and running.film:
        film = Reel(
            layout.name,
            running.film.iterations.tolist(),
            running.exaggerated,
            st.query_params.get("iter", ""),
            running.fresh,
        )
    atlas(
        "latent-map",
        {
            **texts("latent_map.atlas"),
            "own": t(f"latent_map.own.{'own' if given.example is None else 'example'}"),
        },
        f"sheet {given.dataset}",
        f"answers {given.dataset} {network.size}",
        layout.name,
        layout.places,
        known.labels,
        names,
        own=Own(place, _bytes(given.image), _bytes(network.decode(code)[0]), near),
        picked=pick.point,
        links=pick.by_code.tolist(),
        members=controls.surrounded(),
        axes=(axes["x"], axes["y"]) if axes and layout.places.shape[1] == 2 else None,
        reel=film,
        on_pick=controls.pick,
        on_group=controls.surround,
    )
    return film


def _bytes(pixels: NDArray[np.floating]) -> NDArray[np.uint8]:
    return (255 * pixels).round().astype(np.uint8)


@cache
def _sheet(dataset: DatasetName) -> str:
    return sheet_image(sample(dataset).images)


@st.cache_data(max_entries=14, show_spinner=False)
def _answers(dataset: DatasetName, size: int) -> str:
    """What the network redraws of each image of the sample."""
    network = coder(dataset, size)
    return sheet_image(_bytes(network.decode(maps.load(dataset).codes[size])), quality=60)
