"""Brings a decoder's weights to the browser, which then decodes by itself."""

import base64
from typing import Any

from dashboard.ui.component import component


def decoder(digest: str, size: int, steps: list[dict[str, Any]], weights: bytes) -> None:
    """Send a decoder, once: Streamlit does not repeat what the browser already holds.

    Call it after the components that use it: they then show something while it travels.

    Args:
        digest: the name under which the components ask for it.
        size: numbers in a code.
        steps: what to do, in order, as `components/neural.js` knows it.
        weights: little-endian float16.
    """
    component("decoder")(
        key=f"decoder.{digest}",
        data={
            "digest": digest,
            "size": size,
            "steps": steps,
            "weights": base64.b64encode(weights).decode(),
        },
        height=1,
    )
