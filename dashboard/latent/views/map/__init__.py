"""The map: two thousand images placed by their codes, and what is picked or surrounded on it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import DatasetName, sample
from dashboard.datasets.maps import Method
from dashboard.latent import map_layouts
from dashboard.latent.coders import Coder
from dashboard.latent.map_layouts import Layout
from dashboard.latent.neighbours import NEIGHBOURS, nearest_to
from dashboard.latent.planes import as_bytes
from dashboard.latent.views.controls import Given, given
from dashboard.latent.views.map import controls
from dashboard.latent.views.map.live import Live, live
from dashboard.latent.views.map.panel import Pick, group_panel, pick_panel
from dashboard.latent.views.map.whole import faithfulness_of, whole
from dashboard.latent.views.walk import coders as walk_coders
from dashboard.ui import bets, stage, state
from dashboard.ui.atlas import MapFilm, Own, atlas, send_film, send_thumbnails, thumbnails_image
from dashboard.ui.guard import guarded
from dashboard.ui.heavy import pooled
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.recent import kept

_SLIDER = 380  # pixels


@guarded
def map_view() -> None:
    """The view: the visitor's image, and all images on a map."""
    scene, side = stage.split()
    above, below = side.container(), side.container()
    with below:
        image = given()
    with above:
        settings = stage.settings()
    controls.follow(image.dataset)
    _mapped(image, settings, scene)
    with scene:
        # Last, since they show nothing.
        send_thumbnails(f"thumbnails {image.dataset}", _thumbnails(image.dataset))


@st.fragment  # of its own: a click on the map, another code, redraw nothing else
@guarded
def _mapped(given: Given, settings: DeltaGenerator, scene: DeltaGenerator) -> None:
    with settings:
        maker = walk_coders.choose(given)
        method, dimensions = _choose(maker)
    with scene, bets.result():
        _map(given, maker, method, dimensions)


def _map(given: Given, maker: Coder, method: str, dimensions: int) -> None:
    names = class_names(given.dataset, current())
    # Wider than the panel beside it, which on a phone comes below.
    left, right = st.columns([3, 2], gap="medium")
    with left:
        running = live(maker) if method == "live" else None
        layout = running.layout if running else map_layouts.layout(maker, cast(Method, method), dimensions)
        pick = _pick(layout.name, given.digest, controls.picked(), given, maker, layout)
        film = _draw(given, maker, layout, names, pick, running)
        _about(layout, method if map_layouts.methods(maker) else f"code{maker.size}", running)
        if film and running and running.film:
            send_film(film, running.film.frames)
    with right:
        pick_panel(given, layout, names, pick)
    members = controls.surrounded()
    if members is not None:
        group_panel(maker, layout, names, np.flatnonzero(members))
    whole(given.dataset, layout, names)
    # After all the rest: the map does not wait for it.
    send_thumbnails(_answers_name(maker), _answers(maker))


def _choose(maker: Coder) -> tuple[str, int]:
    """Method of the map and its dimensions."""
    ready = map_layouts.methods(maker)
    if not ready:
        return "pca", 2
    control = controls.method(ready)
    names = {slug: t(f"latent_map.methods.{slug}") for slug in control.options}
    dimensions, sides = 2, {"2": "2-D", "3": "3-D"}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = state.segmented(control, t("latent_map.method"), names)
        if chosen == "live":
            with st.container(width=_SLIDER):
                state.levels(controls.PERPLEXITY, t("latent_map.live.perplexity"))
        else:
            dimensions = int(state.segmented(controls.DIMENSIONS, t("latent_map.dimensions"), sides))
        state.segmented(
            controls.COLOUR,
            t("latent_map.colour"),
            texts("latent_map.colours"),
            help=t("latent_map.colour_help"),
        )
    return chosen, dimensions


def _about(layout: Layout, slug: str, running: Live | None) -> None:
    """How the map was made, and what it does not say."""
    kept = "" if layout.method is None else percent(float(faithfulness_of(layout.name, layout).kept.mean()))
    st.caption(t(f"latent_map.about.{slug}", kept=kept, n=NEIGHBOURS))
    if running:
        st.caption(t("latent_map.live.help"))
        if running.film and not running.film.stopped:
            divergence = number(float(running.film.divergence[-1]), 2)
            st.caption(t("latent_map.live.result", divergence=divergence))


@kept(256)
def _pick(layout: str, digest: str, point: int | None, _given: Given, _maker: Coder, _layout: Layout) -> Pick:
    """What is known of the picked image: an image of the sample, or the visitor's own."""
    samples = sample(_given.dataset)
    if point is None:
        image = _given.image.astype(np.float32)
        code = _maker.encode(image[None])[0]
        place, _ = map_layouts.place(_layout, code)
    else:
        image = samples.images[point].astype(np.float32) / 255
        code, place = _layout.codes[point], _layout.places[point]
    itself = _given.example if point is None else point
    return Pick(
        point,
        None if itself is None else int(samples.labels[itself]),
        _given.example is not None,
        image,
        code,
        _maker.decode(code[None])[0],
        nearest_to(code, _layout.codes, without=itself),
        nearest_to(place[: _layout.comparable.shape[1]], _layout.comparable, without=itself),
    )


@kept(256)
def _own(layout: str, digest: str, _given: Given, _maker: Coder, _layout: Layout) -> Own:
    """The visitor's own image on the map."""
    code = _maker.encode(_given.image[None])
    place, near = map_layouts.place(_layout, code[0])
    return Own(place, as_bytes(_given.image), as_bytes(_maker.decode(code)[0]), near)


def _draw(
    given: Given, maker: Coder, layout: Layout, names: Sequence[str], pick: Pick, running: Live | None
) -> MapFilm | None:
    """The map itself; gives the film that belongs to it."""
    samples = sample(given.dataset)
    axes = texts("latent_map.axes").get(layout.method or f"code{maker.size}")
    film = None
    if running and running.film:
        film = MapFilm(
            layout.name,
            running.film.iterations.tolist(),
            running.exaggerated,
            st.query_params.get("iter", ""),
        )
    shares = None
    if layout.method is not None and state.get(controls.COLOUR) == "kept":
        shares = faithfulness_of(layout.name, layout).kept
    whose = "own" if given.example is None else "example"
    atlas(
        "latent-map",
        {**texts("latent_map.atlas"), "own": t(f"latent_map.own.{whose}")},
        f"thumbnails {given.dataset}",
        _answers_name(maker),
        layout.name,
        layout.places,
        samples.labels,
        names,
        own=_own(layout.name, given.digest, given, maker, layout),
        picked=pick.point,
        links=pick.by_code.tolist(),
        members=controls.surrounded(),
        shares=shares,
        axes=(axes["x"], axes["y"]) if axes and layout.places.shape[1] == 2 else None,
        film=film,
        on_pick=controls.pick,
        on_group=controls.surround,
    )
    return film


@lru_cache(maxsize=2)
def _thumbnails(dataset: DatasetName) -> str:
    return thumbnails_image(sample(dataset).images)


def _answers_name(maker: Coder) -> str:
    return f"answers {map_layouts.codes_of(maker)[1]}"


@pooled(16)  # half a second for each size of code
def _answers(maker: Coder) -> str:
    """What the network redraws of each image of the sample."""
    return thumbnails_image(as_bytes(maker.decode(map_layouts.codes_of(maker)[0])), quality=60)
