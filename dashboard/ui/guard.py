"""What a visitor sees when something fails: a sentence in their language, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import streamlit as st

from dashboard.ui.language import t

_log = logging.getLogger(__name__)


@contextmanager
def guard(name: str) -> Iterator[None]:
    """Run the ``with`` block; if it fails, log why and say so. Streamlit's stops and reruns pass through."""
    try:
        yield
    except Exception:
        _log.exception("%s failed", name)
        st.error(t("shell.failed"), icon=":material/error:")


def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view drawn under `guard`; ``None`` if it failed."""

    @wraps(view)
    def draw(*args: Any, **kwargs: Any) -> Any:
        with guard(f"{view.__module__}.{view.__name__}"):
            return view(*args, **kwargs)

    return draw


def callback(act: Callable[..., Any]) -> Callable[..., None]:
    """What a widget calls, guarded: it runs before the page is drawn and outside its views. If it fails the
    page is drawn as it was, and says so."""

    @wraps(act)
    def call(*args: Any, **kwargs: Any) -> None:
        try:
            act(*args, **kwargs)
        except Exception:
            _log.exception("%s failed", getattr(act, "__qualname__", act))
            st.toast(t("shell.failed_act"), icon=":material/error:", duration="long")

    return call
