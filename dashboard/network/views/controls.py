"""The controls of the page, each held by the URL, and the settings they make."""

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import numpy as np

from dashboard import palette
from dashboard.datasets import plane, points
from dashboard.datasets.plane import Split
from dashboard.network.luck import EXAMPLE
from dashboard.network.missions import STARTS
from dashboard.network.settings import (
    ACTIVATIONS,
    DATA,
    INITIALISATIONS,
    INPUTS,
    MAX_LAYERS,
    MAX_WIDTH,
    OPTIMISERS,
    Settings,
)
from dashboard.ui import stage, state
from dashboard.ui.control import of_settings
from dashboard.ui.data_choice import Picture, data_choice, dotted, plus
from dashboard.ui.language import t, texts
from dashboard.ui.own_points import OWN, POINTS

_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
_PICTURED = 160  # points of a data set's picture
_PENALTIES = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)


def _hidden(text: str) -> tuple[int, ...]:
    widths = () if text == "0" else tuple(int(part) for part in text[:99].split("-"))
    return tuple(min(max(width, 1), MAX_WIDTH) for width in widths[:MAX_LAYERS])


def _inputs(text: str) -> tuple[str, ...]:
    wanted = text.split(",")
    chosen = tuple(slug for slug in INPUTS if slug in wanted)
    if not chosen:
        raise ValueError("no known input")
    return chosen


VIEW = state.Choice("view", ("points", "landscape", "bend", "luck", "compare", "digits"), "points")
CONTROLS = of_settings(
    Settings(),
    {
        "data": state.Choice("data", DATA),
        "noise": state.Number("noise", 0.0, 0.5, 0.05),
        "size": state.Number("n", 50, 1000, 50),
        "train_share": state.Number("split", 0.1, 0.9, 0.1),
        "data_seed": state.Number("ds", 0, 99, 1),
        "inputs": state.Encoded("in", _inputs, ",".join),
        "hidden": state.Encoded("net", _hidden, lambda widths: "-".join(map(str, widths)) or "0"),
        "activation": state.Choice("act", ACTIVATIONS),
        "optimiser": state.Choice("opt", OPTIMISERS),
        "learning_rate": state.Level("lr", _RATES),
        "batch_size": state.Level("bs", (1, 2, 5, 10, 20, 50, 100, 200)),
        "l1": state.Level("l1", _PENALTIES),
        "l2": state.Level("l2", _PENALTIES),
        "dropout": state.Number("drop", 0.0, 0.8, 0.1),
        "initialisation": state.Choice("init", INITIALISATIONS),
        "epochs": state.Number("ep", 50, 2000, 50),
        "stop_at": state.Level("stop", (0.0, 0.9, 0.95, 0.99)),
        "seed": state.Number("seed", 0, 99, 1),
    },
    clamped=True,
)
# The view on luck opens on a case of its own, held by the same parameters.
_LUCK = of_settings(EXAMPLE, CONTROLS, clamped=True)
_OF_THE_NETWORK = (
    *("hidden", "activation", "optimiser", "learning_rate", "batch_size"),
    *("l1", "l2", "dropout", "initialisation"),
)
# Network B of a comparison has its own; at first it differs in its activation.
CONTROLS_OF_B = of_settings(
    Settings(activation="relu"),
    {field: replace(CONTROLS[field], param=f"b_{CONTROLS[field].param}") for field in _OF_THE_NETWORK},
)


def of(view: str) -> dict[str, Any]:
    """The controls with the defaults of a view."""
    return _LUCK if view == "luck" else CONTROLS


def settings(view: str) -> Settings:
    """The settings as the controls stand, whether they are drawn or not."""
    return Settings(**state.values(of(view)))


def leave(view: str) -> None:
    """What the visitor has not touched in a view does not follow into one that opens on something else; from
    a callback."""
    before, after = of(view), of(state.get(VIEW))
    if before is not after and all(state.get(control) == control.default for control in before.values()):
        for control in after.values():
            state.put(control, control.default)


def begin(mission: str) -> None:
    """Set the page for a mission; from a callback."""
    state.preset(CONTROLS, STARTS[mission])
    state.put(VIEW, "points")


def split(chosen: Settings) -> Split | None:
    """The examples of a run; ``None`` while the visitor's own points are too few or of one class."""
    own = state.get(POINTS) if chosen.data == OWN else ""
    return _split(chosen.data, chosen.noise, chosen.size, chosen.train_share, chosen.data_seed, own)


@lru_cache(maxsize=64)
def _split(data: str, noise: float, size: int, share: float, seed: int, own: str) -> Split | None:
    if data != OWN:
        return plane.make(data, size, noise, share, seed)
    chosen = points.unpack(own)
    if len(set(chosen.labels.tolist())) < 2 or len(chosen.points) < 4:
        return None
    return plane.own(chosen, share, seed)


@cache
def _pictures() -> list[Picture]:
    """The data sets as they look, in the order of the control."""
    made = [plane.make(slug, _PICTURED, 0.0, 0.5, 0) for slug in plane.SLUGS]
    return [*(_picture(slug, split) for slug, split in zip(plane.SLUGS, made, strict=True)), plus()]


def _picture(slug: str, split: Split) -> Picture:
    points = np.concatenate([split.train_points, split.test_points]) / plane.EXTENT
    targets = np.concatenate([split.train_targets, split.test_targets])
    if split.classes > 2:
        return dotted(points, [palette.CLASSES[int(label)] for label in targets])
    if slug == "curve":
        points = np.stack([points[:, 0], targets], axis=1)
    above = targets > (0.5 if split.classes else 0.0)
    return dotted(points, np.where(above, palette.BLUE, palette.ORANGE).tolist())


def choices(view: str) -> str:
    """The choice of points; its slug."""
    names = texts("network.controls")
    return data_choice(of(view)["data"], names["data"], texts("network.data"), _pictures())


def draw(view: str) -> None:
    """The controls that all views on these points obey; those in which two compared networks differ apart."""
    names, controls, compared = texts("network.controls"), of(view), view == "compare"
    chosen = state.get(controls["data"])
    if chosen != OWN:
        state.slider(controls["noise"], names["noise"])
    if view == "points":  # where the network's own drawing adds and removes them
        state.shown(controls["hidden"], names["hidden"])
    elif not compared:
        state.text(
            controls["hidden"], names["hidden"], t("network.compare.hidden_wrong"), help=names["hidden_help"]
        )
    if not compared:
        state.select(controls["activation"], names["activation"], texts("network.activations"))
        state.levels(controls["learning_rate"], names["rate"], help=names["rate_help"])
    with stage.more():
        state.pills(controls["inputs"], names["inputs"], texts("network.inputs"))
        if not compared:
            state.select(controls["optimiser"], names["optimiser"], texts("network.optimisers"))
            state.levels(controls["batch_size"], names["batch"], help=names["batch_help"])
            state.select(controls["initialisation"], names["initial"], texts("network.initialisations"))
        state.slider(controls["epochs"], names["epochs"], help=names["epochs_help"])
        state.levels(controls["stop_at"], names["stop"], help=names["stop_help"])
        state.slider(controls["seed"], names["seed"], help=names["seed_help"])
        if not compared:
            state.levels(controls["l1"], names["l1"], help=names["l1_help"])
            state.levels(controls["l2"], names["l2"], help=names["l2_help"])
            state.slider(controls["dropout"], names["dropout"], help=names["dropout_help"])
        state.slider(controls["train_share"], names["share"], help=names["share_help"])
        if chosen != OWN:
            state.slider(controls["size"], names["size"])
        state.slider(controls["data_seed"], names["data_seed"])
