"""How the layers bend the plane, until a line is enough."""

import hashlib
from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard import palette
from dashboard.datasets.plane import Split
from dashboard.network.bending import Bending, staged
from dashboard.network.bending import bend as carried
from dashboard.network.settings import Settings
from dashboard.network.training import Film
from dashboard.network.views.board import class_colours
from dashboard.network.views.runs import film
from dashboard.ui import bets
from dashboard.ui.component import component, opened, packed
from dashboard.ui.language import current, number, percent, t, texts

_DRAWN = 400  # points of the training part, and of the test part, that are drawn at most


def bend(settings: Settings, split: Split, awaited: bool) -> None:
    """Train if need be; then the paper and the points, layer after layer, and the cut, unless a bet on it is
    awaited."""
    run = film(settings, split)
    if run.diverged_at is not None:
        rate = number(settings.learning_rate, 4)
        st.warning(t("network.run.diverged", epoch=run.diverged_at, rate=rate))
    drawn = _thinned(split)
    bent = carried(run.weights[-1], settings, run.sizes, drawn)
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        _film(settings, drawn, bent, cut=not awaited)
    with right:
        bets.result().markdown(verdict(settings, split, run))
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


def _film(settings: Settings, split: Split, bent: Bending, cut: bool) -> None:
    """The paper and the points, moved by the browser from one stage to the next."""
    names = texts("network.bend")
    stages = [names["plane"], *(t("network.bend.layer", layer=k + 1) for k in range(len(settings.hidden)))]
    shown = staged(bent, settings.inputs, split)
    if len(shown.paper) > len(stages):  # the inputs bend the plane first
        stages.insert(1, names["inputs"])
    paper, points = packed(shown.paper), packed(shown.points)
    component("bend")(
        key="bend",
        data={
            "lang": current(),
            "text": {**names, "test_points": t("network.board.test_points")},
            "stages": stages,
            "paper": paper,
            "lines": shown.paper.shape[1],
            "points": points,
            "line": packed(shown.line) if cut and shown.line is not None else None,
            "targets": packed(np.concatenate([split.train_targets, split.test_targets])),
            "tested": len(split.test_targets),
            "names": [t("network.board.class", k=k + 1) for k in range(split.classes)] or [names["value"]],
            "film_id": hashlib.sha256((paper + points).encode()).hexdigest()[:16],
            "start": opened("stage"),
            "colours": {
                **palette.SIGNS,
                "classes": class_colours(split.classes),
            },
        },
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
