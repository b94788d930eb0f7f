"""t-SNE computed for the visitor, with progress, a way to stop it, and the film of how it went."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.latent import map_layouts, tsne
from dashboard.latent.coders import Coder
from dashboard.latent.map_layouts import Layout
from dashboard.latent.tsne import TsneFilm
from dashboard.latent.views.map.controls import PERPLEXITY
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.interrupt import stoppable, waiting
from dashboard.ui.language import percent, t

Run = tuple[str, float]  # whose codes, perplexity

_STOPPED = "latent.map.stopped"  # session key: a film that the visitor stopped, and of which run
_ASKED = "latent.map.asked"  # session key: the run to start


@dataclass(frozen=True)
class Live:
    """A map in the making: its `film`, None before it has begun."""

    layout: Layout
    film: TsneFilm | None
    exaggerated: int = tsne.EXAGGERATED


@lru_cache(maxsize=24)
def _done(run: Run) -> list[TsneFilm]:
    """Holds the finished film of a run, for all visitors: empty until there is one."""
    return []


def live(maker: Coder) -> Live:
    """Run t-SNE, or draw the button that does; give the map as far as it got."""
    place = st.container(horizontal=True, vertical_alignment="center")
    perplexity = state.get(PERPLEXITY)
    codes, name = map_layouts.codes_of(maker)
    run = (name, perplexity)
    finished = _done(run)
    stopped = st.session_state.get(_STOPPED)
    film = finished[0] if finished else stopped[1] if stopped and stopped[0] == run else None
    asked = st.session_state.pop(_ASKED, None) == run
    if film is None and (stoppable() or asked):
        film = _run(run, codes, place)
    if film is None or film.stopped:
        name = "start" if film is None else "again"
        place.button(
            t(f"latent_map.live.{name}"),
            icon=":material/play_arrow:",
            type="primary",
            key="map-live-start",
            on_click=callback(_ask),
            args=(run,),
        )
        if film is None:
            place.markdown(t("latent_map.live.before"))
        else:
            place.markdown(t("latent_map.live.stopped", n=int(film.iterations[-1])))
    key = f"{name} live {perplexity:g}"
    if film is None:
        return Live(Layout(f"{key} start", codes, tsne.beginning(codes), "live"), None)
    key = f"{key} {film.iterations[-1]}"
    return Live(Layout(key, codes, film.layout, "live"), film)


def _ask(run: Run) -> None:
    st.session_state.pop(_STOPPED, None)
    st.session_state[_ASKED] = run


def _run(run: Run, codes: tsne.Array, place: DeltaGenerator) -> TsneFilm:
    """The film, as far as the visitor let it go."""
    began = time.perf_counter()
    with place:
        bar, stop = st.progress(0.0, t("latent_map.live.begin")), st.empty()
        if stoppable():
            stop.button(t("latent_map.live.stop"), key="map-live-stop")

    def progress(share: float) -> bool:
        spent = time.perf_counter() - began
        left = round(spent / share - spent)
        bar.progress(share, t("latent_map.live.progress", share=percent(share), left=left))
        return not waiting()

    film = tsne.run(codes, run[1], progress)
    if film.stopped:
        st.session_state[_STOPPED] = (run, film)
    else:
        _done(run)[:] = [film]
        bar.empty()
        stop.empty()
    return film
