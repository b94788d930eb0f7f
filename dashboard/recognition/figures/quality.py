"""Figures of how good a classifier is: what it takes for what, and whether its confidence can be trusted.

`text` holds the labels, `language` writes the numbers, `theme` is light or dark.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.languages import LANGUAGES
from dashboard.plots import CLEAR, figure

Array = NDArray[np.float64]
Text = Mapping[str, str]

_INK = {"light": "#1a2230", "dark": "#f1f4f8"}
_RING = {"symbol": "square", "size": 26, "color": CLEAR}


def confusion(
    counts: NDArray[np.int64],
    names: Sequence[str],
    hover: Sequence[str],
    chosen: tuple[int, int],
    theme: str,
    text: Text,
    language: str,
) -> go.Figure:
    """How many images of each class (rows) get each answer (columns), a marker on every cell to select.

    Right answers are blue, wrong ones orange, the more the stronger; ten wrong answers already have the full
    colour, for there are few.

    Args:
        counts: (classes, classes).
        hover: (classes²,) what to say of each cell, row by row.
        chosen: the row and column with the frame; each marker carries its own as ``customdata``.
    """
    n = len(counts)
    wrong = -np.sqrt(np.minimum(counts / max(10, counts[~np.eye(n, dtype=bool)].max()), 1.0))
    shares = np.where(np.eye(n, dtype=bool), counts / counts.sum(axis=1, keepdims=True), wrong)
    rows, columns = (index.ravel() for index in np.indices(counts.shape))
    cells: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "z": shares,
            "zmin": -1,
            "zmax": 1,
            "colorscale": palette.diverging(theme),
            "showscale": False,
            "xgap": 1,
            "ygap": 1,
            "text": [[str(count) if count else "" for count in row] for row in counts],
            "texttemplate": "%{text}",
            "textfont": {"size": 12},
            "hoverinfo": "skip",
        },
        # A heat map sends no clicks; a marker on each cell does.
        {
            "type": "scatter",
            "mode": "markers",
            "x": columns,
            "y": rows,
            "marker": {**_RING, "line": {"width": 3, "color": _INK[theme]}},
            "selectedpoints": [chosen[0] * n + chosen[1]],
            "selected": {"marker": {"opacity": 1}},
            "unselected": {"marker": {"opacity": 0}},
            "customdata": np.stack([rows, columns], axis=1).tolist(),
            "hovertext": list(hover),
            "hoverinfo": "text",
        },
    ]
    ticks = {"tickvals": list(range(n)), "ticktext": list(names), "showgrid": False, "zeroline": False}
    return figure(
        cells,
        text["confusion_title"],
        language,
        390,
        text["answer"],
        text["label"],
        xaxis={**ticks, "range": [-0.5, n - 0.5]},
        yaxis={**ticks, "range": [n - 0.5, -0.5]},
        clickmode="event+select",
    )


def reliability(
    curves: Sequence[tuple[str, Array, Array, Array, Array]], theme: str, text: Text, language: str
) -> go.Figure:
    """Share of right answers against confidence, with 95 % intervals; a perfect judge lies on the diagonal.

    Args:
        curves: of each its name, then confidence, share of right answers, low and high, (B,) each.
    """
    colours, symbols = palette.RUNS, ("square", "circle")
    least = min(min(confidence.min(), low.min()) for _, confidence, _, low, _ in curves)
    start = max(0.0, np.floor(20 * (least - 0.01)) / 20)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [100 * start, 100],
            "y": [100 * start, 100],
            "line": {"color": palette.MUTED[theme], "dash": "dash", "width": 1.5},
            "name": text["perfect"],
            "hoverinfo": "skip",
        }
    ]
    for (name, confidence, share, low, high), colour, symbol in zip(curves, colours, symbols, strict=False):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": 100 * confidence,
                "y": 100 * share,
                "error_y": {
                    "type": "data",
                    "symmetric": False,
                    "array": 100 * (high - share),
                    "arrayminus": 100 * (share - low),
                    "thickness": 1,
                    "width": 3,
                    "color": colour,
                },
                "line": {"color": colour, "width": 2},
                "marker": {"color": colour, "symbol": symbol, "size": 8},
                "name": name,
                "hovertemplate": text["reliability_hover"],
            }
        )
    axis = {"range": [100 * start, 100.5], "ticksuffix": LANGUAGES[language].percent, "nticks": 6}
    return figure(
        traces,
        text["reliability_title"],
        language,
        400,
        text["confidence"],
        text["right"],
        xaxis=axis,
        yaxis=axis,
        legend={"y": -0.2},
    )
