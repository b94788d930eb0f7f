"""The Plotly figures of the Perceptron page. ``text`` holds the labels, ``language`` writes the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.plots import CLEAR, figure, frame, mosaic, square_pixels, whole_numbers

Array = NDArray[np.float64]
Text = Mapping[str, str]

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
TILES = 8  # images in a row of the sheet
_STEP = 9  # pixels from one 8x8 tile to the next
_BINS = 30


@dataclass(frozen=True)
class ErrorCurve:
    """One rule's run, for the comparison: its name, the errors before it learns and after each epoch
    (epochs + 1,), and its final (w1, w2, b)."""

    name: str
    errors: NDArray[np.int64]
    weights: Array


def errors_per_epoch(curves: Sequence[ErrorCurve], text: Text, language: str) -> go.Figure:
    """Misclassified points at the start and after each pass over the data, a line a rule."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": np.arange(len(curve.errors)),
            "y": curve.errors,
            "name": curve.name,
            "line": _style(k, 2),
            "marker": {"size": 5, "color": _style(k, 1)["color"], "symbol": k},
            "hovertemplate": f"{text['epoch']} %{{x}} · %{{y}} {text['errors']}<extra>{curve.name}</extra>",
        }
        for k, curve in enumerate(curves)
    ]
    last = max(len(curve.errors) for curve in curves) - 1
    most = max(1, *(int(curve.errors.max()) for curve in curves))
    return figure(
        traces,
        text["errors_title"],
        language,
        x=text["epoch"],
        y=text["errors"],
        xaxis={"range": [-0.2, last + 0.2], **whole_numbers(last)},
        yaxis={"range": [-0.03 * most, 1.08 * most], "zeroline": False, **whole_numbers(most)},
        legend={"y": -0.4},  # five lines of it on a phone, below the axis' name
    )


def boundaries(
    points: Array,
    labels: NDArray[np.int64],
    curves: Sequence[ErrorCurve],
    limit: float,
    axes: Sequence[str],
    classes: Sequence[str],
    text: Text,
    language: str,
) -> go.Figure:
    """The points, and the line on which each rule ended. ``limit``: half the side of the square shown."""
    traces: list[dict[str, Any]] = []
    for label, colour, symbol, name in (
        (-1, palette.ORANGE, "square", classes[0]),
        (1, palette.BLUE, "circle", classes[1]),
    ):
        chosen = points[labels == label]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": chosen[:, 0],
                "y": chosen[:, 1],
                "name": name,
                "marker": {"color": colour, "symbol": symbol, "size": 8, "opacity": 0.85},
                "hovertemplate": f"{axes[0]} = %{{x:.2f}}<br>{axes[1]} = %{{y:.2f}}<extra>{name}</extra>",
            }
        )
    for k, curve in enumerate(curves):
        # A long segment around the foot of the line; the axes' range cuts it.
        w, b = curve.weights[:2], curve.weights[2]
        length = float(np.hypot(*w))
        if length == 0 or not np.isfinite(curve.weights).all():
            continue
        foot, along = -b * w / length**2, np.array([-w[1], w[0]]) / length
        ends = np.array([foot - 10 * limit * along, foot + 10 * limit * along])
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": ends[:, 0],
                "y": ends[:, 1],
                "name": curve.name,
                "line": _style(k, 2.5),
                "hoverinfo": "name",
            }
        )
    axis = {"range": [-limit, limit], "zeroline": False}
    return figure(
        traces,
        text["lines_title"],
        language,
        520,
        axes[0],
        axes[1],
        xaxis=axis,
        yaxis={**axis, "scaleanchor": "x"},
    )


def decomposition(image: Array, weights: Array, theme: str, text: Text, language: str) -> go.Figure:
    """An image, and what each of its pixels adds to the score: pixel times weight. Both (8, 8)."""
    products = image * weights
    peak = float(np.abs(products).max())
    left = _ink(image) | {"hovertemplate": text["pixel"] + " %{z:.2f}<extra></extra>"}
    right = {
        **_signed(products, peak, theme, text["product"], text["product"] + " %{z:.2f}<extra></extra>"),
        "xaxis": "x2",
        "yaxis": "y2",
    }
    axes = square_pixels(x=(0, 0.47)) | square_pixels("2", x=(0.53, 1))
    return figure([left, right], text["products_title"], language, 330, **axes)


def sheet(
    images: Array, wrong: NDArray[np.bool_], answers: Sequence[str], text: Text, language: str
) -> go.Figure:
    """Test images side by side, the misread ones framed. Clicking one selects its marker.

    Args:
        images: (n, 8, 8) in [0, 1].
        wrong: (n,) which are misread.
        answers: (n,) what to say when the pointer is over them.
    """
    tiles = mosaic(images, TILES)
    rows, columns = np.divmod(np.arange(len(images)), TILES)
    # A heat map sends no clicks; a marker on each tile does.
    markers = {
        "type": "scatter",
        "mode": "markers",
        "x": columns * _STEP + 3.5,
        "y": rows * _STEP + 3.5,
        "marker": {"symbol": "square", "size": 36, "color": CLEAR},
        "hovertext": list(answers),
        "hoverinfo": "text",
    }
    return figure(
        [_ink(tiles) | {"hoverinfo": "skip"}, markers],
        text["sheet_title"],
        language,
        60 + 58 * tiles.shape[0] // _STEP,
        shapes=[
            side
            for x, y in zip(columns[wrong] * _STEP, rows[wrong] * _STEP, strict=True)
            for side in frame(x - 0.5, y - 0.5, 8)
        ],
        clickmode="event+select",
        **square_pixels(),
    )


def score_histogram(
    scores: Array, labels: NDArray[np.int64], classes: Sequence[str], text: Text, language: str
) -> go.Figure:
    """How the scores of the two classes spread around 0, where the answer flips."""
    edges = np.histogram_bin_edges(scores, _BINS)
    bins = {"start": edges[0], "end": edges[-1], "size": edges[1] - edges[0]}
    traces = [
        {
            "type": "histogram",
            "x": scores[labels == label],
            "name": name,
            "marker": {"color": colour},
            "opacity": 0.7,
            "xbins": bins,
            "hovertemplate": f"%{{x}} · %{{y}}<extra>{name}</extra>",
        }
        for label, colour, name in ((-1, palette.ORANGE, classes[0]), (1, palette.BLUE, classes[1]))
    ]
    most = max(int(np.histogram(scores[labels == label], edges)[0].max()) for label in (-1, 1))
    middle = {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "y domain"}
    return figure(
        traces,
        text["scores_title"],
        language,
        330,
        text["score"],
        text["images"],
        barmode="overlay",
        shapes=[middle | {"line": {"dash": "dash", "color": palette.MUTED["light"]}}],
        yaxis=whole_numbers(most),
    )


def _ink(image: Array) -> dict[str, Any]:
    """White ink, 1, on black, 0."""
    scale = {"zmin": 0, "zmax": 1, "colorscale": [(0.0, "#000000"), (1.0, "#ffffff")], "showscale": False}
    return {"type": "heatmap", "z": image, **scale}


def _signed(values: Array, peak: float, theme: str, name: str, hover: str) -> dict[str, Any]:
    """Numbers of either sign in the diverging colours of the palette, the full ones at ``peak``."""
    peak = peak or 1.0
    return {
        "type": "heatmap",
        "z": values,
        "zmin": -peak,
        "zmax": peak,
        "colorscale": palette.diverging(theme),
        "colorbar": {"title": {"text": name}, "thickness": 12},
        "hovertemplate": hover,
    }


def _style(k: int, width: float) -> dict[str, Any]:
    """The line of rule ``k``: colours and dashes begin anew after the last."""
    return {"color": palette.RUNS[k % len(palette.RUNS)], "dash": _DASHES[k % len(_DASHES)], "width": width}
