"""A film of small images side by side, in one trip: played, scrubbed and pointed at in the browser."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard import palette
from dashboard.ui.component import component, opened, shares
from dashboard.ui.language import current


@dataclass(frozen=True)
class Panel:
    """One sheet of images that changes from frame to frame: `frames` (frames, n, h, w) in [0, 1]."""

    title: str
    alt: str
    frames: NDArray[np.floating]


@dataclass(frozen=True)
class Journey:
    """The way of each image over a map.

    Attributes:
        points: (m, 2) the map's own points, of the classes `labels` (m,), called `names`.
        paths: (frames, k, 2), of the first k images.
    """

    title: str
    alt: str
    axes: tuple[str, str]
    points: NDArray[np.floating]
    labels: NDArray[np.integer]
    names: Sequence[str]
    paths: NDArray[np.floating]


def denoise(
    key: str,
    panels: Sequence[Panel],
    columns: int,
    moments: Sequence[str],
    captions: Sequence[str],
    text: Mapping[str, Any],
    *,
    param: str = "step",
    journey: Journey | None = None,
) -> None:
    """Draw the film.

    Args:
        columns: images in a row of a sheet.
        moments: what is said of each frame.
        captions: what is said of each image, when it is pointed at.
        text: "point" (what stands there until an image is pointed at), "player",
            "next" (what is offered when the film has ended).
        param: the query parameter that remembers the frame.
    """
    frames, n, height, width = panels[0].frames.shape
    sheets = [
        {"title": panel.title, "alt": panel.alt, "pixels": _packed(_bytes(panel.frames))} for panel in panels
    ]
    drawn = None if journey is None else _journey(journey)
    dark = st.context.theme.type == "dark"
    component("denoise")(
        key=key,
        data={
            "lang": current(),
            "text": {name: text[name] for name in ("point", "player", "next")},
            "param": param,
            "start": opened(param),
            "frames": frames,
            "n": n,
            "size": [width, height],
            "columns": min(columns, n),
            "panels": sheets,
            "moments": list(moments),
            "captions": list(captions),
            "journey": drawn,
            "dark": dark,
            "film": hashlib.sha256(repr((sheets, drawn, dark)).encode()).hexdigest(),
        },
    )


def _journey(journey: Journey) -> dict[str, Any]:
    # Noise starts further out than any image ends: it too must be on the map.
    everything = np.concatenate([journey.points, journey.paths.reshape(-1, 2)])
    low, high = everything.min(axis=0), everything.max(axis=0)
    margin = 0.04 * (high - low)
    low, high = low - margin, high + margin

    def packed(points: NDArray[np.floating]) -> str:
        return shares((points - low) / (high - low))

    return {
        "title": journey.title,
        "alt": journey.alt,
        "axes": list(journey.axes),
        "points": packed(journey.points),
        "labels": _packed(journey.labels.astype(np.uint8)),
        "names": list(journey.names),
        "paths": packed(journey.paths),
        "travellers": journey.paths.shape[1],
        "colours": list(palette.CLASSES),
    }


def _bytes(frames: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.rint(frames.clip(0.0, 1.0) * 255).astype(np.uint8)


def _packed(array: NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
