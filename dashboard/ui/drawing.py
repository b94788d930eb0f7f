"""A sheet of paper to draw on, with mouse, pen or finger; the last drawing stays while the visit lasts."""

from __future__ import annotations

import base64
import binascii

import streamlit as st

from dashboard.ui.component import component
from dashboard.ui.guard import callback
from dashboard.ui.language import texts

_KEPT = "drawing"  # session key: outlives the sheet, and follows the visitor from page to page
MOST_BYTES = 100_000
"""Longest drawing taken from a browser: a sheet full of scribbles makes some 20,000 bytes."""


def drawing(key: str) -> bytes:
    """Draw the sheet. Gives the drawing as a PNG file, dark ink on white, 140 x 140; empty if there is none.

    What comes from a browser may be anything: pass it through `dashboard.images.load`.
    """

    def keep() -> None:
        st.session_state[_KEPT] = decoded(st.session_state[key].get("image"))

    image = st.session_state.get(_KEPT, b"")
    # Only a sheet that has just been put up needs the drawing from before.
    put_up = key not in st.session_state
    component("drawing")(
        key=key,
        data={
            "text": texts("sources.drawing"),
            "image": base64.b64encode(image).decode() if put_up else "",
        },
        on_image_change=callback(keep),
    )
    return image


def decoded(text: object) -> bytes:
    """Bytes from base64; empty for anything that is not, or is too long."""
    if not isinstance(text, str) or len(text) > MOST_BYTES:
        return b""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
