"""The figures beside the map: a code as bars, the classes of a group.

``text`` holds the labels, ``language`` writes the numbers, ``theme`` is light or dark.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.plots import figure, whole_numbers

Array = NDArray[np.floating]
Text = Mapping[str, str]


def code_bars(code: Array, low: Array, high: Array, theme: str, text: Text, language: str) -> go.Figure:
    """A code (size,) as bars, blue above zero and orange below, over the range (size,) in which nine out of
    ten images of the sample have each number."""
    numbers = np.arange(1, len(code) + 1)
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": text["usual"],
            "x": numbers,
            "base": low,
            "y": high - low,
            "width": 0.9,
            "marker": {"color": palette.GRID[theme]},
            "hoverinfo": "skip",
        },
        {
            "type": "bar",
            "name": text["this"],
            "x": numbers,
            "y": code,
            "width": 0.5,
            "marker": {"color": [palette.BLUE if value >= 0 else palette.ORANGE for value in code]},
            "hovertemplate": text["number"] + " %{x} · %{y:.2f}<extra></extra>",
            "showlegend": False,
        },
    ]
    return figure(
        traces,
        text["code_title"],
        language,
        260,
        text["number"],
        text["value"],
        barmode="overlay",
        xaxis={"dtick": 1 if len(code) <= 16 else 8},
        legend={"y": 1.02, "yanchor": "bottom"},
    )


def class_counts(counts: NDArray[np.integer], names: Sequence[str], text: Text, language: str) -> go.Figure:
    """How many of a group belong to each class (classes,), the most frequent on top; absent ones left out."""
    order = [k for k in np.argsort(-counts, kind="stable") if counts[k]]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [names[k] for k in order],
        "x": [int(counts[k]) for k in order],
        "texttemplate": "%{x:,d}",
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [palette.CLASSES[k] for k in order]},
        "hovertemplate": "%{y} · %{x:,d}<extra></extra>",
    }
    return figure(
        [bars],
        text["counts_title"],
        language,
        110 + 26 * len(order),
        text["images"],
        text["class"],
        xaxis={"rangemode": "tozero", **whole_numbers(float(counts.max(initial=0)))},
        # Names such as "3" are no numbers.
        yaxis={"autorange": "reversed", "type": "category"},
    )
