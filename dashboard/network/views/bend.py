"""How the layers bend the plane, until a line is enough."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard.datasets.plane import Split
from dashboard.network.bending import Bending, paper_lines
from dashboard.network.bending import bend as carried
from dashboard.network.figures import points as figures
from dashboard.network.settings import Settings
from dashboard.network.training import Film
from dashboard.network.views.runs import film
from dashboard.plots import CONFIG
from dashboard.ui.language import current, number, percent, t, texts

_DRAWN = 400  # points of the training part, and of the test part, that are drawn at most
_PLANE = ("x1", "x2")


def bend(settings: Settings, split: Split) -> None:
    """Train if need be; then the paper and the points, layer after layer."""
    run = film(settings, split)
    if run.diverged_at is not None:
        rate = number(settings.learning_rate, 4)
        st.warning(t("network.run.diverged", epoch=run.diverged_at, rate=rate))
    st.markdown(verdict(settings, split, run))
    drawn = _thinned(split)
    bent = carried(run.weights[-1], settings, run.sizes, drawn)
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        figure = _figure(settings, drawn, bent)
        st.plotly_chart(figure, config=CONFIG, alt=t("network.bend.alt"), key="bend")
    with right:
        st.markdown("\n".join(f"- {note}" for note in _notes(settings, bent)))


def verdict(settings: Settings, split: Split, run: Film) -> str:
    """In words: what a straight cut gets right after the last layer."""
    train, test = float(run.train_score[-1]), float(run.test_score[-1])
    trained, tested = len(split.train_points), len(split.test_points)
    values = {
        "layer": len(settings.hidden),
        "n": split.classes,
        "train": percent(train, 1),
        "test": percent(test, 1),
        "share": percent((train * trained + test * tested) / (trained + tested), 1),
    }
    if not settings.hidden:
        return t("network.bend.nothing") + " " + t(f"network.bend.flat_{split.task}", **values)
    if split.task == "values":
        return t("network.bend.values", **values)
    if split.classes > 2:
        return t("network.bend.several", **values)
    return t("network.bend.line" if settings.hidden[-1] <= 2 else "network.bend.cut", **values)


def _notes(settings: Settings, bent: Bending) -> list[str]:
    """What the picture leaves out."""
    names = texts("network.bend")
    notes = [names["how"]]
    for layer, basis in enumerate(bent.bases):
        if len(basis.centre) > 2:
            place = names["inputs"] if layer == 0 else t("network.bend.layer", layer=layer)
            notes.append(
                t("network.bend.kept", place=place, d=len(basis.centre), share=percent(basis.kept, 1))
            )
    if settings.hidden and settings.activation == "linear":
        notes.append(names["linear"])
    return notes


def _figure(settings: Settings, split: Split, bent: Bending) -> figures.go.Figure:
    paper, points = bent.paper, bent.points
    stages = [t("network.bend.layer", layer=k + 1) for k in range(len(settings.hidden))]
    names = texts("network.bend")
    if settings.inputs == _PLANE:
        stages = [names["plane"], *stages]
    else:  # the inputs bend the plane first
        places = np.concatenate([split.train_points, split.test_points])
        paper, points = np.concatenate([paper_lines()[None], paper]), np.concatenate([places[None], points])
        stages = [names["plane"], names["inputs"], *stages]
    targets = np.concatenate([split.train_targets, split.test_targets])
    classes = [t("network.board.class", k=k + 1) for k in range(split.classes)] or [names["value"]]
    return figures.bent_plane(
        paper,
        points,
        figures.groups(targets, len(split.test_targets), split.classes, classes),
        bent.line,
        stages,
        st.context.theme.type or "light",
        names,
        current(),
    )


def _thinned(split: Split) -> Split:
    """Few enough points for a phone to move."""
    return replace(
        split,
        train_points=split.train_points[:_DRAWN],
        train_targets=split.train_targets[:_DRAWN],
        test_points=split.test_points[:_DRAWN],
        test_targets=split.test_targets[:_DRAWN],
    )
