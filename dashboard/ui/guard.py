"""What a visitor sees when something fails: a sentence in their language, never a traceback."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import streamlit as st

from dashboard.missing import Missing
from dashboard.ui.interrupt import GaveWay
from dashboard.ui.language import t

_log = logging.getLogger(__name__)


@contextmanager
def guard(name: str) -> Iterator[None]:
    """Run the ``with`` block; if it fails, log why and say so, both with one reference.
    A view that gives way ends quietly; Streamlit's stops and reruns pass through."""
    try:
        yield
    except GaveWay:
        pass
    except Exception as error:
        kind = "missing" if isinstance(error, Missing) else "failed"
        st.error(t(f"shell.{kind}", reference=_logged(name)), icon=":material/error:")


def _logged(name: str) -> str:
    """Log the exception that is being handled; the reference under which it is found."""
    reference = secrets.token_hex(2).upper()
    _log.exception("%s failed (%s)", name, reference)
    return reference


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
            reference = _logged(getattr(act, "__qualname__", repr(act)))
            st.toast(t("shell.failed_act", reference=reference), icon=":material/error:", duration="long")

    return call
