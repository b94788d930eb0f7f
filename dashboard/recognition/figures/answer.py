"""The figure of an answer: classes under their families, each with its bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard import palette
from dashboard.plots import figure

Text = Mapping[str, str]

_ROW = 46  # pixels
_FAMILY = "rgba(44,123,201,0.4)"
_INDENT = "\u2003"


@dataclass(frozen=True)
class Row:
    """One bar: what it stands for, its probability (0 to 1) as a number and in writing.

    `family`: it stands for a whole family, whose classes come below it; None where there are no families.
    """

    name: str
    share: float
    written: str
    family: bool | None = None


def bars(rows: Sequence[Row], text: Text, language: str) -> go.Figure:
    """The rows from top to bottom, a bar each, its name above it so that no screen is too narrow for it."""
    places = [-float(i) for i in range(len(rows))]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": places,
            "x": [row.share for row in rows],
            "width": 0.34,
            "marker": {"color": [_FAMILY if row.family else palette.BLUE for row in rows]},
            "customdata": [[row.name, row.written] for row in rows],
            "hovertemplate": "%{customdata[0]} : %{customdata[1]}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "text",
            "y": [place + 0.42 for place in places],
            "x": [0.0] * len(rows),
            "text": [_label(row) for row in rows],
            "textposition": "middle right",
            "textfont": {"size": 14},
            "hoverinfo": "skip",
            "cliponaxis": False,
        },
    ]
    return figure(
        traces,
        text["title"],
        language,
        _ROW * len(rows) + 110,
        text["share"],
        xaxis={
            "range": [0, 1.03],
            "tickvals": [0, 0.5, 1],
            "ticktext": ["0", text["half"], text["whole"]],
        },
        yaxis={"visible": False, "range": [-len(rows) + 0.6, 0.75]},
    )


def _label(row: Row) -> str:
    if row.family is None:
        return f"{row.name} · {row.written}"
    return f"<b>{row.name}</b> · {row.written}" if row.family else f"{_INDENT}{row.name} · {row.written}"
