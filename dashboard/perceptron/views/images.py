"""A perceptron on whole images: its 64 weights, its mistakes, and one score taken apart."""

import hashlib
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import palette
from dashboard.perceptron import figures
from dashboard.perceptron.digits import DigitRun, learn_digits
from dashboard.ui import bets, stage, state
from dashboard.ui.component import component, opened, packed
from dashboard.ui.guard import guarded
from dashboard.ui.language import current, number, t, texts

_DIGITS = tuple(str(d) for d in range(10))
NEGATIVE = state.Choice("a", _DIGITS, "3")
POSITIVE = state.Choice("z", _DIGITS, "8")
SPLIT = state.Number("split", 0, 99, 1, 0)
IMAGE = state.Number("image", 1, 48, 1, 1)


def images(scene: DeltaGenerator, side: DeltaGenerator, bet: bets.Bet) -> None:
    """The weights as an image, the sheet of test images and the chosen one; the controls at the ``side``. The
    ``bet`` is on how many digits the neuron gets wrong."""
    names = texts("perceptron.controls")
    with side, stage.settings():
        negative = state.select(NEGATIVE, names["negative"], dict(zip(_DIGITS, _DIGITS, strict=True)))
        positive = state.select(POSITIVE, names["positive"], dict(zip(_DIGITS, _DIGITS, strict=True)))
        sliders = st.container()
    if negative == positive:
        scene.info(t("perceptron.images.same"))
        bet.settle(None)
    else:
        _learned(negative, positive, scene, sliders, bet)


@st.fragment  # of its own: its sliders redraw nothing of the choice of the digits
@guarded
def _learned(
    negative: str, positive: str, scene: DeltaGenerator, sliders: DeltaGenerator, bet: bets.Bet
) -> None:
    names = texts("perceptron.controls")
    with sliders:
        split = int(state.slider(SPLIT, names["split"], help=names["split_help"]))
        slider = st.container()
    run = learn_digits(int(negative), int(positive), split)
    with scene:
        _scene(run, negative, positive, split, slider)
    bet.settle("abc"[int(np.searchsorted([0.05, 0.15], run.wrong.mean(), side="right"))])


def _scene(run: DigitRun, negative: str, positive: str, split: int, slider: DeltaGenerator) -> None:
    """What there is to see of a run; ``slider``: where the test image that is taken apart is chosen."""
    text = texts("perceptron.plots")
    sheet, scores = _charts(negative, positive, split, current())
    left, right = st.columns(2)
    with left:
        _weights(negative, positive, split, text)
    with right, bets.result("sheet"):
        stage.chart(
            sheet,
            text["sheet_alt"],
            f"sheet-{negative}-{positive}-{split}",
            lambda: _choose(f"sheet-{negative}-{positive}-{split}"),
        )
    wrong = int(run.wrong.sum())
    bets.result("summary").markdown(
        t("perceptron.images.summary", wrong=wrong, tested=len(run.labels), a=negative, b=positive)
        + " "
        + t(
            "perceptron.images.learned" if run.converged else "perceptron.images.unlearned",
            n=run.training_size,
            errors=run.training_errors,
        )
    )
    left, right = st.columns(2)
    with left:
        _taken_apart(negative, positive, split, slider)
    with right, bets.result("scores"):
        stage.chart(scores, text["scores_alt"], "scores")


@lru_cache(maxsize=64)
def _charts(negative: str, positive: str, split: int, language: str) -> tuple[Any, Any]:
    """The sheet of test images and how the scores spread, for all visitors."""
    run = learn_digits(int(negative), int(positive), split)
    text, classes, shown = texts("perceptron.plots"), [negative, positive], int(IMAGE.high)
    return (
        figures.sheet(run.images[:shown], run.wrong[:shown], _answers(run, classes)[:shown], text, language),
        figures.score_histogram(run.scores, run.labels, classes, text, language),
    )


def _taken_apart(negative: str, positive: str, split: int, slider: DeltaGenerator) -> None:
    """The score of one test image as the sum of its pixels times their weights."""
    run, classes = learn_digits(int(negative), int(positive), split), [negative, positive]
    with slider:
        k = int(state.slider(IMAGE, texts("perceptron.controls")["image"])) - 1
    text, theme = texts("perceptron.plots"), st.context.theme.type or "light"
    products = run.images[k] * run.weights[-1]
    stage.chart(
        _decomposition(negative, positive, split, k, theme, current()), text["products_alt"], "products"
    )
    st.markdown(
        t(
            "perceptron.images.sum",
            plus=float(products[products > 0].sum()),
            minus=float(-products[products < 0].sum()),
            bias=number(run.bias),
            score=float(run.scores[k]),
            answer=classes[int(run.scores[k] > 0)],
            truth=classes[int(run.labels[k] > 0)],
        )
    )


@lru_cache(maxsize=256)
def _decomposition(negative: str, positive: str, split: int, k: int, theme: str, language: str) -> Any:
    run = learn_digits(int(negative), int(positive), split)
    text = texts("perceptron.plots")
    return figures.decomposition(run.images[k], run.weights[-1], theme, text, language)


def _weights(negative: str, positive: str, split: int, text: dict[str, str]) -> None:
    """The weights as an image, correction after correction."""
    film = _film(negative, positive, split)
    component("signed_film")(
        key="weights",
        data={
            "lang": current(),
            "text": {
                "title": text["weights_title"],
                "alt": text["weights_alt"],
                "frame": text["weights_frame"],
                "pixel": text["weights_pixel"],
                "player": texts("perceptron.board.player"),
                "next": t("perceptron.images.next"),
            },
            **film,
            "colours": palette.SIGNS,
            "param": "step",
            "start": opened("step"),
        },
    )


@lru_cache(maxsize=64)
def _film(negative: str, positive: str, split: int) -> dict[str, Any]:
    """The weights of a run as they travel."""
    weights = learn_digits(int(negative), int(positive), split).weights
    frames = packed(weights)
    return {
        "frames": frames,
        "size": [weights.shape[2], weights.shape[1]],
        "peak": float(np.abs(weights).max()),
        "film_id": hashlib.sha256(frames.encode()).hexdigest()[:16],
    }


def _answers(run: DigitRun, classes: list[str]) -> list[str]:
    return [
        t(
            "perceptron.images.tile",
            k=k + 1,
            answer=classes[int(s > 0)],
            truth=classes[int(y > 0)],
            score=float(s),
        )
        for k, (s, y) in enumerate(zip(run.scores, run.labels, strict=True))
    ]


def _choose(key: str) -> None:
    picked: list[Any] = st.session_state[key].selection.point_indices
    if picked:
        state.put(IMAGE, int(np.clip(picked[0] + 1, IMAGE.low, IMAGE.high)))
