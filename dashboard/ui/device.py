"""What the visitor holds."""

from __future__ import annotations

import streamlit as st


def phone() -> bool:
    """Whether the browser says that it runs on a phone: all of them then say "Mobi"."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
