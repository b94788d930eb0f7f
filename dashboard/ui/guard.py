"""What a visitor sees when a page fails: a sentence in their language, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

from dashboard.ui.language import t

_log = logging.getLogger(__name__)


def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    """Draw a view; if it fails, log why and say so. Streamlit's own stops and reruns pass through."""

    @wraps(view)
    def draw(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except Exception:
            _log.exception("%s.%s failed", view.__module__, view.__name__)
            st.error(t("shell.failed"), icon=":material/error:")
            return None

    return draw
