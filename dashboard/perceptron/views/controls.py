"""The controls of the page, each held by the URL, and the settings they make."""

from dataclasses import replace
from functools import cache

import numpy as np

from dashboard.datasets import points as datasets
from dashboard.palette import BLUE, ORANGE
from dashboard.perceptron.experiment import Settings
from dashboard.perceptron.learning import RULES
from dashboard.perceptron.missions import BY_HAND, NOISES, STARTS
from dashboard.ui import stage, state
from dashboard.ui.control import of_settings
from dashboard.ui.data_choice import Picture, data_choice, dotted, plus
from dashboard.ui.language import texts
from dashboard.ui.own_points import OWN, POINTS

MOST = 3.0  # a weight set by hand, at most


def _weights(text: str) -> tuple[float, float, float]:
    values = tuple(float(part) for part in text.split("_"))
    if len(values) != 3 or not all(abs(v) <= MOST for v in values):
        raise ValueError(f"three numbers between -{MOST} and {MOST}")
    return values


VIEW = state.Choice("view", ("learn", "hand", "compare", "images"), "learn")
HAND = state.Encoded("hand", _weights, lambda w: "_".join(f"{v:g}" for v in w), (1.0, -1.0, 0.0))
_WEIGHTS = ("w1", "w2", "b")
CONTROLS = of_settings(
    Settings(),
    {
        "data": state.Choice("data", (*datasets.SLUGS, OWN)),
        "noise": state.Number("noise", NOISES[0], NOISES[-1], NOISES[1]),
        "size": state.Number("n", 10, 200, 10),
        "margin": state.Number("margin", 0.0, 0.5, 0.02),
        "seed": state.Number("seed", 0, 99, 1),
        "rule": state.Choice("rule", tuple(RULES)),
        "rate": state.Level("rate", (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)),
        **{name: state.Number(name, -2.0, 2.0, 0.1) for name in _WEIGHTS},
        "updates": state.Number("max", 100, 2000, 100),
    },
)
DICE = {"points": (CONTROLS["seed"],), "start": tuple(CONTROLS[name] for name in _WEIGHTS)}


def settings() -> Settings:
    """The settings as the controls stand, whether they are drawn or not."""
    chosen = Settings(**state.values(CONTROLS))
    # Only then do the own points matter: other experiments stay the same in the cache.
    return replace(chosen, own=state.get(POINTS)) if chosen.data == OWN else chosen


def begin(mission: str) -> None:
    """Set the page for a mission; from a callback."""
    state.preset(CONTROLS, STARTS[mission])
    state.reset(HAND)
    state.put(VIEW, "hand" if mission in BY_HAND else "learn")


@cache
def _pictures() -> list[Picture]:
    """The sets of points as they look, in the order of the control."""
    made = [datasets.make(slug, size=60, noise=0.05) for slug in datasets.SLUGS]
    return [*(dotted(m.points, np.where(m.labels > 0, BLUE, ORANGE).tolist()) for m in made), plus()]


def choices(view: str) -> str:
    """The points and the rule of this view; the slug of the points."""
    names = texts("perceptron.controls")
    chosen = data_choice(CONTROLS["data"], names["data"], texts("perceptron.data"), _pictures())
    if view != "compare":
        state.select(CONTROLS["rule"], names["rule"], texts("perceptron.rules"))
    return chosen


def sliders() -> None:
    """The numbers that these points and this rule obey."""
    names, chosen = texts("perceptron.controls"), state.get(CONTROLS["data"])
    state.levels(CONTROLS["rate"], names["rate"], help=names["rate_help"])
    if chosen != OWN:
        state.slider(CONTROLS["noise"], names["noise"])
    with stage.more():
        if chosen != OWN:
            state.slider(CONTROLS["size"], names["size"])
            if chosen == "separable":
                state.slider(CONTROLS["margin"], names["margin"])
            state.slider(CONTROLS["seed"], names["seed"], help=names["seed_help"])
        for name in _WEIGHTS:
            state.slider(CONTROLS[name], names[f"initial_{name}"])
        state.slider(CONTROLS["updates"], names["updates"])
