"""Addresses as mails, messengers and keyboards hand them on: escaped, in capitals, with a full stop, cut."""

from __future__ import annotations

import html
from collections.abc import Iterator

import streamlit as st

_ESCAPE = "amp;"  # what an escaped "&" leaves before the name of a parameter
_AFTER = " .,;:!?…)]}>»”’'\""  # what a sentence puts after a link


def mend() -> None:
    """Give parameters whose "&" was escaped their names back."""
    for name in list(st.query_params):
        meant = name
        while meant.startswith(_ESCAPE):
            meant = meant.removeprefix(_ESCAPE)
        if meant != name:
            value = st.query_params[name]
            del st.query_params[name]
            if meant and meant not in st.query_params:
                st.query_params[meant] = value


def readings(text: str) -> Iterator[str]:
    """A value as it stands, then as it was probably meant: without what a sentence adds, in small letters."""
    yield text
    bare = html.unescape(text).strip().rstrip(_AFTER)
    yield bare
    yield bare.lower()
