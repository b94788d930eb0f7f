"""Comparing: the same request by four means and by reality; which are real? and is it a copy?"""

from typing import cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import DatasetName
from dashboard.datasets.shipped import DatasetError
from dashboard.generation import animation, baselines, nearest
from dashboard.generation.baselines import METHODS, Method
from dashboard.generation.batches import Batch
from dashboard.generation.measures import read
from dashboard.generation.sampling import Request, Settings
from dashboard.generation.views.ask import ask
from dashboard.generation.views.reading import described
from dashboard.generation.views.settings import settings
from dashboard.generation.views.watch import made
from dashboard.ui import bets, stage, state
from dashboard.ui.heavy import pooled
from dashboard.ui.language import current, mark, number, percent, t, texts
from dashboard.ui.real_or_not import real_or_not
from dashboard.ui.verdict import sentence

_ROW = 8
_TILES = 12
_SOURCES = ("real", *METHODS)
# Which are real? "fair": all images by the same decoder, the real ones matched; "decoder": real images as
# they are, whatever their attributes, so that the decoder's hand gives the others away.
GAMES: dict[str, tuple[tuple[str, int], ...]] = {
    "fair": (("matched", 6), ("flow", 6)),
    "decoder": (("real", 6), ("flow", 4), ("vae", 2)),
}
GAME = state.Choice("game", tuple(GAMES), "fair")
ROUND = state.Number("round", 0, 9999, 1, 0, clamped=True)


def compare() -> None:
    """The view: a request; rows, a game and the nearest training images."""
    scene, side = stage.split(7, 4)
    with side:
        batch = settings(ask(compact=True))
        request = batch.parts[0][0]
        if len(batch.parts) > 1:
            st.caption(t("generation.compare.first_only", name=described(request)))
    with scene:
        _game(request, batch)  # before the others are seen with their names
        with bets.result():
            _rows(request, batch)
            _neighbours(request, batch)


# ---------------------------------------------------------------- side by side


def _rows(request: Request, batch: Batch) -> None:
    st.subheader(t("generation.compare.title", name=described(request).replace("**", "")), anchor=False)
    text = texts("generation.compare.methods")
    for source, images, hits in _drawn(request, batch.settings(_ROW)):
        st.markdown(f"**{text[source]['name']}** : {text[source]['how']}")
        st.image(
            animation.grid(images, _ROW),
            width="stretch",
            caption=_read_as(hits if batch.asked else None, len(images)),
            alt=t("generation.compare.row_alt", method=text[source]["name"]),
        )


def _read_as(hits: int | None, n: int) -> str | None:
    if hits is None:
        return None
    return t("generation.compare.read", hits=hits, n=n)


@pooled(32)
def _drawn(request: Request, how: Settings) -> list[tuple[str, NDArray[np.float32], int | None]]:
    """Source, images and how many are read as asked, of each source."""
    found = []
    for source in _SOURCES:
        images = _images(source, request, how)
        hits = None
        if request.label is not None:
            hits = int((read(request.dataset, images).labels == request.label).sum())
        found.append((source, images, hits))
    return found


def _images(source: str, request: Request, how: Settings) -> NDArray[np.float32]:
    if source == "real":
        return baselines.real(request, how)
    if source == "matched":
        return baselines.matched(request, how)
    return baselines.draw(cast(Method, source), request, how)


# ---------------------------------------------------------------- which are real?


def _game(request: Request, batch: Batch) -> None:
    st.subheader(t("generation.game.title"), anchor=False)
    game = state.segmented(GAME, t("generation.game.which"), texts("generation.game.games"))
    real = GAMES[game][0]
    st.markdown(t(f"generation.game.intro.{game}", n=_TILES, real=real[1]))
    turn = int(state.get(ROUND))
    images, sources = _mixed(request, batch.settings(_TILES), turn, GAMES[game])
    real_or_not(
        "generation_game",
        images,
        [texts("generation.game.sources")[source] for source in sources],
        [source == real[0] for source in sources],
        texts("generation.game"),
        lambda: state.put(ROUND, (turn + 1) % 10_000),
    )


@pooled(32)
def _mixed(
    request: Request, how: Settings, turn: int, shares: tuple[tuple[str, int], ...]
) -> tuple[NDArray[np.float32], list[str]]:
    """Images and where each is from: so many of each source, mixed."""
    shuffled = np.random.default_rng([turn, 4])
    how = Settings(_TILES, how.steps, how.sampler, how.guidance, how.seed + 10_000 + turn)
    sources = [source for source, count in shares for _ in range(count)]
    drawn = {source: _images(source, request, how) for source in set(sources)}
    images = np.stack([drawn[source][k] for k, source in enumerate(sources)])
    order = shuffled.permutation(_TILES)
    return images[order], [sources[k] for k in order]


# ---------------------------------------------------------------- a copy?


def _neighbours(request: Request, batch: Batch) -> None:
    st.subheader(t("generation.near.title"), anchor=False)
    st.markdown(t("generation.near.intro"))
    generated = made(Batch(((request, _ROW),), batch.steps, batch.sampler, batch.guidance, batch.seed))
    try:
        found = _nearest(request.dataset, generated.films[0].codes[-1].tobytes(), _ROW)
    except DatasetError:
        st.info(t("generation.near.missing"))
        return
    names = class_names(request.dataset, current())
    st.image(
        animation.grid(np.concatenate([generated.images, found.images]), _ROW),
        width="stretch",
        caption=t("generation.near.caption"),
        alt=t("generation.near.alt"),
    )
    st.markdown(
        t(
            "generation.near.verdict",
            least=number(float(found.distances.min()), 3),
            share=percent(float(np.median(found.closer_than))),
            real=percent(_usual(request.dataset, request.label)),
        )
    )
    st.caption(
        t(
            "generation.near.read",
            list=" · ".join(
                f"{k + 1}{mark(':')}{sentence(answer, request.dataset, names)}"
                for k, answer in enumerate(generated.answers)
            ),
        )
    )


@st.cache_data(max_entries=22, show_spinner=False)
def _usual(dataset: DatasetName, label: int | None) -> float:
    return nearest.usual_closeness(dataset, label)


@st.cache_resource(max_entries=64, show_spinner=False)
def _nearest(dataset: DatasetName, codes: bytes, n: int) -> nearest.Neighbours:
    return nearest.nearest(dataset, np.frombuffer(codes, np.float32).reshape(n, -1).copy())
