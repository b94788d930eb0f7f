"""The visitor's side of the pool of heavy work: a place in line, progress, and giving way."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable
from concurrent.futures import wait
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.pool import Pool, Progress
from dashboard.ui.interrupt import waiting
from dashboard.ui.language import t

T = TypeVar("T")
Tell = Callable[[float, float], object]
"""Draws the share done, 0 to 1 (0 while in line), and the seconds since the work was asked for."""

LIMIT = 60.0
"""Seconds that one work may take."""
_EVERY = 0.1  # seconds between two looks
# One processor is left to those who do not compute.
POOL = Pool(max(1, (os.cpu_count() or 1) - 1), LIMIT)


def awaited(key: Hashable, work: Callable[[Progress], T], tell: Tell) -> tuple[T | None, bool]:
    """What comes of the work, and whether the visitor touched something meanwhile.

    Then it is what was done until then, or ``None`` if it had not begun or others still wait for it.
    """
    context = get_script_run_ctx(suppress_warning=True)
    asked, place, shown, stopped = time.perf_counter(), st.empty(), 0, False
    job = POOL.ask(key, context.session_id if context else "", work)
    try:
        while not stopped and not wait([job.future], timeout=_EVERY).done:
            ahead = POOL.ahead(job)
            if ahead != shown:
                shown = ahead
                place.caption(t("shell.ahead", n=ahead) if ahead else "")
            tell(job.share, time.perf_counter() - asked)
            stopped = waiting()
    finally:
        POOL.leave(job)
    if shown:
        place.empty()
    if stopped and (job.wanted or not job.began):
        return None, True
    result = job.future.result()
    if job.overdue:
        st.toast(t("shell.overdue"), icon=":material/timer:", duration="long")
    return result, stopped
