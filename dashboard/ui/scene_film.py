"""A film of coloured drawings, played in the browser, and which word painted which part of them."""

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
class SceneRow:
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
    key: str, panels: Sequence[SceneRow], moments: Sequence[str], text: Mapping[str, Any], param: str = "step"
) -> None:
    """Draw the film.

    Args:
        panels: of as many frames each.
        moments: what is said of each frame.
        text: "words" (what to do with them), "player", "next" (what is offered when the film has ended).
        param: the query parameter that remembers the frame.
    """
    drawn = [_panel(panel) for panel in panels]
    component("scene_film")(
        key=key,
        data={
            "text": {name: text[name] for name in ("words", "player", "next")},
            "param": param,
            "start": opened(param),
            "frames": len(panels[0].frames),
            "side": panels[0].frames.shape[2],
            "panels": drawn,
            "moments": list(moments),
            "film": hashlib.sha256(repr((drawn, current())).encode()).hexdigest(),
        },
    )


def _panel(panel: SceneRow) -> dict[str, Any]:
    frames, n, height, width, _ = panel.frames.shape
    # One picture of all: a row a frame.
    rows = panel.frames.transpose(0, 2, 1, 3, 4).reshape(frames * height, n * width, 3)
    maps, cells = "", 0
    if panel.looked is not None and panel.words:
        cells = panel.looked.shape[-1]
        # Each word against where it painted most.
        most = np.maximum(panel.looked.max(axis=(0, 2, 3), keepdims=True), 1e-9)
        maps = base64.b64encode(np.rint(255 * panel.looked / most).astype(np.uint8).tobytes()).decode()
    return {
        "title": panel.title,
        "alt": panel.alt,
        "n": n,
        "picture": webp(Image.fromarray(rows)),
        "words": list(panel.words),
        "maps": maps,
        "cells": cells,
    }
