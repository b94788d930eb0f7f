"""The same network from many random starts at once: how much of success is luck?"""

import hashlib
from collections import deque
from collections.abc import Hashable
from dataclasses import replace

import numpy as np
import streamlit as st
from PIL import Image
from streamlit.delta_generator import DeltaGenerator

from dashboard.datasets.plane import Split
from dashboard.network.figures import luck as figures
from dashboard.network.luck import EXAMPLE, SOLVED, STARTS, Luck, example, try_luck
from dashboard.network.settings import Settings
from dashboard.network.views import controls
from dashboard.network.views.runs import key_of
from dashboard.ui import bets, stage, state
from dashboard.ui.component import component, opened
from dashboard.ui.guard import callback
from dashboard.ui.heavy import Stop, heavy
from dashboard.ui.language import current, percent, t, texts
from dashboard.ui.recent import Recent
from dashboard.ui.thumbnails import webp

_KEY = "luck"
_BEST = 16  # boundaries laid over each other
_ASKED = "luck.asked"  # session key: what the visitor has asked to try
_results: Recent[Luck] = Recent(16)
_sheets: Recent[str] = Recent(16)


def luck(settings: Settings, split: Split) -> str | None:
    """What the starts answer, before they learn or while they do; then what became of them all.

    Returns:
        Which guess is right of how many succeed, once it is known.
    """
    # Draws 0 to 63, whichever the page shows: each can then be opened by its own number.
    settings = replace(settings, seed=0, stop_at=0.0)
    key = ("luck", key_of(settings, split))
    found = example() if settings == EXAMPLE else _results.get(key)
    left, right = st.columns(2)
    scene = left.empty()
    if found is None:
        asked = st.session_state.pop(_ASKED, None) == key
        with right:
            st.button(
                t("network.luck.start", n=STARTS),
                icon=":material/casino:",
                type="primary",
                key="luck-start",
                disabled=asked,
                on_click=callback(_ask),
                args=(key,),
            )
            found = _try(settings, split, scene, key) if asked else None
    if found is not None:
        with right, bets.result():
            _outcome(found, split)
    with scene.container():
        _film(found or try_luck(replace(settings, epochs=0), split), split, key)
    if found is None:
        return None
    solved = float(found.solved.mean())
    return "a" if solved == 1 else "b" if solved > 0.5 else "c"


def _ask(key: Hashable) -> None:
    st.session_state[_ASKED] = key


def _try(settings: Settings, split: Split, scene: DeltaGenerator, key: Hashable) -> Luck:
    """Train all the starts, seen in ``scene``."""
    latest: deque[np.ndarray] = deque(maxlen=1)  # maps that are not on screen yet
    theme = st.context.theme.type or "light"

    def watched(share: float) -> None:
        if latest:
            scene.image(figures.grid(latest.pop()[None], split.classes, theme), width="stretch")

    return heavy(
        _results,
        key,
        lambda progress: try_luck(settings, split, progress=progress, shown=latest.append),
        Stop(watched=watched),
        "luck",
    )


def _film(result: Luck, split: Split, key: Hashable) -> None:
    """The tiles, moment by moment; a click opens the film of that start."""
    theme = st.context.theme.type or "light"
    sheet = _sheets.get((key, theme, len(result.epochs)))
    if sheet is None:
        sheet = webp(Image.fromarray(figures.grid(result.output, split.classes, theme)))
        _sheets.put((key, theme, len(result.epochs)), sheet)
    component("luck")(
        key=_KEY,
        data={
            "lang": current(),
            "text": {**texts("network.luck"), "player": texts("network.board.player")},
            "sheet": sheet,
            "columns": figures.COLUMNS,
            "seeds": result.seeds.tolist(),
            "epochs": result.epochs.tolist(),
            "scores": (100 * result.test_score.T).round(1).tolist(),
            "solved": result.solved.T.tolist(),
            "colour": figures.SOLVED_INK,
            "film_id": hashlib.sha256(repr((key, len(result.epochs))).encode()).hexdigest()[:16],
            "start": opened("epoch"),
        },
        on_opened_change=callback(_picked),
    )


def _outcome(result: Luck, split: Split) -> None:
    """In words, and how the scores and the answers spread."""
    ranking, scores = result.ranking, result.test_score[:, -1]
    text, theme = texts("network.luck"), st.context.theme.type or "light"
    st.markdown(_summary(result))
    with st.container(horizontal=True):
        for name, start in (("best", ranking[0]), ("worst", ranking[-1])):
            seed = int(result.seeds[start])
            label = t(f"network.luck.{name}", seed=seed, score=percent(scores[start], 1))
            st.button(
                label, icon=":material/movie:", key=f"luck-{name}", on_click=callback(_open), args=(seed,)
            )
    stage.chart(
        figures.score_histogram(scores, SOLVED, theme, text, current()), text["scores_alt"], "luck-scores"
    )
    stage.chart(
        figures.overlaid(result.output[-1, ranking], _BEST, split.classes, theme, text, current()),
        text["overlaid_alt"],
        "luck-overlaid",
    )
    st.caption(text["overlaid_help"])


def _summary(result: Luck) -> str:
    scores = result.test_score[:, -1]
    parts = [
        t(
            "network.luck.share",
            solved=int(result.solved[:, -1].sum()),
            n=len(scores),
            share=percent(result.solved[:, -1].mean()),
            limit=percent(SOLVED),
        ),
        t(
            "network.luck.spread",
            best=percent(scores.max(), 1),
            middle=percent(float(np.median(scores)), 1),
            worst=percent(scores.min(), 1),
        ),
    ]
    lost = int(result.diverged.sum())
    if lost:
        parts.append(t("network.luck.diverged", lost=lost))
    if result.settings.initialisation == "zeros":
        parts.append(t("network.luck.zeros"))
    return " ".join(parts)


def _picked() -> None:
    seed = st.session_state[_KEY].get("opened")
    if isinstance(seed, (int, float)) and 0 <= seed < STARTS:
        _open(int(seed))


def _open(seed: int) -> None:
    """Show the film of that start."""
    state.put(controls.CONTROLS["seed"], seed)
    state.put(controls.VIEW, "points")
