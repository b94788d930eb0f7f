"""Runs, computed once for all visitors: the same settings and points give the same film."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import streamlit as st

from dashboard.datasets.plane import Split
from dashboard.network.settings import Settings
from dashboard.network.training import Film, Progress, prepare, resume, train
from dashboard.network.views import controls
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.heavy import LIMIT, awaited
from dashboard.ui.interrupt import stoppable
from dashboard.ui.language import percent, t
from dashboard.ui.recent import Recent

_PATIENCE = 0.4  # seconds before a progress bar is worth showing
_DONE = "network.done"  # session key: epochs of the run in progress
_films: Recent[Film] = Recent(64)
_longest: Recent[Film] = Recent(64)  # by settings but for the epochs: a longer run goes on from there

prepare()  # a page's modules are loaded before its first visitor is served


def key_of(settings: Settings, split: Split) -> Hashable:
    """What decides a run: its settings, and the points in case they are the visitor's own."""
    arrays = (split.train_points, split.train_targets, split.test_points, split.test_targets)
    return settings, *(array.tobytes() for array in arrays)


def film(settings: Settings, split: Split, name: str = "") -> Film:
    """The film of a run; a long one shows its progress, and can be stopped where it is. Several on one view
    need names. If the visitor touches anything meanwhile, the film ends there, and the page runs again."""
    key = key_of(settings, split)
    found = _films.get(key)
    if found is not None:
        return found
    shorter = _longest.get(key_of(replace(settings, epochs=0), split))
    if shorter and (shorter.epochs >= settings.epochs or shorter.diverged_at or shorter.reached_at):
        shorter = None
    done = shorter.epochs if shorter else 0
    place, bar = st.empty(), None

    def work(progress: Progress) -> Film:
        if shorter:
            return resume(shorter, split, settings.epochs - done, progress)
        return train(settings, split, progress)

    def tell(share: float, spent: float) -> None:
        nonlocal bar
        if bar is None and spent > _PATIENCE:
            with place.container(horizontal=True, vertical_alignment="center"):
                bar = st.progress(0.0)
                if stoppable():
                    st.button(t("network.run.stop"), on_click=callback(_stop), key=f"stop-run{name}")
        if bar is not None:
            st.session_state[_DONE] = done + int(share * (settings.epochs - done))
            left = spent / share - spent if share else LIMIT
            bar.progress(share, t("network.run.progress", share=percent(share), left=left))

    result, stopped = awaited(("network", key), work, tell)
    if result is None:
        st.stop()
    if not stopped:  # else the button must stay, or Streamlit would forget that it was pressed
        place.empty()
        _films.put(key, result)
        _longest.put(key_of(replace(settings, epochs=0), split), result)
    return result


def _stop() -> None:
    """Keep what was learned so far: a run of as many epochs, in the slider's steps."""
    control = controls.CONTROLS["epochs"]
    state.put(control, max(control.low, st.session_state[_DONE] // control.step * control.step))
