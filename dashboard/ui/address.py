"""Addresses as mails, messengers and keyboards hand them on: escaped, in capitals, with a full stop, cut."""

import html
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

import streamlit as st

UNKNOWN = "unknown"
"""The parameter of the front page for who asked for a page that there is not."""
_ESCAPE = "amp;"  # what an escaped "&" leaves before the name of a parameter
_AFTER = " .,;:!?…)]}>»”’'\"-_"  # what a sentence puts after a link, and where a list was cut


def mend() -> None:
    """Give parameters whose "&" was escaped their names back, and "=" and "&" that were both escaped."""
    for name in list(st.query_params):
        pairs = parse_qsl(name) or [(name, st.query_params[name])]
        found = {_bare(each): value for each, value in pairs}
        if list(found) != [name]:
            del st.query_params[name]
            for meant, value in found.items():
                if meant and meant not in st.query_params:
                    st.query_params[meant] = value


def _bare(name: str) -> str:
    while name.startswith(_ESCAPE):
        name = name.removeprefix(_ESCAPE)
    return name


def readings(text: str) -> Iterator[str]:
    """A value as it stands, then as it was probably meant: without what a sentence adds, in small letters."""
    yield text
    bare = html.unescape(unquote(text)).strip().rstrip(_AFTER)
    yield bare
    yield bare.lower()
