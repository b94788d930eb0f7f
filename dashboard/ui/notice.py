"""A sentence about the visit itself, which stays until it is dismissed or its page is left: a toast would go
with the next run, before it is read."""

import streamlit as st

from dashboard.ui.guard import callback
from dashboard.ui.language import t

_TOLD = "notice"  # session key: slugs of the page and of the text


def tell(page: str, text: str) -> None:
    """From now on this page says the text ``shell.notices.<text>``."""
    st.session_state[_TOLD] = (page, text)


def show(page: str) -> None:
    """What there is to say on this page."""
    told = st.session_state.get(_TOLD)
    if told is None or told[0] != page:
        _forget()
        return
    with st.container(key="notice", horizontal=True, vertical_alignment="center"):
        st.info(t(f"shell.notices.{told[1]}"), icon=":material/info:")
        st.button(t("shell.close"), on_click=callback(_forget))


def _forget() -> None:
    st.session_state.pop(_TOLD, None)
