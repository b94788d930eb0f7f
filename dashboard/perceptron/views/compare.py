"""All the learning rules on the same points."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from dashboard.perceptron import figures
from dashboard.perceptron.experiment import Experiment, Settings, experiment
from dashboard.perceptron.learning import RULES, misclassified
from dashboard.perceptron.views.board import axis_names, board_limit, class_names
from dashboard.ui import stage
from dashboard.ui.language import current, t, texts


def compare(settings: Settings) -> None:
    """The final lines, the errors per epoch and the counts of every rule."""
    results = {rule: experiment(replace(settings, rule=rule)) for rule in RULES}
    if any(result.run is None for result in results.values()):
        st.info(t("perceptron.verdict.one_class"))
        return
    text = texts("perceptron.plots")
    lines, errors = _charts(replace(settings, rule=""), current())
    left, right = st.columns(2)
    with left:
        stage.chart(lines, text["lines_alt"], "lines")
    with right:
        stage.chart(errors, text["errors_alt"], "errors")
        rows = [_row(rule, result) for rule, result in results.items()]
        st.table(rows, border="horizontal", hide_index=True, height=360)  # of a height, keys can scroll it


@lru_cache(maxsize=64)
def _charts(settings: Settings, language: str) -> tuple[Any, Any]:
    """The lines of all rules, and their errors, for all visitors; ``settings`` are those of every rule."""
    results = {rule: experiment(replace(settings, rule=rule)) for rule in RULES}
    curves = [_curve(rule, result) for rule, result in results.items()]
    text, data = texts("perceptron.plots"), results["rosenblatt"].data
    lines = figures.boundaries(
        data.points,
        data.labels,
        curves,
        board_limit(data),
        axis_names(settings.data),
        class_names(settings.data),
        text,
        language,
    )
    return lines, figures.errors_per_epoch(curves, text, language)


def _curve(rule: str, result: Experiment) -> figures.ErrorCurve:
    run = result.run
    assert run is not None
    before = misclassified(result.data.points, result.data.labels, run.answer[0]).sum()
    return figures.ErrorCurve(
        texts("perceptron.rules")[rule], np.insert(run.errors, 0, before), run.answer[-1]
    )


def _row(rule: str, result: Experiment) -> dict[str, str | int]:
    names, run = texts("perceptron.table"), result.run
    assert run is not None
    state = "diverged" if run.diverged else "converged" if run.converged else "running"
    return {
        names["rule"]: texts("perceptron.rules")[rule],
        names["errors"]: int(run.errors[-1]),
        names["updates"]: run.updates,
        names["epochs"]: len(run.errors),
        names["state"]: names[state],
    }
