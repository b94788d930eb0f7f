"""How good the images are, against the number of steps or the guidance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard import palette
from dashboard.languages import LANGUAGES
from dashboard.plots import figure, written

Text = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One curve: its name, and y at each x."""

    name: str
    x: Sequence[float]
    y: Sequence[float]


def curves(
    lines: Sequence[Line],
    real: float,
    chosen: tuple[float, float] | None,
    title: str,
    axes: tuple[str, str],
    text: Text,
    language: str,
    theme: str,
    *,
    logarithmic: bool,
    shares: bool,
) -> go.Figure:
    """Curves of one figure of merit, the level of real images, and the point that the page stands at.

    Args:
        real: what new real images reach.
        chosen: (x, y) of the page's own settings, as far as they were measured.
        axes: names of x and y.
        text: "real", "chosen".
        logarithmic: x in octaves; `shares`: y is written as a percentage.
    """
    scale, form, unit = (100, ".1f", LANGUAGES[language].percent) if shares else (1, ".2f", "")
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "x": list(line.x),
            "y": [scale * y for y in line.y],
            "name": line.name,
            "mode": "lines+markers",
            "line": {"color": colour, "width": 2, "dash": dash},
            "marker": {"size": 6},
            "hovertemplate": f"%{{x}} · %{{y:{form}}}{unit}<extra>{line.name}</extra>",
        }
        for line, colour, dash in zip(lines, palette.RUNS, ("solid", "dot"), strict=False)
    ]
    ends = [min(x for line in lines for x in line.x), max(x for line in lines for x in line.x)]
    traces.append(
        {
            "type": "scatter",
            "x": ends,
            "y": [scale * real] * 2,
            "name": text["real"],
            "mode": "lines",
            "line": {"color": palette.MUTED[theme], "width": 1.5, "dash": "dash"},
            "hovertemplate": f"%{{y:{form}}}{unit}<extra>{text['real']}</extra>",
        }
    )
    if chosen is not None:
        traces.append(
            {
                "type": "scatter",
                "x": [chosen[0]],
                "y": [scale * chosen[1]],
                "name": text["chosen"],
                "mode": "markers",
                "marker": {
                    "size": 15,
                    "symbol": "circle-open",
                    "color": palette.MUTED[theme],
                    "line": {"width": 3},
                },
                "hovertemplate": f"%{{y:{form}}}{unit}<extra>{text['chosen']}</extra>",
            }
        )
    across = {
        "type": "log" if logarithmic else "linear",
        "showgrid": False,
        "tickvals": list(lines[0].x),
        "ticktext": [written(x, "g", language) for x in lines[0].x],
    }
    upward = {"showgrid": True, "gridcolor": palette.GRID[theme], "zeroline": False, "ticksuffix": unit}
    return figure(traces, title, language, 330, *axes, xaxis=across, yaxis=upward, legend={"y": -0.32})
