"""The style of Plotly figures, and small images laid side by side in one heat map.

Every figure is made of plain dictionaries by `figure`: built up by ``add_scatter`` and ``update_layout`` it
costs ten times as much. Plotly's own check of every property costs most of what is left: the tests make it
instead, on a case of every figure.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.languages import LANGUAGES
from dashboard.palette import EDGE, MARK

CLEAR = "rgba(0,0,0,0)"

# What Streamlit's theme lets stand; what it would overwrite is written into each figure's own layout.
_AXIS = {"automargin": True, "fixedrange": True}
_TEMPLATE = go.layout.Template(
    layout={
        "title": {"y": 0.98, "yanchor": "top"},
        "legend": {"orientation": "h", "y": -0.25, "x": 0},
        "dragmode": False,
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
)
_LAYOUT = {"template": _TEMPLATE, "paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR, "uirevision": True}
_MARGIN = {"l": 10, "r": 10, "t": 48, "b": 10}


class Figure(go.Figure):
    """A figure that is not changed once it is made: what Plotly copies of it to send it is kept, so that one
    that stands in a cache is copied once."""

    _sent: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        if self._sent is None:
            self._sent = super().to_dict()
        return self._sent


def frame(x: float, y: float, side: float) -> list[dict[str, Any]]:
    """The shapes of a frame around a square of a picture; (x, y): its corner of the smallest coordinates."""
    corners = {"type": "rect", "x0": x, "x1": x + side, "y0": y, "y1": y + side}
    return [{**corners, "line": {"color": ink, "width": wide}} for ink, wide in ((EDGE, 5), (MARK, 2))]


def figure(
    traces: Sequence[dict[str, Any]],
    title: str = "",
    language: str = "en",
    height: int = 360,
    x: str = "",
    y: str = "",
    frames: Sequence[dict[str, Any]] = (),
    **layout: Any,
) -> go.Figure:
    """A figure in the style of the app: clear background, fixed axes, a legend where traces have names.

    Args:
        traces: as Plotly's JSON has them, with their ``type``.
        language: whose separators Plotly writes into numbers.
        height: in pixels.
        x, y: what the first two axes show, with the unit.
        frames: of an animation, each with its ``name`` and ``data``.
        layout: more of Plotly's layout; what is given of ``margin`` replaces only that side.
    """
    for axis, name in (("xaxis", x), ("yaxis", y)):
        if name:
            layout[axis] = {**layout.get(axis, {}), "title": {"text": name}}
    complete = {
        **_LAYOUT,
        "title": {"text": title, "font": {"size": 15}, "x": 0, "xanchor": "left"},
        "separators": LANGUAGES[language].separators,
        "height": height,
        "showlegend": any("name" in trace for trace in traces),
        **layout,
        "margin": _MARGIN | layout.get("margin", {}),
    }
    return Figure(traces, complete, frames, _validate=False)


def whole_numbers(most: float, ticks: int = 5) -> dict[str, Any]:
    """Of an axis that counts from 0 to ``most``: about ``ticks`` marks, all at whole numbers.

    Plotly itself would mark halves and round what it writes: 0, 0, 1, 1.
    """
    step = max(1.0, most / ticks)
    power = 10 ** math.floor(math.log10(step))
    nice = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step)
    return {"tick0": 0, "dtick": nice, "tickformat": ",d"}


def square_pixels(
    suffix: str = "", x: Sequence[float] = (0, 1), y: Sequence[float] = (0, 1)
) -> dict[str, Any]:
    """Two axes without marks whose pixels are square, the first row on top.

    Args:
        suffix: the number of the axes, "" for the first.
        x, y: the shares of the figure's width and height that they take.
    """
    plain = {"visible": False, "constrain": "domain"}
    down = {"autorange": "reversed", "scaleanchor": f"x{suffix}", "constraintoward": "top"}
    return {
        f"xaxis{suffix}": {**plain, "domain": list(x), "anchor": f"y{suffix}"},
        f"yaxis{suffix}": {**plain, "domain": list(y), "anchor": f"x{suffix}", **down},
    }


def scale_below(title: str) -> dict[str, Any]:
    """A colour bar under its figure: a phone has no width to give away."""
    return {
        "orientation": "h",
        "thickness": 10,
        "len": 0.8,
        "y": 0,
        "yanchor": "top",
        "title": {"text": title, "side": "bottom"},
    }


def written(value: float, form: str, language: str) -> str:
    """A number in Python's format ``form``, with the language's decimal separator and a true minus sign."""
    return f"{value:{form}}".replace("-", "−").replace(".", LANGUAGES[language].separators[0])


def mosaic(images: NDArray[np.floating], columns: int, gap: int = 1) -> NDArray[np.float64]:
    """Images side by side, row by row, in one array.

    Args:
        images: (n, h, w).
        columns: tiles in a row.
        gap: empty cells (NaN) between tiles.

    Returns:
        (rows * (h + gap) - gap, columns * (w + gap) - gap), NaN where there is no tile.
    """
    n, h, w = images.shape
    rows = max(1, -(-n // columns))
    sheet = np.full((rows * (h + gap) - gap, columns * (w + gap) - gap), np.nan)
    for k, image in enumerate(images):
        top, left = k // columns * (h + gap), k % columns * (w + gap)
        sheet[top : top + h, left : left + w] = image
    return sheet
