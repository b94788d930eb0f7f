"""What is kept of a scene as its text may grow longer."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.palette import RUNS
from dashboard.plots import figure, whole_numbers

_TICKS = (12, 30, 100, 300, 1000)


def curve(
    limits: Sequence[int],
    told: Sequence[float],
    drawn: Sequence[float],
    total: int,
    text: Mapping[str, str],
    language: str,
) -> go.Figure:
    """Facts that the text tells, and that its drawings show, against the characters allowed (logarithmic).

    Args:
        told, drawn: one number a limit, at most `total`.
        text: "x", "y", "told", "drawn".
    """
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "name": text[name],
            "x": list(limits),
            "y": list(values),
            "mode": "lines+markers",
            "line": {"color": colour, "width": 2, "dash": dash},
            "marker": {"color": colour, "size": 6},
        }
        for name, values, colour, dash in (
            ("told", told, RUNS[0], "solid"),
            ("drawn", drawn, RUNS[2], "dot"),
        )
    ]
    return figure(
        traces,
        language=language,
        height=230,
        x=text["x"],
        y=text["y"],
        xaxis={"type": "log", "tickvals": list(_TICKS), "ticktext": [str(tick) for tick in _TICKS]},
        yaxis={"range": [0, total + 0.5], **whole_numbers(total)},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        margin={"t": 30, "b": 40},
    )
