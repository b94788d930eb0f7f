"""A film of coloured drawings, played in the browser, and which word painted which part of them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard.ui.component import component, opened
from dashboard.ui.language import current
from dashboard.ui.thumbnails import webp


@dataclass(frozen=True, eq=False)
class Sheet:
    """Drawings that change from frame to frame.

    Attributes:
        frames: (frames, n, h, w, 3) uint8.
        words: that painted them, in order; none where no text did.
        looked: (n, words, cells, cells) how much of each cell each word painted.
    """

    title: str
    alt: str
    frames: NDArray[np.uint8]
    words: Sequence[str] = ()
    looked: NDArray[np.floating] | None = None


def scene_film(
    key: str, sheets: Sequence[Sheet], moments: Sequence[str], text: Mapping[str, Any], param: str = "step"
) -> None:
    """Draw the film.

    Args:
        sheets: of as many frames each.
        moments: what is said of each frame.
        text: "words" (what to do with them), "player", "next" (what is offered when the film has ended).
        param: the query parameter that remembers the frame.
    """
    panels = [_panel(sheet) for sheet in sheets]
    component("scene_film")(
        key=key,
        data={
            "text": {name: text[name] for name in ("words", "player", "next")},
            "param": param,
            "start": opened(param),
            "frames": len(sheets[0].frames),
            "side": sheets[0].frames.shape[2],
            "panels": panels,
            "moments": list(moments),
            "film": hashlib.sha256(repr((panels, current())).encode()).hexdigest(),
        },
    )


def _panel(sheet: Sheet) -> dict[str, Any]:
    frames, n, height, width, _ = sheet.frames.shape
    # One picture of all: a row a frame.
    rows = sheet.frames.transpose(0, 2, 1, 3, 4).reshape(frames * height, n * width, 3)
    maps, cells = "", 0
    if sheet.looked is not None and sheet.words:
        cells = sheet.looked.shape[-1]
        # Each word against where it painted most.
        most = np.maximum(sheet.looked.max(axis=(0, 2, 3), keepdims=True), 1e-9)
        maps = base64.b64encode(np.rint(255 * sheet.looked / most).astype(np.uint8).tobytes()).decode()
    return {
        "title": sheet.title,
        "alt": sheet.alt,
        "n": n,
        "picture": webp(Image.fromarray(rows)),
        "words": list(sheet.words),
        "maps": maps,
        "cells": cells,
    }
