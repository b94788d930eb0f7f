"""The loss as a landscape, and the descent on it beside what the network then answers."""

import numpy as np
import streamlit as st

from dashboard.datasets.plane import Split
from dashboard.network.landscape import Landscape
from dashboard.network.landscape import landscape as sliced
from dashboard.network.settings import Settings
from dashboard.network.training import Film
from dashboard.network.views.board import payload
from dashboard.network.views.runs import film, key_of
from dashboard.ui import stage
from dashboard.ui.component import component, packed
from dashboard.ui.language import number, percent, t, texts
from dashboard.ui.recent import Recent

_slices: Recent[Landscape] = Recent(64)


def landscape(settings: Settings, split: Split) -> None:
    """Train if need be; then the slice of the loss with the path on it."""
    run = film(settings, split)
    if run.diverged_at is not None:
        rate = number(settings.learning_rate, 4)
        st.warning(t("network.run.diverged", epoch=run.diverged_at, rate=rate))
    found = _slice(settings, split, run)
    shared = payload(settings, split, run)
    component("landscape")(
        key="landscape",
        data={
            **shared,
            "text": {**texts("network.board"), **texts("network.landscape")},
            "loss": packed(np.minimum(found.loss, found.cut)),
            "side": len(found.loss),
            "cut": found.cut,
            "path": packed(found.path),
        },
    )
    stage.fold(
        t(
            "network.landscape.how",
            parameters=number(found.axes.shape[1]),
            kept=percent(found.kept, 1),
            cut=number(found.cut, 2),
        )
    )


def _slice(settings: Settings, split: Split, run: Film) -> Landscape:
    key = (key_of(settings, split), run.epochs)
    found = _slices.get(key)
    if found is None:
        found = sliced(run, split)
        _slices.put(key, found)
    return found
