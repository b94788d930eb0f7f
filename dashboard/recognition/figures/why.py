"""The figure of the deletion curves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard import palette
from dashboard.languages import LANGUAGES
from dashboard.plots import figure

Text = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One curve: its name, the shares of the image gone and the probability left at each.

    `colour` is its place in the palette of runs; None for the random order, which stands back.
    """

    name: str
    shares: Sequence[float]
    probabilities: Sequence[float]
    colour: int | None


def deletion(lines: Sequence[Line], theme: str, text: Text, language: str) -> go.Figure:
    """The probability of the class against the share of the image taken away, a line a method."""
    traces: list[dict[str, Any]] = []
    for line in lines:
        chance = line.colour is None
        colour = palette.MUTED[theme] if line.colour is None else palette.RUNS[line.colour]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines" if chance else "lines+markers",
                "name": line.name,
                "x": [100 * share for share in line.shares],
                "y": [100 * share for share in line.probabilities],
                "line": {"color": colour, "width": 2, "dash": "dot" if chance else "solid"},
                "marker": {"size": 6, "symbol": line.colour or 0},
                "hovertemplate": f"{line.name} · %{{y:.0f}}{LANGUAGES[language].percent}<extra></extra>",
            }
        )
    return figure(
        traces,
        text["title"],
        language,
        400,
        text["x"],
        text["y"],
        hovermode="x unified",
        xaxis={"ticksuffix": LANGUAGES[language].percent, "range": [0, 100]},
        yaxis={"ticksuffix": LANGUAGES[language].percent, "rangemode": "tozero"},
    )
