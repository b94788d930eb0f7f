"""The Plotly figures of the Perceptron page. ``text`` holds the labels, ``language`` writes the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.plots import mosaic, play_button, styled

Array = NDArray[np.float64]
Text = Mapping[str, str]

_RULES = palette.CLASSES[2:7]
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
TILES = 8  # images in a row of the sheet
_STEP = 9  # pixels from one 8x8 tile to the next


@dataclass(frozen=True)
class Curve:
    """One rule's run, for the comparison: its name, errors per epoch and final (w1, w2, b)."""

    name: str
    errors: NDArray[np.int64]
    weights: Array


def errors_per_epoch(curves: Sequence[Curve], text: Text, language: str) -> go.Figure:
    """Misclassified points after each pass over the data, a line a rule."""
    figure = go.Figure()
    for k, curve in enumerate(curves):
        figure.add_scatter(
            x=np.arange(1, len(curve.errors) + 1),
            y=curve.errors,
            name=curve.name,
            mode="lines+markers",
            line={"color": _RULES[k], "dash": _DASHES[k], "width": 2},
            marker={"size": 5, "color": _RULES[k], "symbol": k},
            hovertemplate=text["epoch"] + " %{x} : %{y} " + text["errors"] + f"<extra>{curve.name}</extra>",
        )
    figure.update_layout(showlegend=len(curves) > 1)
    styled(figure, text["errors_title"], language, text["epoch"], text["errors"])
    figure.update_yaxes(rangemode="tozero", tickformat=",d")
    figure.update_xaxes(tickformat=",d")
    return figure


def boundaries(
    points: Array,
    labels: NDArray[np.int64],
    curves: Sequence[Curve],
    limit: float,
    axes: Sequence[str],
    classes: Sequence[str],
    text: Text,
    language: str,
) -> go.Figure:
    """The points, and the line on which each rule ended. ``limit``: half the side of the square shown."""
    figure = go.Figure()
    for label, colour, symbol, name in (
        (-1, palette.ORANGE, "square", classes[0]),
        (1, palette.BLUE, "circle", classes[1]),
    ):
        chosen = points[labels == label]
        figure.add_scatter(
            x=chosen[:, 0],
            y=chosen[:, 1],
            name=name,
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 8, "opacity": 0.85},
            hovertemplate=f"{axes[0]} = %{{x:.2f}}<br>{axes[1]} = %{{y:.2f}}<extra>{name}</extra>",
        )
    for k, curve in enumerate(curves):
        # A long segment around the foot of the line; the axes' range cuts it.
        w, b = curve.weights[:2], curve.weights[2]
        length = float(np.hypot(*w))
        if length == 0 or not np.isfinite(curve.weights).all():
            continue
        foot, along = -b * w / length**2, np.array([-w[1], w[0]]) / length
        ends = np.array([foot - 10 * limit * along, foot + 10 * limit * along])
        figure.add_scatter(
            x=ends[:, 0],
            y=ends[:, 1],
            name=curve.name,
            mode="lines",
            line={"color": _RULES[k], "dash": _DASHES[k], "width": 2.5},
            hoverinfo="name",
        )
    styled(figure, text["lines_title"], language, axes[0], axes[1], height=520)
    figure.update_xaxes(range=[-limit, limit], zeroline=False)
    figure.update_yaxes(range=[-limit, limit], zeroline=False, scaleanchor="x")
    return figure


def weight_film(weights: Array, theme: str, text: Text, language: str) -> go.Figure:
    """The weights as an image, a frame a correction, played and scrubbed in the browser.

    Args:
        weights: (frames, 8, 8); the figure opens on the last.
    """
    peak = float(np.abs(weights).max()) or 1.0
    heat = go.Heatmap(
        z=weights[-1],
        zmin=-peak,
        zmax=peak,
        colorscale=palette.diverging(theme),
        colorbar={"title": {"text": text["weight"]}, "thickness": 12},
        hovertemplate=text["row"] + " %{y}, " + text["column"] + " %{x} : %{z:.2f}<extra></extra>",
    )
    names = [str(k) for k in range(len(weights))]
    figure = go.Figure(
        heat,
        frames=[
            go.Frame(data=[{"type": "heatmap", "z": z}], name=n) for n, z in zip(names, weights, strict=True)
        ],
    )
    now = {"mode": "immediate", "frame": {"duration": 90, "redraw": True}, "transition": {"duration": 0}}
    steps = [{"label": n, "method": "animate", "args": [[n], now]} for n in names]
    _square(figure)
    styled(figure, text["weights_title"], language, height=470)
    figure.update_layout(
        margin={"b": 90},
        sliders=[
            {
                "active": len(names) - 1,
                "steps": steps,
                "currentvalue": {"prefix": text["correction"] + " ", "font": {"color": palette.MUTED[theme]}},
                "ticklen": 0,
                "minorticklen": 0,
                "font": {"color": "rgba(0,0,0,0)"},
                "pad": {"t": 14, "l": 88},
                "x": 0,
                "len": 1,
            }
        ],
        updatemenus=play_button(text["play"], names, now, below=30),
    )
    return figure


def decomposition(image: Array, weights: Array, theme: str, text: Text, language: str) -> go.Figure:
    """An image, and what each of its pixels adds to the score: pixel times weight. Both (8, 8)."""
    products = image * weights
    peak = float(np.abs(products).max()) or 1.0
    figure = go.Figure()
    figure.add_heatmap(
        z=image,
        zmin=0,
        zmax=1,
        colorscale="Greys",
        reversescale=True,
        showscale=False,
        hovertemplate=text["pixel"] + " %{z:.2f}<extra></extra>",
    )
    figure.add_heatmap(
        z=products,
        zmin=-peak,
        zmax=peak,
        colorscale=palette.diverging(theme),
        xaxis="x2",
        yaxis="y2",
        colorbar={"title": {"text": text["product"]}, "thickness": 12},
        hovertemplate=text["product"] + " %{z:.2f}<extra></extra>",
    )
    figure.update_layout(
        xaxis={"domain": [0, 0.47]}, xaxis2={"domain": [0.53, 1], "anchor": "y2"}, yaxis2={"anchor": "x2"}
    )
    styled(figure, text["products_title"], language, height=330)
    _square(figure)
    figure.update_yaxes(scaleanchor="x", selector={"anchor": "x"})
    figure.update_layout(yaxis={"scaleanchor": "x"}, yaxis2={"scaleanchor": "x2"})
    return figure


def sheet(
    images: Array, wrong: NDArray[np.bool_], answers: Sequence[str], text: Text, language: str
) -> go.Figure:
    """Test images side by side, the misread ones framed. Clicking one selects its marker.

    Args:
        images: (n, 8, 8) in [0, 1].
        wrong: (n,) which are misread.
        answers: (n,) what to say when the pointer is over them.
    """
    n = len(images)
    tiles = mosaic(images, TILES)
    columns, rows = np.arange(n) % TILES, np.arange(n) // TILES
    figure = go.Figure(
        go.Heatmap(
            z=tiles, zmin=0, zmax=1, colorscale="Greys", reversescale=True, showscale=False, hoverinfo="skip"
        )
    )
    # A heat map sends no clicks; a marker on each tile does.
    figure.add_scatter(
        x=columns * _STEP + 3.5,
        y=rows * _STEP + 3.5,
        mode="markers",
        marker={"symbol": "square", "size": 36, "color": "rgba(0,0,0,0)"},
        hovertext=list(answers),
        hoverinfo="text",
        showlegend=False,
    )
    frame = {"type": "rect", "line": {"color": palette.ORANGE, "width": 3}}
    figure.update_layout(
        shapes=[
            {**frame, "x0": x - 0.5, "x1": x + 7.5, "y0": y - 0.5, "y1": y + 7.5}
            for x, y in zip(columns[wrong] * _STEP, rows[wrong] * _STEP, strict=True)
        ]
    )
    styled(figure, text["sheet_title"], language, height=60 + 58 * tiles.shape[0] // _STEP)
    _square(figure)
    figure.update_layout(clickmode="event+select", hovermode="closest")
    return figure


def _square(figure: go.Figure) -> None:
    """Pixels are square, the first row on top, no axes."""
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x", constrain="domain")


def score_histogram(
    scores: Array, labels: NDArray[np.int64], classes: Sequence[str], text: Text, language: str
) -> go.Figure:
    """How the scores of the two classes spread around 0, where the answer flips."""
    figure = go.Figure()
    for label, colour, name in ((-1, palette.ORANGE, classes[0]), (1, palette.BLUE, classes[1])):
        figure.add_histogram(
            x=scores[labels == label],
            name=name,
            marker={"color": colour},
            opacity=0.7,
            nbinsx=30,
            hovertemplate="%{x} : %{y}<extra>" + name + "</extra>",
        )
    figure.add_vline(x=0, line={"dash": "dash", "color": palette.MUTED["light"]})
    figure.update_layout(barmode="overlay")
    return styled(figure, text["scores_title"], language, text["score"], text["images"], height=330)
