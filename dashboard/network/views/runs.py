"""Runs, computed once for all visitors: the same settings and points give the same film."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable

import streamlit as st

from dashboard.datasets.plane import Split
from dashboard.network.settings import Settings
from dashboard.network.training import Film, train
from dashboard.network.views import controls
from dashboard.ui import state
from dashboard.ui.language import percent, t

_MOST = 64
_PATIENCE = 0.4  # seconds before a progress bar is worth showing
_films: OrderedDict[Hashable, Film] = OrderedDict()
_lock = threading.Lock()


def film(settings: Settings, split: Split, name: str = "") -> Film:
    """The film of a run; a long one shows its progress, and can be stopped where it is. Several on one view
    need names."""
    key = (settings, split.train_points.tobytes(), split.test_points.tobytes())
    with _lock:
        if key in _films:
            _films.move_to_end(key)
            return _films[key]
    place = st.empty()
    began = time.perf_counter()
    bar = None

    def progress(share: float) -> bool:
        nonlocal bar
        spent = time.perf_counter() - began
        if bar is None and spent > _PATIENCE:
            with place.container(horizontal=True, vertical_alignment="center"):
                bar = st.progress(0.0)
                done = int(share * settings.epochs)
                st.button(t("network.run.stop"), on_click=_stop, args=(done,), key=f"stop-run{name}")
        if bar is not None:
            bar.progress(share, t("network.run.progress", share=percent(share), left=spent / share - spent))
        return True

    result = train(settings, split, progress)
    place.empty()
    with _lock:
        _films[key] = result
        while len(_films) > _MOST:
            _films.popitem(last=False)
    return result


def _stop(done: int) -> None:
    """Keep what was learned so far: a run of as many epochs, in the slider's steps."""
    step = int(controls.EPOCHS.step)
    state.put(controls.EPOCHS, max(int(controls.EPOCHS.low), done // step * step))
