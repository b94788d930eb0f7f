"""The front page's figures: a network drawn as columns of neurons, and what networks cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.palette import BLUE, CLASSES, ORANGE
from dashboard.plots import figure

MOST = 12  # neurons drawn in a column
BELOW = 0.12  # share of the height under the columns, for their counts
PICTURE = 0.13  # share of the width that an image takes
INPUT, HIDDEN, OUTPUT = CLASSES[8], CLASSES[4], CLASSES[2]
LINE = "rgba(125,138,155,0.45)"  # seen on light and dark pages alike
_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}

RING = "rgba(255,255,255,0.8)"

Write = Callable[[float], str]
Names = Mapping[str, str]
Spec = dict[str, Any]  # a Plotly trace, axis or layout


class Measured(NamedTuple):
    """A network's number of parameters, the seconds of a training step, and how it is called."""

    parameters: int
    seconds: float
    name: str


def shown(neurons: int) -> int:
    """How many neurons of a layer are drawn: all of a few, then one or two more at each doubling."""
    return neurons if neurons <= MOST else min(MOST, round(1.5 * math.log2(neurons) - 2))


def heights(neurons: int) -> np.ndarray:
    """Vertical places of the drawn neurons, centred on 0, with a gap in the middle when some are left out.

    Returns: (shown,), from the top down.
    """
    drawn = shown(neurons)
    places = -np.arange(drawn, dtype=float)
    if drawn < neurons:
        places[(drawn + 1) // 2 :] -= 1
    return places - (places[0] + places[-1]) / 2


def network(
    sizes: Sequence[int], names: Names, write: Write, *, rebuilds: bool = False, seed: int = 0
) -> go.Figure:
    """A network as columns of circles between the image it reads and its answer.

    The count of neurons is written under each column. Between the circles that are drawn, links take the
    colour of a random weight's sign, as before any training. ``rebuilds``: the last column is an image
    again, else ten digits. ``names``: ``pixels``, ``digits``, ``image``, ``copy``, and for hovering
    ``hover_input`` and ``hover`` with the places {layer}, {n_in}, {parameters}.
    """
    columns = [heights(n) for n in sizes]
    last = len(sizes) - 1
    traces = [
        *_links(columns, seed),
        _neurons(sizes, columns, names, write, rebuilds),
        _counts(sizes, columns, names, write, rebuilds),
        _ellipses(sizes, columns),
    ]
    if not rebuilds:
        digits = [str(digit) for digit in range(sizes[-1])]
        traces.append(_text([last] * len(digits), columns[-1].tolist(), digits, "middle right"))
    half = (MOST + 1) / 2
    hidden = {"visible": False}
    layout: Spec = {
        "xaxis": hidden | {"range": [-0.6, last + 0.6], "domain": [PICTURE, 1 - PICTURE if rebuilds else 1]},
        "yaxis": hidden | {"range": [-half - 2 * half * BELOW / (1 - BELOW), half]},
    }
    images = [(digit(), names["image"], 0.0)]
    if rebuilds:
        images.append((blurred(digit()), names["copy"], 1 - PICTURE))
    for k, (image, name, left) in enumerate(images, start=2):
        traces.append(_picture(image, name, k))
        layout |= _picture_axes(left, k)
    return figure(traces, margin=_MARGIN, **layout)


def digit() -> np.ndarray:
    """A 3 as a pen would write it. Returns: (28, 28) bytes, 0 without ink, the first row at the top."""
    turn = np.radians(np.linspace(-150, 80, 60))  # two bowls; the y axis points down
    x = np.concatenate([13.5 + 4.6 * np.cos(turn), 13.5 + 5.4 * np.cos(-turn)])
    y = np.concatenate([9 + 4.6 * np.sin(turn), 19 + 5.4 * np.sin(-turn)])
    rows, columns = np.mgrid[:28, :28]
    away = np.hypot(columns[..., None] - x, rows[..., None] - y).min(axis=-1)
    return (255 * np.clip(2.1 - away, 0, 1)).astype(np.uint8)


def blurred(image: np.ndarray) -> np.ndarray:
    """The image without its finest details, as a bottleneck leaves it; same shape and range."""
    soft = image.astype(float)
    for axis in (0, 1) * 3:
        soft = (np.roll(soft, 1, axis) + 2 * soft + np.roll(soft, -1, axis)) / 4
    return soft.astype(np.uint8)


def _picture(image: np.ndarray, name: str, k: int) -> Spec:
    """A small image on axes of its own, numbered ``k``."""
    return {
        "type": "heatmap",
        "z": image,
        "xaxis": f"x{k}",
        "yaxis": f"y{k}",
        "colorscale": [(0, "#20262e"), (1, "#f4f4f2")],
        "showscale": False,
        "hovertemplate": name + "<extra></extra>",
    }


def _picture_axes(left: float, k: int) -> Spec:
    """Square axes at the height of the columns' middle, from ``left`` on, a share of the width."""
    quiet = {"visible": False, "constrain": "domain"}
    across = {"domain": [left, left + PICTURE], "range": [-0.5, 27.5], "anchor": f"y{k}"}
    down = {"domain": [BELOW, 1], "range": [27.5, -0.5], "anchor": f"x{k}", "scaleanchor": f"x{k}"}
    return {f"xaxis{k}": quiet | across, f"yaxis{k}": quiet | down}


def _links(columns: Sequence[np.ndarray], seed: int) -> list[Spec]:
    """Two traces, the links of positive and of negative weights; NaN lifts the pen between links."""
    pen = np.array(
        [
            [(column, y_from), (column + 1, y_to), (np.nan, np.nan)]
            for column, (left, right) in enumerate(pairwise(columns))
            for y_from in left
            for y_to in right
        ],
        dtype=np.float32,
    )  # (links, 3, 2)
    positive = np.random.default_rng(seed).random(len(pen)) < 0.5
    return [
        {
            "type": "scatter",
            "x": pen[which, :, 0].ravel(),
            "y": pen[which, :, 1].ravel(),
            "mode": "lines",
            "line": {"color": colour, "width": 0.7},
            "opacity": 0.32,
            "hoverinfo": "skip",
        }
        for which, colour in ((positive, BLUE), (~positive, ORANGE))
    ]


def _neurons(
    sizes: Sequence[int], columns: Sequence[np.ndarray], names: Names, write: Write, rebuilds: bool
) -> Spec:
    hovers = [names["hover_input"]]
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        parameters = write(n_in * n_out + n_out)
        hovers.append(names["hover"].format(layer=layer, n_in=write(n_in), parameters=parameters))
    colours = [INPUT, *[HIDDEN] * (len(sizes) - 2), INPUT if rebuilds else OUTPUT]
    drawn = [len(places) for places in columns]
    return {
        "type": "scatter",
        "x": np.repeat(np.arange(len(sizes)), drawn),
        "y": np.concatenate(columns),
        "mode": "markers",
        "marker": {
            "size": 13,
            "color": np.repeat(colours, drawn).tolist(),
            "line": {"width": 1, "color": RING},
        },
        "hovertext": np.repeat(hovers, drawn).tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _counts(
    sizes: Sequence[int], columns: Sequence[np.ndarray], names: Names, write: Write, rebuilds: bool
) -> Spec:
    units = [names["pixels"], *[""] * (len(sizes) - 2), names["pixels" if rebuilds else "digits"]]
    labels = [f"<b>{write(n)}</b><br>{unit}" for n, unit in zip(sizes, units, strict=True)]
    return _text(range(len(sizes)), [places[-1] for places in columns], labels, "bottom center")


def _ellipses(sizes: Sequence[int], columns: Sequence[np.ndarray]) -> Spec:
    """Dots in the gap of each column that leaves neurons out."""
    gaps = [
        (x, (places[k] + places[k + 1]) / 2)
        for x, (n, places) in enumerate(zip(sizes, columns, strict=True))
        if (k := (len(places) + 1) // 2 - 1) >= 0 and len(places) < n
    ]
    return _text(
        [x for x, _ in gaps], [y for _, y in gaps], ["<b>⋮</b>"] * len(gaps), "middle center", {"size": 18}
    )


def _text(
    x: Sequence[int], y: Sequence[float], labels: Sequence[str], place: str, font: Spec | None = None
) -> Spec:
    """Labels beside neurons; invisible markers keep them at a distance."""
    return {
        "type": "scatter",
        "x": list(x),
        "y": list(y),
        "mode": "markers+text",
        "marker": {"size": 14, "opacity": 0},
        "text": labels,
        "textposition": place,
        "textfont": font or {"size": 12},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


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
    ringed = {"size": 16, "color": ORANGE, "symbol": "diamond", "line": {"width": 2, "color": RING}}
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
