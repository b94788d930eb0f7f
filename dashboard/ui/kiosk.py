"""A touch screen in an exhibition: ``?kiosk=90`` starts the visit anew after 90 seconds without a touch.

While it lasts, nothing leads out of the exhibition: no outside links, no downloads, no tools of teachers. A
new start is a fresh load of the front page, hence a session of its own: files, drawings and photographs of
the visitor before are gone with theirs.
"""

from pathlib import Path

import streamlit as st

from dashboard.languages import DEFAULT
from dashboard.ui.component import component

LEAST, MOST = 5, 3600  # seconds
_PARAM = "kiosk"  # of the address; also the session key
_STYLE = Path(__file__).with_suffix(".css")


def begin() -> None:
    """Learn from the address, once a visit, whether it is a kiosk's; the address keeps it on every page."""
    text = st.query_params.get(_PARAM, "")
    if text.isascii() and text.isdigit() and len(text) < 9:
        st.session_state[_PARAM] = min(max(int(text), LEAST), MOST)
    st.query_params.update(address())


def seconds() -> int | None:
    """How long nothing may be touched before the visit starts anew; ``None`` outside a kiosk."""
    return st.session_state.get(_PARAM)


def address() -> dict[str, str]:
    """The kiosk's part of an address, for links; empty outside a kiosk."""
    return {} if seconds() is None else {_PARAM: str(seconds())}


def watch(front: bool) -> None:
    """In a kiosk, put the watch into the page; ``front``: the page is the front page."""
    if seconds() is None:
        return
    st.html(_STYLE)  # a style sheet by its path
    component("kiosk", "<span></span>")(
        key="kiosk_watch",  # a widget's, which goes with its page: the session key is another
        data={"seconds": seconds(), "home": f"./?kiosk={seconds()}&lang={DEFAULT}", "front": front},
    )
