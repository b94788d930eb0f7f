"""Mixing: from one sample to another, from one request to another, as films."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.generation import animation
from dashboard.generation.batches import Batch
from dashboard.generation.sampling import Request, Settings, between, morph
from dashboard.generation.understood import MOST
from dashboard.generation.views import controls
from dashboard.generation.views.ask import ask, parts, understood
from dashboard.generation.views.reading import described, say
from dashboard.generation.views.settings import settings
from dashboard.generation.views.watch import made
from dashboard.ui import bets, stage, state
from dashboard.ui.denoise import Panel, denoise
from dashboard.ui.heavy import pooled
from dashboard.ui.language import percent, t, texts
from dashboard.ui.thumbnails import thumbnails

MIX = state.Choice("mix", ("requests", "samples"), "requests")
FIRST = state.Number("a", 1, MOST, 1, 1, clamped=True)
SECOND = state.Number("b", 1, MOST, 1, 3, clamped=True)
_SHARES = np.linspace(0.0, 1.0, 31)
_STRIP = 11
_TOGETHER = 9
_LEAST = 6


def mix() -> None:
    """The view: requests, and the film from one end to the other."""
    scene, side = stage.split(7, 4)
    with side:
        kind = state.segmented(MIX, t("generation.mix.kind"), texts("generation.mix.kinds"))
        batch = ask(compact=True)
        other = _other(batch) if kind == "requests" else None
        batch = settings(batch)
    request = batch.parts[0][0]
    with scene, bets.result():
        if kind == "samples":
            _samples(batch, request)
        elif other is not None:
            _requests(batch, request, other)


# ---------------------------------------------------------------- two samples


def _samples(batch: Batch, request: Request) -> None:
    how = batch.settings(max(batch.parts[0][1], _LEAST))
    generated = made(Batch(((request, how.count),), how.steps, how.sampler, how.guidance, how.seed))
    pictures = np.rint(255 * generated.images).astype(np.uint8)
    names = [t("generation.mix.sample", n=k + 1) for k in range(how.count)]
    ends = []
    for slug, control in (("a", FIRST), ("b", SECOND)):
        chosen = (int(state.get(control)) - 1) % how.count
        st.markdown(t(f"generation.mix.{slug}", n=chosen + 1))
        thumbnails(
            f"generation_mix_{slug}",
            t(f"generation.mix.choose_{slug}"),
            pictures,
            names,
            chosen,
            partial(_choose, control),
            columns=9,
        )
        ends.append(chosen)
    frames = _morphed(request, how, *ends)
    faded = (1 - _SHARES)[:, None, None] * frames[0] + _SHARES[:, None, None] * frames[-1]
    text = texts("generation.mix")
    _film(
        [
            Panel(text["morph"], text["morph_alt"], frames[:, None]),
            Panel(text["fade"], text["fade_alt"], faded[:, None]),
        ],
        [t("generation.mix.point")],
        1,
    )
    _strip(frames)
    st.markdown(t("generation.mix.samples_how"))


def _choose(control: state.Number, place: int) -> None:
    state.put(control, place + 1)


@pooled(32)
def _morphed(request: Request, how: Settings, first: int, second: int) -> NDArray[np.float32]:
    return morph(first, second, _SHARES, request, how)


# ---------------------------------------------------------------- two requests


def _other(batch: Batch) -> Request | None:
    """The second request; none if it is about another kind of things."""
    first = batch.parts[0][0]
    example = texts("generation.mix.examples")[first.dataset]
    found = understood(controls.words(controls.OTHER_WORDS, t("generation.mix.other"), example))
    say(found)
    request = (parts(found) or parts(understood(example)))[0][0]
    if request.dataset != first.dataset:
        st.info(t("generation.mix.kinds_differ"), icon=":material/help:")
        return None
    return request


def _requests(batch: Batch, first: Request, second: Request) -> None:
    how = batch.settings(_TOGETHER)
    frames = _between(first, second, how)
    title = t("generation.mix.from_to", first=_plain(first), second=_plain(second))
    names = [t("generation.mix.sample", n=k + 1) for k in range(_TOGETHER)]
    _film([Panel(title, t("generation.mix.between_alt"), frames)], names, 3)
    _strip(frames[:, 0])
    st.markdown(t("generation.mix.requests_how"))


@pooled(32)
def _between(first: Request, second: Request, how: Settings) -> NDArray[np.float32]:
    return between(first, second, _SHARES, how)


def _plain(request: Request) -> str:
    return described(request).replace("**", "")


# ---------------------------------------------------------------- both


def _film(panels: list[Panel], names: list[str], columns: int) -> None:
    moments = [t("generation.mix.moment", share=percent(float(share))) for share in _SHARES]
    text = {**texts("generation.watch"), "point": t("generation.mix.point"), "next": t("generation.mix.next")}
    denoise("generation_mix", panels, columns, moments, names, text, param="share")


def _strip(frames: NDArray[np.float32]) -> None:
    places = np.linspace(0, len(frames) - 1, _STRIP).round().astype(int)
    st.image(
        animation.grid(frames[places], _STRIP),
        width="stretch",
        caption=t("generation.mix.strip"),
        alt=t("generation.mix.strip"),
    )
    stage.download(
        t("generation.take.gif"),
        lambda: animation.film(np.concatenate([frames, frames[-2:0:-1]])[:, None], 1, "gif"),
        "generation-mix.gif",
        key="generation.take.mix",
    )
