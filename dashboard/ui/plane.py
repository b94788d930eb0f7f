"""A plane of codes of two numbers with a point to drag, drawn and decoded by the browser."""

import base64
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard import palette
from dashboard.images import to_png
from dashboard.ui.component import component, shares
from dashboard.ui.language import current

Array = NDArray[np.float64]

_EMPTY = "rgba(140, 150, 165, 0.6)"  # a veil, through which the image is still seen


def plane(
    key: str,
    digest: str,
    *,
    low: Array,
    high: Array,
    images: NDArray[np.uint8],
    counts: NDArray[np.int64],
    codes: Array,
    labels: NDArray[np.int64],
    names: Sequence[str],
    own: Array,
    param: str,
    text: Mapping[str, Any],
    empty: bool = False,
) -> None:
    """Draw the plane.

    Args:
        digest: of the decoder, which `ui.decoder.decoder` brings.
        low, high: (2,) corners of the rectangle of codes.
        images: (side * side, 28, 28), decoded in the middle of each cell, row by row from the top left.
        counts: (side * side,) known images in each cell.
        codes: (n, 2) of the known images, those within the rectangle shown; labels: (n,) their classes,
            whose `names` are given.
        own: (2,) code of the visitor's image, where the point starts.
        param: in the address, the point's place.
        text: what the component says.
        empty: cells without a known image are marked at first.
    """
    side = math.isqrt(len(images))
    sheet = images.reshape(side, side, 28, 28).transpose(0, 2, 1, 3).reshape(side * 28, side * 28)
    places = (codes - low) / (high - low)
    inside = ((places >= 0) & (places <= 1)).all(axis=1)
    component("plane")(
        key=key,
        data={
            "lang": current(),
            "text": dict(text),
            "digest": digest,
            "low": low.tolist(),
            "high": high.tolist(),
            "side": side,
            "sheet": _png(sheet.tobytes(), side * 28),
            "counts": counts.tolist(),
            "codes": shares(places[inside]),
            "labels": base64.b64encode(labels[inside].astype(np.uint8).tobytes()).decode(),
            "names": list(names),
            "colours": {"classes": list(palette.CLASSES), "empty": _EMPTY},
            "own": own.tolist(),
            "start": started(st.query_params.get(param)),
            "param": param,
            "empty": empty,
        },
    )


def started(text: str | None) -> list[float] | None:
    """The place that a link opens: two numbers, or None."""
    try:
        place = [float(part) for part in (text or "").split("_")]
    except ValueError:
        return None
    return place if len(place) == 2 and all(map(math.isfinite, place)) else None


@lru_cache(maxsize=16)
def _png(sheet: bytes, width: int) -> str:
    image = Image.frombytes("L", (width, width), sheet)
    return f"data:image/png;base64,{base64.b64encode(to_png(image)).decode()}"
