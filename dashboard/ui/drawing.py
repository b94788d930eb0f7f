"""A sheet of paper to draw on, with mouse, pen or finger; the last drawing stays while the visit lasts."""

import base64
import binascii
from typing import Any

import streamlit as st

from dashboard import palette
from dashboard.live import LiveReader
from dashboard.ui.component import component
from dashboard.ui.decoder import decoder
from dashboard.ui.guard import callback
from dashboard.ui.language import current, texts
from dashboard.ui.verdict import LEAST, MOST, probability

_KEPT = "drawing"  # session key: outlives the sheet, and follows the visitor from page to page
MOST_BYTES = 100_000
"""Longest drawing taken from a browser: a sheet full of scribbles makes some 20,000 bytes."""


def drawing(key: str, reader: LiveReader | None = None) -> bytes:
    """Draw the sheet. Gives the drawing as a PNG file, dark ink on white, 140 x 140; empty if there is none.

    What comes from a browser may be anything: pass it through `dashboard.images.load`.

    Args:
        reader: reads the drawing in the browser while it is drawn; its answer stands under the sheet.
    """

    def keep() -> None:
        st.session_state[_KEPT] = decoded(st.session_state[key].get("image"))

    known = _KEPT in st.session_state
    image = st.session_state.get(_KEPT, b"")
    # Only a sheet that has just been put up needs the drawing from before.
    put_up = key not in st.session_state
    sheet = component("drawing")(
        key=key,
        data={
            "text": texts("sources.drawing"),
            "image": base64.b64encode(image).decode() if put_up else "",
            "live": reader and _live(reader),
        },
        on_image_change=callback(keep),
    )
    if not known:
        # After a cut the visit is new here, but the browser still holds its sheet, and has sent it.
        image = st.session_state[_KEPT] = decoded(sheet.image)
    if reader:
        decoder(reader.digest, reader.size, reader.steps, reader.weights)
    return image


def _live(reader: LiveReader) -> dict[str, Any]:
    return {
        "digest": reader.digest,
        "names": reader.names,
        "none": reader.none,
        "temperature": reader.temperature,
        "least": [LEAST, probability(0)],
        "most": [MOST, probability(1)],
        "language": current(),
        "colour": palette.BLUE,
        "usual": reader.usual,
    }


def decoded(text: object) -> bytes:
    """Bytes from base64; empty for anything that is not, or is too long."""
    if not isinstance(text, str) or len(text) > MOST_BYTES:
        return b""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
