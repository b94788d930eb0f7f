"""What tells one visit from the next, which after a cut may be the same browser's."""

import secrets

import streamlit as st

_KEY = "visit"  # session key: the visit's letters


def visit() -> str:
    """Letters that are the same for the whole of a visit, and others for any other."""
    letters: str = st.session_state.setdefault(_KEY, secrets.token_hex(4))
    return letters
