"""The visitor's side of the pool of heavy work: a place in line, progress, a way to stop, and giving way."""

import os
import time
from collections.abc import Callable, Hashable
from concurrent.futures import wait
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.pool import Pool, Progress, Stopped
from dashboard.ui.guard import callback
from dashboard.ui.interrupt import end_run, give_way, waiting
from dashboard.ui.language import percent, t
from dashboard.ui.recent import Recent, counted
from dashboard.ui.turns import TURNS

T = TypeVar("T")
P = ParamSpec("P")

LIMIT = 60.0
"""Seconds that one work may take."""
_EVERY = 0.1  # seconds between two looks
_PATIENCE = 0.4  # seconds before anything is worth showing
# One processor is left to those who do not compute.
POOL = Pool(max(1, (os.cpu_count() or 1) - 1), LIMIT)


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Stop(Generic[T]):
    """How long work is stopped.

    Attributes:
        label: of the button; empty for the usual one.
        pressed: what the button does besides.
        partly: told what there was by then, if the work had begun and nobody else waits for it.
        watched: told the share done, now and then.
    """

    label: str = ""
    pressed: Callable[[], object] = _nothing
    partly: Callable[[T], object] = lambda result: None
    watched: Callable[[float], object] = lambda share: None


class _Notice:
    """What is seen while the visitor waits: the place in line, then progress; a button, if it could stop."""

    def __init__(self, place: DeltaGenerator | None, name: str, stop: Stop | None) -> None:
        self._place, self._name, self._stop = place, name, stop
        self._began, self._said = time.perf_counter(), ""
        self._drawn: DeltaGenerator | None = None
        self._line: DeltaGenerator | None = None

    def show(self, ahead: int, share: float) -> None:
        spent = time.perf_counter() - self._began
        if self._line is None and spent < _PATIENCE:
            return
        if ahead:
            text = t("shell.heavy.ahead", n=ahead)
        elif share:
            left = round(spent / share - spent)
            text = t("shell.heavy.progress", share=percent(share), left=left)
        else:
            text = t("shell.heavy.begin")
        if self._line is None:
            self._drawn = (self._place or st).empty()
            with self._drawn.container(horizontal=True, vertical_alignment="center"):
                self._line = st.empty()
                if self._stop:
                    label = self._stop.label or t("shell.heavy.stop")
                    st.button(label, on_click=callback(self._stop.pressed), key=f"stop {self._name}")
        if text != self._said:
            self._said = text
            if share:
                self._line.progress(share, text)
            else:
                self._line.caption(text)

    def clear(self) -> None:
        if self._drawn:
            self._drawn.empty()


def heavy(
    kept: Recent[T] | None,
    key: Hashable,
    work: Callable[[Progress], T],
    stop: Stop[T] | None = None,
    name: str = "",
    place: DeltaGenerator | None = None,
    short: bool = False,
) -> T:
    """What the work gives: kept from before, or done in the pool and then kept for all visitors, unless a
    visitor stopped it. If the visitor touches something meanwhile, this run ends and the next one begins.

    Args:
        kept: results to look among first; None if each is another.
        key: the same for the same work, within the process.
        stop: for work that can be stopped by a button; without, it still stops when nobody waits for it, if
            it tells how far it is.
        name: tells apart what waits on one page.
        place: where the waiting is shown, here if it is not said.
        short: it takes about a second at most, see `Pool`.
    """
    found = kept.get(key) if kept else None
    if found is not None:
        return found

    def done(progress: Progress) -> T:
        whole = True

        def asked(share: float) -> bool:
            nonlocal whole
            go_on = progress(share)
            whole = whole and go_on
            return go_on

        result = work(asked)
        if whole and kept:
            kept.put(key, result)
        return result

    context = get_script_run_ctx(suppress_warning=True)
    notice = _Notice(place, name, stop)
    job = POOL.ask(key, context.session_id if context else "", done, short)
    touched = False
    try:
        with TURNS.aside():
            while not touched and not wait([job.future], timeout=_EVERY).done:
                notice.show(POOL.ahead(job), job.share)
                if stop:
                    stop.watched(job.share)
                touched = waiting()
    finally:
        POOL.leave(job)
    if touched:
        if stop and job.began and not job.wanted:
            with suppress(Stopped):
                stop.partly(job.future.result(LIMIT))
        give_way()
    try:
        result = job.future.result()
    except Stopped:
        st.error(t("shell.heavy.nothing"), icon=":material/timer:")
        end_run()
    notice.clear()
    if job.overdue:
        if kept:
            kept.put(key, result)
        st.toast(t("shell.heavy.overdue"), icon=":material/timer:", duration="long")
    return result


def pooled(most: int, short: bool = True) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For a function that computes and knows no Streamlit: its calls, told apart by `recent.counted`, pass
    through the pool, as ``short`` work or not, and the last ``most`` results are kept for all visitors."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        kept: Recent[tuple[T]] = Recent(most)
        told_apart = counted(function)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (function.__module__, function.__qualname__, told_apart(*args, **kwargs))
            return heavy(kept, key, lambda progress: (function(*args, **kwargs),), short=short)[0]

        return call

    return decorate
