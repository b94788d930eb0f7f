"""t-SNE computed for the visitor, with progress, a way to stop it, and the film of how it went."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.latent import map_layouts, tsne
from dashboard.latent.coders import Coder
from dashboard.latent.map_layouts import Layout
from dashboard.latent.tsne import TsneFilm
from dashboard.latent.views.map.controls import PERPLEXITY
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.heavy import Stop, heavy
from dashboard.ui.interrupt import fragment_alone
from dashboard.ui.language import t
from dashboard.ui.recent import Recent

Run = tuple[str, float]  # whose codes, perplexity

_STOPPED = "latent.map.stopped"  # session key: the run that the visitor stopped, and its film if it began
_ASKED = "latent.map.asked"  # session key: the run to start
_films: Recent[TsneFilm] = Recent(24)


@dataclass(frozen=True)
class Live:
    """A map in the making: its `film`, None before it has begun."""

    layout: Layout
    film: TsneFilm | None
    exaggerated: int = tsne.EXAGGERATED


def live(maker: Coder) -> Live:
    """Run t-SNE, or draw the button that does; give the map as far as it got."""
    place = st.container(horizontal=True, vertical_alignment="center")
    perplexity = state.get(PERPLEXITY)
    codes, name = map_layouts.codes_of(maker)
    run = (name, perplexity)
    halted, left = st.session_state.get(_STOPPED, (None, None))
    film = _films.get(("t-SNE", run)) or (left if halted == run else None)
    asked = st.session_state.pop(_ASKED, None) == run
    if film is None and halted != run and (fragment_alone() or asked):
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
    """The film of a whole run."""
    stop = Stop[TsneFilm](
        pressed=lambda: st.session_state.setdefault(_STOPPED, (run, None)),
        partly=lambda film: st.session_state.update({_STOPPED: (run, film)}),
    )
    return heavy(
        _films, ("t-SNE", run), lambda progress: tsne.run(codes, run[1], progress), stop, "t-SNE", place
    )
