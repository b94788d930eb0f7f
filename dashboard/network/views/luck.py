"""The same network from many random starts at once: how much of success is luck?"""

from __future__ import annotations

import time
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from dashboard.datasets.plane import Split
from dashboard.network.figures import luck as figures
from dashboard.network.luck import SOLVED, STARTS, Luck, try_luck
from dashboard.network.settings import Settings
from dashboard.network.views import controls
from dashboard.network.views.runs import key_of
from dashboard.plots import CONFIG
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.interrupt import waiting
from dashboard.ui.language import current, percent, t, texts
from dashboard.ui.recent import Recent

_BEST = 16  # boundaries laid over each other
_ASKED = "luck.asked"  # session key: what the visitor has asked to try
_EVERY = 0.1  # seconds between two movements of the progress bar
_results: Recent[tuple[Luck, float]] = Recent(16)


def luck(settings: Settings, split: Split) -> None:
    """A button, since it takes seconds; then what became of all the starts."""
    # Draws 0 to 63, whichever the page shows: each can then be opened by its own number.
    settings = replace(settings, seed=0, stop_at=0.0)
    key = key_of(settings, split)
    found = _results.get(key)
    if found is None:
        running, place = st.session_state.pop(_ASKED, None) == key, st.empty()
        place.button(
            t("network.luck.start", n=STARTS),
            icon=":material/casino:",
            type="primary",
            key="luck-start",
            disabled=running,
            on_click=callback(_ask),
            args=(key,),
        )
        found = _try(settings, split) if running else None
        if found is None:
            return
        _results.put(key, found)
        place.empty()
    _show(*found, split, f"luck-{hash(key)}")


def _ask(key: Hashable) -> None:
    st.session_state[_ASKED] = key


def _try(settings: Settings, split: Split) -> tuple[Luck, float] | None:
    """Train all the starts and say how long it took; ``None`` if the visitor stopped it or went on."""
    began = shown = time.perf_counter()
    stopped = False
    with st.container(horizontal=True, vertical_alignment="center"):
        bar, stop = st.progress(0.0, t("network.luck.begin")), st.empty()
        stop.button(t("network.luck.stop"), key="luck-stop")

    def progress(share: float) -> bool:
        nonlocal shown, stopped
        now = time.perf_counter()
        if now - shown > _EVERY:
            shown, spent = now, now - began
            left = round(spent / share - spent)
            bar.progress(share, t("network.run.progress", share=percent(share), left=left))
            stopped = waiting()
        return not stopped

    result = try_luck(settings, split, progress=progress)
    bar.empty()
    stop.empty()
    return None if stopped else (result, time.perf_counter() - began)


def _show(result: Luck, seconds: float, split: Split, key: str) -> None:
    ranking, scores = result.ranking, result.test_score[:, -1]
    text, theme = texts("network.luck"), st.context.theme.type or "light"
    st.markdown(_summary(result, seconds))
    with st.container(horizontal=True):
        for name, start in (("best", ranking[0]), ("worst", ranking[-1])):
            seed = int(result.seeds[start])
            label = t(f"network.luck.{name}", seed=seed, score=percent(scores[start], 1))
            st.button(
                label, icon=":material/movie:", key=f"luck-{name}", on_click=callback(_open), args=(seed,)
            )
    left, right = st.columns(2)
    with left:
        hints = [
            t("network.luck.tile", seed=int(result.seeds[start]), score=percent(scores[start], 1))
            for start in ranking
        ]
        st.plotly_chart(
            figures.ranked_maps(
                result.output[ranking], result.solved[ranking], hints, split.classes, theme, text, current()
            ),
            config=CONFIG,
            alt=text["ranked_alt"],
            key=key,
            on_select=callback(lambda: _picked(key, result)),
            selection_mode="points",
        )
        st.caption(text["ranked_help"])
    with right:
        st.plotly_chart(
            figures.score_histogram(scores, SOLVED, theme, text, current()),
            config=CONFIG,
            alt=text["scores_alt"],
            key="luck-scores",
        )
        st.plotly_chart(
            figures.overlaid(result.output[ranking], _BEST, split.classes, theme, text, current()),
            config=CONFIG,
            alt=text["overlaid_alt"],
            key="luck-overlaid",
        )
        st.caption(text["overlaid_help"])


def _summary(result: Luck, seconds: float) -> str:
    scores = result.test_score[:, -1]
    parts = [
        t(
            "network.luck.share",
            solved=int(result.solved.sum()),
            n=len(scores),
            share=percent(result.solved.mean()),
            limit=percent(SOLVED),
        ),
        t(
            "network.luck.spread",
            best=percent(scores.max(), 1),
            middle=percent(float(np.median(scores)), 1),
            worst=percent(scores.min(), 1),
        ),
        t("network.luck.time", n=len(scores), epochs=result.settings.epochs, seconds=round(seconds, 1)),
    ]
    lost = int(result.diverged.sum())
    if lost:
        parts.append(t("network.luck.diverged", lost=lost))
    if result.settings.initialisation == "zeros":
        parts.append(t("network.luck.zeros"))
    return " ".join(parts)


def _picked(key: str, result: Luck) -> None:
    picked: list[Any] = st.session_state[key].selection.point_indices
    if picked:
        _open(int(result.seeds[result.ranking[picked[0]]]))


def _open(seed: int) -> None:
    """Show the film of that start."""
    state.put(controls.CONTROLS["seed"], seed)
    state.put(controls.VIEW, "points")
