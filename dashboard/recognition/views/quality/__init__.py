"""How good is the network? Counted on test images that it never learned from."""

import numpy as np
import streamlit as st

from dashboard import zoo
from dashboard.classifiers import classifier
from dashboard.recognition.figures import quality as figures
from dashboard.recognition.quality import Answers, calibration, interval, judged
from dashboard.recognition.views import controls
from dashboard.recognition.views.quality.images import images_of, one_of
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import callback, guarded
from dashboard.ui.language import current, number, percent, t, texts

_WORST = 12
_RING = "quality.ring"  # session key: which network's figure was made with which cell framed


def quality() -> str:
    """The view: a network, and no image of the visitor's; which guess of its errors is right."""
    model = controls.network()
    if classifier(model).dataset is None:
        with bets.result():
            _photos()
        return "c"  # by its authors' own figure
    with st.spinner(t("recognition_quality.waiting"), show_time=False):
        raw, answers = judged(model)
    with bets.result():
        _accuracy(model, answers)
        _confusion(model, answers)
        st.caption(t(f"recognition_quality.limits.{model}"))
        _calibration(model, raw, answers)
        _worst(model, answers)
    return "abc"[int(np.searchsorted([0.02, 0.1], 1 - answers.accuracy, side="right"))]


def _photos() -> None:
    """What is known of the photo network; its test photographs may not be passed on."""
    measured = zoo.card("photos").measured
    st.markdown(t("recognition_quality.photos"))
    st.markdown(
        t(
            "recognition_quality.photos_measured",
            images=number(classifier("photos").calibration.images / 2, 0),
            share=percent(measured["accuracy_enlarged"], 1),
            five=percent(measured["top5_enlarged"], 1),
        )
    )
    st.markdown(t("recognition_quality.photos_try"))
    with st.container(horizontal=True):
        for name in filter(lambda name: classifier(name).dataset, controls.MODELS):
            st.button(
                texts("recognition.models")[name],
                key=f"quality-{name}",
                on_click=callback(state.put),
                args=(controls.MODEL, name),
            )


def _accuracy(model: str, answers: Answers) -> None:
    n, right = len(answers.labels), int(answers.right.sum())
    low, high = (float(limit) for limit in interval(right, n))
    whole = zoo.card(classifier(model).weights).measured["accuracy"]
    st.markdown(
        t(
            "recognition_quality.accuracy",
            share=percent(answers.accuracy, 1),
            right=number(right, 0),
            n=number(n, 0),
            wrong=n - right,
            low=percent(low, 1),
            high=percent(high, 1),
            whole=percent(whole, 2),
        )
    )


# ---------------------------------------------------------------- what is taken for what


@st.fragment
@guarded
def _confusion(model: str, answers: Answers) -> None:
    names, counts = classifier(model).classes(current()), answers.confusion
    label, answer = _cell(answers)
    left, right = st.columns([3, 2], gap="medium")
    key = f"quality.confusion.{model}"

    def choose() -> None:
        points = st.session_state[key].selection.points
        if points:
            row, column = points[0]["customdata"]
            _choose((int(row), int(column)))

    with left:
        hover = [
            t("recognition_quality.cell_hover", name=names[i], answer=names[j], n=int(counts[i, j]))
            for i in range(len(names))
            for j in range(len(names))
        ]
        stage.chart(
            figures.confusion(
                counts,
                names,
                hover,
                _ringed(model, (label, answer)),
                st.context.theme.type or "light",
                texts("recognition_quality.figures"),
                current(),
            ),
            t("recognition_quality.confusion_alt"),
            key,
            choose,
        )
        st.caption(t("recognition_quality.confusion_help"))
    with right:
        _select(answers, names, (label, answer))
        found = answers.cell(label, answer)
        kind = "right" if label == answer else "wrong"
        if not len(found):
            kind = "empty"
        st.markdown(
            t(f"recognition_quality.cell_{kind}", name=names[label], answer=names[answer], n=len(found))
        )
        if len(found):
            images_of(model, f"cell.{label}.{answer}", answers, found)


def _decoded(text: str) -> tuple[int, int]:
    label, answer = (int(part) for part in text.split("_"))
    if not (0 <= label < 10 and 0 <= answer < 10):
        raise ValueError(text)
    return label, answer


CELL = state.Encoded("cell", _decoded, lambda cell: f"{cell[0]}_{cell[1]}")


def _cell(answers: Answers) -> tuple[int, int]:
    """The class and the answer that are looked at: the commonest mistake until one is chosen."""
    return state.get(CELL) or _mistakes(answers)[0]


def _choose(cell: tuple[int, int]) -> None:
    state.put(CELL, cell)


def _mistakes(answers: Answers) -> list[tuple[int, int]]:
    """All that is taken for something else, commonest first."""
    counts = answers.confusion.copy()
    found = [(i, j) for i, row in enumerate(counts) for j, count in enumerate(row) if count and i != j]
    return sorted(found, key=lambda cell: -counts[cell]) or [(0, 0)]


def _select(answers: Answers, names: tuple[str, ...], cell: tuple[int, int]) -> None:
    """The cells as a list, for the keyboard: mistakes first, then right answers."""
    counts = answers.confusion
    cells = [*_mistakes(answers), *((k, k) for k in range(len(names)))]
    if cell not in cells:
        cells.append(cell)
    widget = "quality.cell"
    st.session_state[widget] = cell
    st.selectbox(
        t("recognition_quality.choose"),
        cells,
        format_func=lambda one: t(
            "recognition_quality.cell", name=names[one[0]], answer=names[one[1]], n=int(counts[one])
        ),
        key=widget,
        on_change=callback(lambda: _choose(st.session_state[widget])),
    )


def _ringed(model: str, cell: tuple[int, int]) -> tuple[int, int]:
    """The cell framed when the figure was made: a click moves the frame in the browser, and a figure made
    anew for each would lose it."""
    known, ringed = st.session_state.get(_RING, ("", cell))
    if known != model:
        ringed = cell
        st.session_state[_RING] = (model, cell)
    return ringed


# ---------------------------------------------------------------- confidence


def _calibration(model: str, raw: Answers, answers: Answers) -> None:
    st.header(t("recognition_quality.calibration.title"), anchor=False)
    st.markdown(t("recognition_quality.calibration.intro"))
    temperature = classifier(model).calibration.temperature
    before, after = calibration(raw), calibration(answers)
    text = texts("recognition_quality.figures")
    curves = (
        [(text["before"], before)] if temperature == 1 else [(text["before"], before), (text["after"], after)]
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        stage.chart(
            figures.reliability(
                [(name, c.confidence, c.accuracy, c.low, c.high) for name, c in curves],
                st.context.theme.type or "light",
                text,
                current(),
            ),
            t("recognition_quality.calibration.alt"),
            f"quality.reliability.{model}",
        )
    with right:
        values = {
            "before": percent(before.error, 1),
            "after": percent(after.error, 1),
            "temperature": number(temperature, 2),
            "confidence": percent(float(raw.confidence.mean()), 1),
            "share": percent(raw.accuracy, 1),
        }
        shy = raw.confidence.mean() < raw.accuracy
        st.markdown(t(f"recognition_quality.calibration.{'shy' if shy else 'bold'}", **values))
        if temperature != 1:
            st.markdown(t("recognition_quality.calibration.temperature", **values))
        st.caption(t("recognition_quality.calibration.bins"))


# ---------------------------------------------------------------- worst errors


@st.fragment
@guarded
def _worst(model: str, answers: Answers) -> None:
    st.header(t("recognition_quality.worst.title"), anchor=False)
    st.markdown(t("recognition_quality.worst.intro"))
    found = answers.worst(_WORST)
    if len(found):
        one_of(model, "worst", answers, found)
