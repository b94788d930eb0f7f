"""The front page's figure: what networks cost."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import plotly.graph_objects as go

from dashboard.palette import RUNS
from dashboard.plots import figure

HIDDEN = RUNS[1]
LINE = "rgba(125,138,155,0.45)"  # seen on light and dark pages alike
RING = "rgba(255,255,255,0.8)"
_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}

Write = Callable[[float], str]
Names = Mapping[str, str]
Spec = dict[str, Any]  # a Plotly trace, axis or layout


class Measured(NamedTuple):
    """A network's number of parameters, the seconds of a training step, and how it is called."""

    parameters: int
    seconds: float
    name: str


def costs(
    seen: Sequence[Measured], chosen: Measured, possible: Sequence[int], names: Names, write: Write
) -> go.Figure:
    """Measured time of a training step against the number of parameters, both on logarithmic axes.

    ``seen``: the networks measured during this visit; ``chosen`` is marked. ``possible``: parameters of
    all the networks that can be chosen, as ticks at the bottom. The dashed line is time in proportion to
    parameters, through the chosen network.
    """
    low, high = min(possible) / 1.35, max(possible) * 1.5
    line = [end / chosen.parameters * chosen.seconds * 1e3 for end in (low, high)]
    times = [point.seconds * 1e3 for point in seen]
    floor, ceiling = min(*times, line[0]) / 2.5, max(*times, line[1]) * 1.6
    traces: list[Spec] = [
        {
            "type": "scatter",
            "x": [low, high],
            "y": line,
            "mode": "lines",
            "name": names["proportional"],
            "line": {"color": LINE, "width": 2, "dash": "dash"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "x": list(possible),
            "y": [floor * 1.15] * len(possible),
            "mode": "markers",
            "name": names["possible"],
            "marker": {"symbol": "line-ns-open", "size": 9, "color": LINE},
            "hoverinfo": "skip",
        },
    ]
    plain = {"size": 9, "color": HIDDEN, "opacity": 0.75}
    ringed = {"size": 16, "color": HIDDEN, "symbol": "diamond", "line": {"width": 2, "color": RING}}
    for points, name, marker in ((seen, names["seen"], plain), ([chosen], names["chosen"], ringed)):
        traces.append(
            {
                "type": "scatter",
                "x": [point.parameters for point in points],
                "y": [point.seconds * 1e3 for point in points],
                "mode": "markers",
                "name": name,
                "marker": marker,
                "customdata": [_written(point, write) for point in points],
                "hovertemplate": names["hover"] + "<extra></extra>",
            }
        )
    return figure(
        traces,
        x=names["x"],
        y=names["y"],
        xaxis=_log_axis(low, high, write),
        yaxis=_log_axis(floor, ceiling, write),
        legend={"y": 1.02, "yanchor": "bottom"},
        margin=_MARGIN,
    )


def _written(point: Measured, write: Write) -> tuple[str, str, str]:
    return point.name, write(point.parameters), write(float(f"{point.seconds * 1e3:.2g}"))


def _log_axis(low: float, high: float, write: Write) -> Spec:
    """A logarithmic axis with one written tick per power of ten."""
    powers = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    return {
        "type": "log",
        "range": [math.log10(low), math.log10(high)],
        "tickvals": [10.0**power for power in powers],
        "ticktext": [write(10.0**power) for power in powers],
        "gridcolor": LINE,
        "zeroline": False,
    }
