"""The network's board: its drawing, its answer and the film of its training."""

import hashlib
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from dashboard import palette
from dashboard.datasets import plane, points
from dashboard.datasets.plane import Split
from dashboard.network import export
from dashboard.network.luck import stuck
from dashboard.network.settings import (
    MAX_LAYERS,
    MAX_WIDTH,
    Settings,
    count_multiplications,
    count_parameters,
    layer_sizes,
    to_json,
)
from dashboard.network.training import Film
from dashboard.network.views import controls
from dashboard.network.views.runs import film
from dashboard.ui import own_points, stage, state
from dashboard.ui.component import component, opened, packed
from dashboard.ui.guard import callback
from dashboard.ui.language import current, number, percent, t, texts

_KEY = "network_board"
_MORE = 200  # epochs that one press of « go on » adds
_SCALE = 5.0  # the visitor's points in [-1.2, 1.2] spread over the square


def board(settings: Settings, split: Split | None) -> None:
    """Train if need be, and show the film."""
    if split is None:
        st.info(t("network.board.few"))
        split = _untrained()
        run = None
    else:
        run = film(settings, split)
        _verdict(settings, run)
    component("network")(
        key=_KEY,
        data=payload(settings, split, run),
        on_points_change=callback(lambda: own_points.keep(st.session_state[_KEY].get("points"))),
        on_dice_change=callback(lambda: state.roll(controls.CONTROLS["seed"])),
        on_hidden_change=callback(lambda: _resize(st.session_state[_KEY].get("hidden"))),
    )
    if run is not None:
        _after(settings, split, run)
    taken = _as_points(split)
    own_points.own_points(controls.CONTROLS["data"], None if taken is None else lambda: taken)


def payload(settings: Settings, split: Split, run: Film | None) -> dict[str, Any]:
    """What the browser needs: weights frame by frame, curves, points; it works out all the maps itself."""
    sizes = layer_sizes(settings, split.outputs)
    weights = np.zeros((1, count_parameters(sizes)), np.float32) if run is None else run.weights
    curves = (
        [np.zeros(1)] * 4 if run is None else [run.train_loss, run.test_loss, run.train_score, run.test_score]
    )
    film_weights = packed(weights)
    own = None
    if settings.data == own_points.OWN:
        chosen = points.unpack(state.get(own_points.POINTS))
        own = [
            [x * _SCALE, y * _SCALE, int(label)]
            for (x, y), label in zip(chosen.points, chosen.labels, strict=True)
        ]
    names = texts("network.inputs")
    return {
        "lang": current(),
        "text": texts("network.board"),
        "text_cost": t(
            "network.board.cost",
            parameters=number(count_parameters(sizes)),
            multiplications=number(count_multiplications(sizes)),
        ),
        "colours": {
            **palette.SIGNS,
            "classes": class_colours(split.classes),
        },
        "sizes": list(sizes),
        "inputs": list(settings.inputs),
        "input_names": [names[slug] for slug in settings.inputs],
        "activation": settings.activation,
        "task": split.task,
        "classes": split.classes,
        "extent": plane.EXTENT,
        "curve": settings.data == "curve",
        "max_layers": MAX_LAYERS,
        "max_width": MAX_WIDTH,
        "scale": _SCALE,
        "stuck": t("network.board.stuck", score=percent(run.test_score[-1])) if run and stuck(run) else None,
        "dice": controls.CONTROLS["seed"].param not in state.hidden(),
        "editable_net": controls.CONTROLS["hidden"].param not in state.hidden(),
        "epochs": [0] if run is None else run.frame_epochs.tolist(),
        "weights": film_weights,
        "film_id": hashlib.sha256((film_weights + settings.data).encode()).hexdigest()[:16],
        "curves": [packed(curve) for curve in curves],
        "train": {"points": packed(split.train_points), "targets": packed(split.train_targets)},
        "test": {"points": packed(split.test_points), "targets": packed(split.test_targets)},
        "own": own,
        "start": opened("epoch"),
    }


def class_colours(classes: int) -> list[str]:
    """Two classes are -1 and +1 of the diverging palette; more take the qualitative palette."""
    return [palette.ORANGE, palette.BLUE] if classes <= 2 else list(palette.CLASSES[:classes])


def _untrained() -> Split:
    """The visitor's points while they are too few to train on."""
    own = points.unpack(state.get(own_points.POINTS))
    return Split(
        own.points * _SCALE, (own.labels > 0).astype(float), np.empty((0, 2)), np.empty(0), "classes", 2
    )


def _resize(widths: Any) -> None:
    """Layers as the visitor's buttons ask for."""
    if isinstance(widths, list) and len(widths) <= MAX_LAYERS:
        state.put(controls.CONTROLS["hidden"], tuple(int(np.clip(width, 1, MAX_WIDTH)) for width in widths))


def _as_points(split: Split) -> points.PointSet | None:
    """Examples of two classes as the visitor may take them over; other tasks have no such form."""
    if split.classes != 2:
        return None
    places = np.concatenate([split.train_points, split.test_points]) / _SCALE
    classes = np.concatenate([split.train_targets, split.test_targets])
    return points.PointSet(places, np.where(classes > 0, 1, -1))


def _verdict(settings: Settings, run: Film) -> None:
    if run.diverged_at is not None:
        st.warning(t("network.run.diverged", epoch=run.diverged_at, rate=number(settings.learning_rate, 4)))
    elif run.reached_at is not None:
        st.success(t("network.run.reached", epoch=run.reached_at))


def _after(settings: Settings, split: Split, run: Film) -> None:
    """What the score means, going on, and what can be taken away."""
    st.caption(t(f"network.board.score_{split.task}"))
    with st.container(horizontal=True):
        control = controls.CONTROLS["epochs"]
        if run.diverged_at is None and run.reached_at is None and settings.epochs < control.high:
            st.button(
                t("network.run.more", n=_MORE),
                icon=":material/fast_forward:",
                on_click=callback(lambda: state.put(control, min(control.high, settings.epochs + _MORE))),
            )
        stage.download(
            t("network.take.json"), to_json(settings), "network.json", icon=":material/data_object:"
        )
        stage.download(
            t("network.take.script"),
            partial(export.script, settings, split, run.epochs),
            "network.py",
            icon=":material/code:",
        )
