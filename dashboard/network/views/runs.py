"""Runs, computed once for all visitors: the same settings and points give the same film."""

from collections.abc import Hashable
from dataclasses import replace

import streamlit as st

from dashboard.datasets.plane import Split
from dashboard.network.settings import Settings
from dashboard.network.training import Film, Progress, prepare, resume, train
from dashboard.network.views import controls
from dashboard.ui import state
from dashboard.ui.heavy import Stop, heavy
from dashboard.ui.language import t
from dashboard.ui.recent import Recent

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
    need names."""
    key = ("network", key_of(settings, split))
    found = _films.get(key)
    if found is not None:
        return found
    shorter = _longest.get(key_of(replace(settings, epochs=0), split))
    if shorter and (shorter.epochs >= settings.epochs or shorter.diverged_at or shorter.reached_at):
        shorter = None
    done = shorter.epochs if shorter else 0

    def work(progress: Progress) -> Film:
        if shorter:
            return resume(shorter, split, settings.epochs - done, progress)
        return train(settings, split, progress)

    def watched(share: float) -> None:
        st.session_state[_DONE] = done + int(share * (settings.epochs - done))

    stop = Stop[Film](t("network.run.stop"), pressed=_stop, watched=watched)
    result = heavy(_films, key, work, stop, f"run{name}")
    _longest.put(key_of(replace(settings, epochs=0), split), result)
    return result


def _stop() -> None:
    """Keep what was learned so far: a run of as many epochs, in the slider's steps."""
    control = controls.CONTROLS["epochs"]
    state.put(control, max(control.low, st.session_state[_DONE] // control.step * control.step))
