"""Sets of points to choose from, each by a picture of itself."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dashboard.palette import MUTED
from dashboard.ui import state
from dashboard.ui.language import t
from dashboard.ui.thumbnails import thumbnails

COLUMNS = 6
_SIDE = 80  # pixels
_FINE = 4  # drawn this many times larger, then reduced
_RADIUS, _EDGE = 0.045, 0.06  # of half the side
Picture = NDArray[np.uint8]


def data_choice(control: state.Choice, label: str, names: dict[str, str], pictures: Sequence[Picture]) -> str:
    """The control's options as pictures (side, side, 4), and the chosen one's name; its slug."""
    if state.shown(control, label):
        st.markdown(t("points.chosen", label=label, name=names[state.get(control)]))
        thumbnails(
            f"{control.param}_pictures",
            label,
            np.stack(pictures),
            [names[slug] for slug in control.options],
            control.options.index(state.get(control)),
            lambda i: state.put(control, control.options[i]),
            columns=COLUMNS,
        )
    return state.get(control)


def dotted(points: NDArray[np.floating], inks: Sequence[str]) -> Picture:
    """A picture of points (n, 2) in [-1, 1]², each in its colour, on a clear ground: (side, side, 4)."""
    large, pen = _canvas()
    half, scale = large.width / 2, 1 - _EDGE
    for (x, y), ink in zip(points, inks, strict=True):
        pen.circle((half * (1 + scale * x), half * (1 - scale * y)), half * _RADIUS, fill=ink)
    return _reduced(large)


def plus() -> Picture:
    """The picture of what the visitor makes: a plus."""
    large, pen = _canvas()
    side, ink = large.width, MUTED["light"]
    low, middle, high, thick = side // 4, side // 2, 3 * side // 4, side // 16
    pen.line((low, middle, high, middle), ink, thick)
    pen.line((middle, low, middle, high), ink, thick)
    return _reduced(large)


def _canvas() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    large = Image.new("RGBA", (_SIDE * _FINE,) * 2, (255, 255, 255, 0))
    return large, ImageDraw.Draw(large)


def _reduced(large: Image.Image) -> Picture:
    return np.asarray(large.resize((_SIDE, _SIDE), Image.Resampling.BOX))
