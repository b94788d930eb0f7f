"""The controls of the page, each held by the URL, and the settings they make."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dashboard.datasets import plane, points
from dashboard.datasets.plane import Split
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
from dashboard.ui.language import texts
from dashboard.ui.own_points import OWN, POINTS

_DEFAULT = Settings(hidden=(4, 2), learning_rate=0.03, epochs=300)
_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
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


VIEW = state.Choice("view", ("points", "bend", "luck", "compare", "digits"), "points")
DATASET = state.Choice("data", DATA, _DEFAULT.data)
NOISE = state.Number("noise", 0.0, 0.5, 0.05, _DEFAULT.noise, clamped=True)
SIZE = state.Number("n", 50, 1000, 50, _DEFAULT.size, clamped=True)
SHARE = state.Number("split", 0.1, 0.9, 0.1, _DEFAULT.train_share, clamped=True)
DATA_SEED = state.Number("ds", 0, 99, 1, 0, clamped=True)
HIDDEN = state.Encoded("net", _hidden, lambda widths: "-".join(map(str, widths)) or "0", _DEFAULT.hidden)
FEATURES = state.Encoded("in", _inputs, ",".join, _DEFAULT.inputs)
ACTIVATION = state.Choice("act", ACTIVATIONS, _DEFAULT.activation)
OPTIMISER = state.Choice("opt", OPTIMISERS, _DEFAULT.optimiser)
RATE = state.Level("lr", _RATES, _DEFAULT.learning_rate, clamped=True)
BATCH = state.Level("bs", (1, 2, 5, 10, 20, 50, 100, 200), _DEFAULT.batch_size, clamped=True)
L1 = state.Level("l1", _PENALTIES, _DEFAULT.l1, clamped=True)
L2 = state.Level("l2", _PENALTIES, _DEFAULT.l2, clamped=True)
DROPOUT = state.Number("drop", 0.0, 0.8, 0.1, _DEFAULT.dropout, clamped=True)
INITIAL = state.Choice("init", INITIALISATIONS, _DEFAULT.initialisation)
EPOCHS = state.Number("ep", 50, 2000, 50, _DEFAULT.epochs, clamped=True)
STOP = state.Level("stop", (0.0, 0.9, 0.95, 0.99), 0.0)
SEED = state.Number("seed", 0, 99, 1, 0, clamped=True)

# What decides a run besides the data: B in an A/B comparison has its own.
OF_THE_NETWORK: dict[str, state.Control] = {
    "hidden": HIDDEN,
    "activation": ACTIVATION,
    "optimiser": OPTIMISER,
    "learning_rate": RATE,
    "batch_size": BATCH,
    "l1": L1,
    "l2": L2,
    "dropout": DROPOUT,
    "initialisation": INITIAL,
}


def settings() -> Settings:
    """The settings as the controls stand, whether they are drawn or not."""
    return Settings(
        data=state.get(DATASET),
        noise=state.get(NOISE),
        size=state.get(SIZE),
        train_share=state.get(SHARE),
        data_seed=state.get(DATA_SEED),
        inputs=state.get(FEATURES),
        hidden=state.get(HIDDEN),
        activation=state.get(ACTIVATION),
        optimiser=state.get(OPTIMISER),
        learning_rate=state.get(RATE),
        batch_size=int(state.get(BATCH)),
        l1=state.get(L1),
        l2=state.get(L2),
        dropout=state.get(DROPOUT),
        initialisation=state.get(INITIAL),
        epochs=state.get(EPOCHS),
        seed=state.get(SEED),
        stop_at=state.get(STOP) or None,
    )


def split(chosen: Settings) -> Split | None:
    """The examples of a run; ``None`` while the visitor's own points are too few or of one class."""
    own = state.get(POINTS) if chosen.data == OWN else ""
    return _split(chosen.data, chosen.noise, chosen.size, chosen.train_share, chosen.data_seed, own)


@lru_cache(maxsize=64)
def _split(data: str, noise: float, size: int, share: float, seed: int, own: str) -> Split | None:
    if data != OWN:
        return plane.make(data, noise, size, share, seed)
    chosen = points.unpack(own)
    if len(set(chosen.labels.tolist())) < 2 or len(chosen.points) < 4:
        return None
    return plane.own(chosen, share, seed)


def draw(compared: bool = False) -> None:
    """The controls that all views on points obey; those in which two ``compared`` networks differ apart."""
    names = texts("network.controls")
    chosen = state.select(DATASET, names["data"], texts("network.data"))
    if chosen != OWN:
        state.slider(NOISE, names["noise"])
    if not compared:
        state.select(ACTIVATION, names["activation"], texts("network.activations"))
        state.levels(RATE, names["rate"], help=names["rate_help"])
    with stage.more(FEATURES, OPTIMISER, BATCH, INITIAL, EPOCHS, STOP, SEED, L1, L2, DROPOUT, SHARE, SIZE):
        state.pills(FEATURES, names["inputs"], texts("network.inputs"))
        if not compared:
            state.select(OPTIMISER, names["optimiser"], texts("network.optimisers"))
            state.levels(BATCH, names["batch"], help=names["batch_help"])
            state.select(INITIAL, names["initial"], texts("network.initialisations"))
        state.slider(EPOCHS, names["epochs"], help=names["epochs_help"])
        state.levels(STOP, names["stop"], help=names["stop_help"])
        state.slider(SEED, names["seed"], help=names["seed_help"])
        if not compared:
            state.levels(L1, names["l1"], help=names["l1_help"])
            state.levels(L2, names["l2"], help=names["l2_help"])
            state.slider(DROPOUT, names["dropout"], help=names["dropout_help"])
        state.slider(SHARE, names["share"], help=names["share_help"])
        if chosen != OWN:
            state.slider(SIZE, names["size"])
        state.slider(DATA_SEED, names["data_seed"])


def of_b(control: state.Control) -> state.Control:
    """The same control for network B of a comparison, which at first differs in its activation."""
    if control is ACTIVATION:
        return state.Choice("b_act", ACTIVATIONS, "relu")
    return replace(control, param=f"b_{control.param}")
