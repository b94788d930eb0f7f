"""The controls of the page, each held by the URL, and the settings they make."""

from __future__ import annotations

from dataclasses import replace

from dashboard.datasets import points as datasets
from dashboard.perceptron.experiment import Settings
from dashboard.perceptron.learning import RULES
from dashboard.ui import stage, state
from dashboard.ui.language import texts
from dashboard.ui.own_points import OWN, POINTS

_DEFAULT = Settings()


def _weights(text: str) -> tuple[float, float, float]:
    values = tuple(float(part) for part in text.split("_"))
    if len(values) != 3 or not all(abs(v) <= 3 for v in values):
        raise ValueError("three numbers between -3 and 3")
    return values


VIEW = state.Choice("view", ("learn", "hand", "compare", "images"), "learn")
DATA = state.Choice("data", (*datasets.SLUGS, OWN), _DEFAULT.data)
NOISE = state.Number("noise", 0.0, 0.6, 0.02, _DEFAULT.noise)
SIZE = state.Number("n", 10, 200, 10, _DEFAULT.size)
MARGIN = state.Number("margin", 0.0, 0.5, 0.02, _DEFAULT.margin)
SEED = state.Number("seed", 0, 99, 1, _DEFAULT.seed)
RULE = state.Choice("rule", RULES, _DEFAULT.rule)
RATE = state.Level("rate", (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0), _DEFAULT.rate)
INITIAL = tuple(state.Number(name, -2.0, 2.0, 0.1, 0.0) for name in ("w1", "w2", "b"))
UPDATES = state.Number("max", 100, 2000, 100, _DEFAULT.updates)
HAND = state.Encoded("hand", _weights, lambda w: "_".join(f"{v:g}" for v in w), (1.0, -1.0, 0.0))


def settings() -> Settings:
    """The settings as the controls stand, whether they are drawn or not."""
    chosen = Settings(
        data=state.get(DATA),
        size=state.get(SIZE),
        noise=state.get(NOISE),
        margin=state.get(MARGIN),
        seed=state.get(SEED),
        rule=state.get(RULE),
        rate=state.get(RATE),
        initial=tuple(state.get(control) for control in INITIAL),
        updates=state.get(UPDATES),
    )
    # Only then do the own points matter: other experiments stay the same in the cache.
    return replace(chosen, own=state.get(POINTS)) if chosen.data == OWN else chosen


def draw(view: str) -> None:
    """The controls that this view obeys."""
    names = texts("perceptron.controls")
    chosen = state.select(DATA, names["data"], texts("perceptron.data"))
    if view != "compare":
        state.select(RULE, names["rule"], texts("perceptron.rules"))
    state.levels(RATE, names["rate"], help=names["rate_help"])
    if chosen != OWN:
        state.slider(NOISE, names["noise"])
    with stage.more(*INITIAL, SIZE, SEED, UPDATES):
        if chosen != OWN:
            state.slider(SIZE, names["size"])
            if chosen == "separable":
                state.slider(MARGIN, names["margin"])
            state.slider(SEED, names["seed"], help=names["seed_help"])
        for control in INITIAL:
            state.slider(control, names[f"initial_{control.param}"])
        state.slider(UPDATES, names["updates"])
