"""How the missions of this page set it before they begin."""

from __future__ import annotations

from dashboard.network.missions import STARTS
from dashboard.network.views import controls
from dashboard.ui import state


def begin(mission: str) -> None:
    """Set the page for a mission; from a callback."""
    start = STARTS[mission]
    state.reset(
        controls.SIZE,
        controls.SHARE,
        controls.DATA_SEED,
        controls.FEATURES,
        controls.ACTIVATION,
        controls.RATE,
        controls.BATCH,
        controls.L1,
        controls.L2,
        controls.DROPOUT,
        controls.INITIAL,
        controls.STOP,
        controls.SEED,
    )
    state.put(controls.DATASET, start.data)
    state.put(controls.NOISE, start.noise)
    state.put(controls.HIDDEN, start.hidden)
    state.put(controls.OPTIMISER, start.optimiser)
    state.put(controls.EPOCHS, start.epochs)
    state.put(controls.VIEW, "points")
