"""Receive: a pasted text, and the image that it gives, or a word on what is wrong with it."""

import streamlit as st

from dashboard.codec.receiver import NotAMessage, Received
from dashboard.codec.text import LONGEST
from dashboard.message.views import controls
from dashboard.message.views.shown import message
from dashboard.ui import stage, state
from dashboard.ui.guard import callback
from dashboard.ui.language import number, t

_MOST = 4 * LONGEST  # characters of a paste that are kept


def receive() -> None:
    """The receiver's table."""
    scene, side = stage.split(5, 3)
    with side:
        text = _pasted()
    with scene:
        if not text.strip():
            st.info(t("message.receive.empty"))
            return
        try:
            received, frame = controls.read(text)
        except NotAMessage as refusal:
            st.error(t(f"message.receive.refused.{refusal.reason}"))
            return
        _report(received)
        message("received", [frame])


def _pasted() -> str:
    """The text area; what is in it is in the address, so that a link brings a message."""
    name = f"{state.key(controls.TEXT)}.area"
    text: str = state.get(controls.TEXT)
    st.session_state[name] = text
    st.text_area(
        t("message.receive.paste"),
        key=name,
        height=240,
        max_chars=_MOST,
        on_change=callback(lambda: state.put(controls.TEXT, st.session_state[name].strip())),
        placeholder=t("message.receive.placeholder"),
    )
    return text


def _report(received: Received) -> None:
    """What there is to say of the text beside its image."""
    if received.damaged:
        st.warning(
            t(
                "message.receive.damaged",
                sound=number(received.sound, 0),
                next=number(received.sound + 1, 0),
            )
        )
    elif received.missing:
        st.info(
            t(
                "message.receive.cut",
                missing=number(received.missing, 0),
                length=number(received.header.length, 0),
            )
        )
    else:
        st.success(t("message.receive.whole", length=number(received.header.length, 0)))
