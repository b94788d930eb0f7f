"""The neuron's board: a learning run as a film, a line moved by hand, the visitor's own points."""

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from dashboard import palette
from dashboard.datasets import points as datasets
from dashboard.perceptron.experiment import Experiment, Settings, experiment
from dashboard.perceptron.learning import RULES, Run, Separability, misclassified
from dashboard.perceptron.views.controls import DICE, HAND, MOST
from dashboard.ui import own_points, state
from dashboard.ui.component import component, opened
from dashboard.ui.guard import callback
from dashboard.ui.language import current, t, texts


def board(settings: Settings, result: Experiment, by_hand: bool = False, begun: bool = False) -> None:
    """Draw the board. What the visitor does on it goes to the controls and so to the URL.

    Args:
        begun: the film stops after two thirds, before it shows whether learning comes to an end.
    """
    key = "perceptron_board"
    mode = "hand" if by_hand else "own" if settings.data == own_points.OWN else "learn"
    data = result.data
    limit = board_limit(data)
    text = texts("perceptron.board")
    film, film_id = _film(settings, current(), begun)
    payload: dict[str, Any] = {
        "lang": current(),
        "mode": mode,
        "colours": palette.SIGNS,
        "text": {**text, "next": ""} if begun else text,
        "axes": axis_names(settings.data),
        "classes": class_names(settings.data),
        "activation": RULES[settings.rule].activation,
        "points": _round(data.points),
        "labels": data.labels.tolist(),
        "images": None if data.images is None else base64.b64encode(data.images.tobytes()).decode(),
        "limit": limit,
        "film": film,
        "film_id": film_id,
        "start": opened("step"),
        "hand": state.get(HAND),
        "hand_limit": MOST,
        "most": datasets.MOST_OWN,
        "dice": _dice(settings),
        "machine": _machine(result),
        "meeting": None,
        "around": [],
    }
    if result.separability and result.separability.meeting is not None:
        payload["meeting"] = _round(result.separability.meeting)
        payload["around"] = list(result.separability.around)
    component("neuron")(
        key=key,
        data=payload,
        on_points_change=callback(lambda: own_points.keep(st.session_state[key].get("points"))),
        on_dice_change=callback(lambda: _roll(st.session_state[key].get("dice"))),
        on_hand_change=callback(lambda: state.put(HAND, _hand(st.session_state[key].get("hand")))),
    )


def _dice(settings: Settings) -> list[str]:
    """What the visitor may draw anew, unless a teacher hides its controls."""
    possible = ["start"] if settings.data == own_points.OWN else ["points", "start"]
    return [name for name in possible if not {control.param for control in DICE[name]} & set(state.hidden())]


def _roll(name: object) -> None:
    if name in DICE:
        state.roll(*DICE[str(name)])


@lru_cache(maxsize=256)
def _film(settings: Settings, language: str, begun: bool) -> tuple[dict[str, Any], str]:
    """The film of a run, or of its beginning, with its words in a language, and a name that it shares with no
    other."""
    result = experiment(settings)
    film = film_of(settings, result, board_limit(result.data), begun)
    return film, hashlib.sha256(json.dumps(film).encode()).hexdigest()[:16]


def axis_names(data: str) -> list[str]:
    """The names of the two measures."""
    names = texts("perceptron.axes")
    return names["digits"] if data.startswith("digits") else names.get(data, names["plane"])


def class_names(data: str) -> list[str]:
    """The names of the classes -1 and +1."""
    names = texts("perceptron.classes")
    return names.get(data, names["plane"])


def board_limit(data: datasets.PointSet) -> float:
    """Half the side of the square that holds all the points."""
    return max(1.2, round(1.06 * float(np.abs(data.points).max(initial=0)), 2))


def _round(values: Any, digits: int = 5) -> list[float]:
    return np.round(values, digits).ravel().tolist()


def film_of(settings: Settings, result: Experiment, limit: float, begun: bool = False) -> dict[str, Any]:
    """A run as the browser plays it: each update's step and the weights after it.

    A run that never comes to rest ends with the last frame whose line crosses the board (of half the side
    `limit`), so that a line stays to be seen. What has only
    ``begun`` is two thirds of it, and says nothing of an end.
    """
    run = result.run or _still(settings)
    shown = _with_a_line(run, limit)
    if begun:
        shown = max(1, 2 * shown // 3)
    same = run.weights is run.answer or np.array_equal(run.weights, run.answer)
    rule, text = RULES[settings.rule], texts("perceptron.board")
    return {
        "story": text["mistake" if rule.mistakes_only else rule.slug],
        "symbol": rule.symbol,
        "kept": None if same else text[rule.slug],
        "rate": settings.rate,
        "index": run.index[:shown].tolist(),
        "epoch": run.epoch[:shown].tolist(),
        "step": _round(run.step[:shown]),
        "weights": _round(run.weights[:shown]),
        "answer": None if same else _round(run.answer[:shown]),
        "converged": run.converged or begun,
        "diverged": run.diverged and not begun,
        "proof": _proof(settings, result.separability),
    }


def _proof(settings: Settings, facts: Separability | None) -> dict[str, Any] | None:
    """What the convergence theorem's two inequalities hold of, where it holds."""
    if facts is None or facts.separator is None or not RULES[settings.rule].mistakes_only:
        return None
    # The browser adds the margin up along a run: as many digits as it has.
    return {"separator": facts.separator.tolist(), "margin": facts.margin, "radius": facts.radius}


def _with_a_line(run: Run, limit: float) -> int:
    """How many frames to show."""
    if run.converged or run.diverged:
        return len(run.index)
    w1, w2, b = np.abs(run.answer).T
    seen = np.flatnonzero(b < limit * (w1 + w2))
    return int(seen[-1]) + 1 if len(seen) else len(run.index)


def _still(settings: Settings) -> Run:
    start = np.array([settings.initial])
    return Run(
        np.array([-1]), np.array([0]), np.zeros(1), start, start, np.array([], dtype=np.int64), False, False
    )


def _machine(result: Experiment) -> int:
    """How many points the rule's own answer misses."""
    if result.run is None:
        return 0
    return int(misclassified(result.data.points, result.data.labels, result.run.answer[-1]).sum())


def _hand(values: Any) -> tuple[float, float, float]:
    try:
        weights = tuple(float(np.clip(float(v), -MOST, MOST)) for v in values)
    except (TypeError, ValueError):
        return HAND.default
    return weights if len(weights) == 3 and np.isfinite(weights).all() else HAND.default


def verdict(settings: Settings, result: Experiment) -> None:
    """Whether a line can separate the classes, and what theory promises the rule."""
    facts, run = result.separability, result.run
    if facts is None or run is None:
        st.info(t("perceptron.verdict.one_class"))
        return
    if run.diverged:
        st.warning(t("perceptron.verdict.diverged", rate=settings.rate))
    if facts.separator is None:
        st.warning(
            t("perceptron.verdict.never", a=class_names(settings.data)[0], b=class_names(settings.data)[1])
        )
        return
    if not RULES[settings.rule].mistakes_only:
        st.success(t(f"perceptron.verdict.{settings.rule}"))
        return
    bound = facts.bound(settings.rate, settings.initial)
    name = "bound" if settings.initial == (0, 0, 0) else "bound_from"
    st.success(
        t("perceptron.verdict.separable", updates=run.updates)
        + " "
        + t(f"perceptron.verdict.{name}", bound=float(round(bound)))
        + " "
        + t("perceptron.verdict.numbers", radius=facts.radius, margin=float(round(facts.margin, 3)))
        + ("" if run.converged else " " + t("perceptron.verdict.unfinished"))
    )
