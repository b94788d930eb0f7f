"""What tells one visit from the next, which after a cut may be the same browser's."""

from __future__ import annotations

import secrets
import time

import streamlit as st

_KEY = "visit"  # session key: the visit's letters, and when it began
_SLACK = 2.0
"""Seconds that a browser's word may take."""


def visit() -> str:
    """Letters that are the same for the whole of a visit, and others for any other."""
    return _begun()[0]


def began_after(cut: object) -> bool:
    """Whether the visit began after a cut of the connection: milliseconds ago, as the browser says."""
    ago = cut / 1000 if isinstance(cut, int | float) else 0.0
    return time.monotonic() - _begun()[1] < ago + _SLACK


def _begun() -> tuple[str, float]:
    begun: tuple[str, float] = st.session_state.setdefault(_KEY, (secrets.token_hex(4), time.monotonic()))
    return begun
