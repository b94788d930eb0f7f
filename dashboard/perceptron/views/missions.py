"""How the missions of this page set it before they begin."""

from __future__ import annotations

from dashboard.perceptron.missions import STARTS
from dashboard.perceptron.views import controls
from dashboard.ui import state

_VIEWS = {"hand": "hand", "xor": "hand"}


def begin(mission: str) -> None:
    """Set the page for a mission; from a callback."""
    state.reset(
        controls.NOISE,
        controls.RULE,
        controls.RATE,
        controls.HAND,
        controls.SIZE,
        controls.MARGIN,
        controls.SEED,
        controls.UPDATES,
        *controls.INITIAL,
    )
    state.put(controls.DATA, STARTS[mission].data)
    state.put(controls.VIEW, _VIEWS.get(mission, "learn"))
