"""The squared paper and the points, carried from layer to layer.

``text`` holds the labels, ``language`` writes the numbers, ``theme`` is light or dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.plots import figure, play_button

Array = NDArray[np.float64]
Text = Mapping[str, str]

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")
_FAR = 4.0  # where the line waits outside the view
_FRAME = {"duration": 1500, "redraw": False}
_TRANSITION = {"duration": 1000, "easing": "cubic-in-out"}


@dataclass(frozen=True)
class Group:
    """Points of one colour and shape: its name, which rows of the points, and which of them are for testing.

    ``values`` instead of a colour: what is to be predicted, -1 to 1, one number a row.
    """

    name: str
    rows: NDArray[np.int64]
    colour: str
    symbol: str
    test: bool
    values: Array | None = None


def groups(targets: Array, tested: int, classes: int, names: Sequence[str]) -> list[Group]:
    """How points are drawn: the two classes orange squares and blue circles, more classes each its own.

    Args:
        targets: (n,) class numbers, or values if ``classes`` is 0; the last ``tested`` are test points.
        names: of the classes; of the value if there are none.
    """
    test = np.arange(len(targets)) >= len(targets) - tested
    if classes == 0:
        rows = {part: np.flatnonzero(test == part) for part in (False, True)}
        return [Group(names[0], rows[part], "", "circle", part, targets[rows[part]]) for part in rows]
    colours: Sequence[str] = palette.CLASSES
    symbols: Sequence[str] = _SYMBOLS
    if classes == 2:
        colours, symbols = (palette.ORANGE, palette.BLUE), ("square", "circle")
    return [
        Group(names[k], np.flatnonzero((targets == k) & (test == part)), colours[k], symbols[k], part)
        for k in range(classes)
        for part in (False, True)
    ]


def bent_plane(
    paper: Array,
    points: Array,
    parts: Sequence[Group],
    line: Array | None,
    stages: Sequence[str],
    theme: str,
    text: Text,
    language: str,
) -> go.Figure:
    """The squared paper and the points after each layer; the browser moves them from one to the next.

    Args:
        paper: (stages, lines, steps, 2); points: (stages, n, 2); each stage is scaled to fill the frame.
        line: (a, b, c) of a · u + b · v + c = 0 on the last stage, or ``None``.
        stages: what each is called, in a few letters.
    """
    centres, halves = _frames(paper, points)
    paper = (paper - centres[:, None, None]) / halves[:, None, None, None]
    points = (points - centres[:, None]) / halves[:, None, None]
    gap = np.full((*paper.shape[:2], 1, 2), np.nan)
    sheets = np.concatenate([paper, gap], axis=2).reshape(len(paper), -1, 2)
    places = [sheets, *(points[:, part.rows] for part in parts)]
    looks = [_sheet_look(theme), *(_point_look(part, theme) for part in parts)]
    if line is not None:
        places.append(_line_places(line, centres[-1], halves[-1], len(paper)))
        looks.append(
            {"mode": "lines", "line": {"color": palette.MUTED[theme], "width": 3}, "showlegend": False}
        )
    places = [np.round(place, 4).astype(np.float32) for place in places]
    frames = [
        {"name": name, "data": [{"x": place[k, :, 0], "y": place[k, :, 1]} for place in places]}
        for k, name in enumerate(stages)
    ]
    traces = [
        {"type": "scatter", "hoverinfo": "skip", **look, "x": place[-1, :, 0], "y": place[-1, :, 1]}
        for look, place in zip(looks, places, strict=True)
    ]
    axis = {"range": [-1.06, 1.06], "zeroline": False, "showgrid": False, "showticklabels": False}
    player = _player(stages, theme, text) if len(stages) > 1 else {}
    return figure(
        traces,
        text["bent_title"],
        language,
        560,
        text["first_axis"],
        text["second_axis"],
        frames,
        margin={"t": 74, "b": 100 if player else 10},
        xaxis={**axis, "constrain": "domain"},
        yaxis={**axis, "scaleanchor": "x", "constrain": "domain"},
        legend={"y": 1.0, "yanchor": "bottom"},
        **player,
    )


def _frames(paper: Array, points: Array) -> tuple[Array, Array]:
    """Centre (stages, 2) and half the side (stages,) of the square around each stage."""
    everything = np.concatenate([paper.reshape(len(paper), -1, 2), points], axis=1)
    low, high = everything.min(axis=1), everything.max(axis=1)
    halves = (high - low).max(axis=1) / 2
    return (low + high) / 2, np.where(halves > 0, halves, 1.0)


def _line_places(line: Array, centre: Array, half: float, stages: int) -> Array:
    """Two ends of the line per stage (stages, 2, 2): outside the view until the last."""
    normal, length = line[:2], float(np.hypot(*line[:2])) or 1.0
    normal = normal / length
    foot = -normal * (float(line[2]) / length + float(normal @ centre)) / half
    along = np.array([-normal[1], normal[0]])
    ends = np.array([foot - _FAR * along, foot + _FAR * along])
    waiting = ends + (_FAR - float(foot @ normal)) * normal
    return np.stack([*[waiting] * (stages - 1), ends])


def _sheet_look(theme: str) -> dict[str, Any]:
    # Simplified paths would differ in length from stage to stage and could not be moved smoothly.
    return {
        "mode": "lines",
        "line": {"color": palette.MUTED[theme], "width": 1, "simplify": False},
        "opacity": 0.5,
        "showlegend": False,
    }


def _point_look(part: Group, theme: str) -> dict[str, Any]:
    marker: dict[str, Any] = {"symbol": part.symbol + "-open" * part.test, "size": 7}
    if part.values is None:
        marker |= {"color": part.colour, "opacity": 0.9}
    else:
        marker |= {
            "color": part.values.round(3),
            "colorscale": palette.diverging(theme),
            "cmin": -1,
            "cmax": 1,
        }
        if not part.test:
            marker |= {"colorbar": {"title": {"text": part.name}, "thickness": 12}}
            # Values near 0 have the page's own colour.
            marker |= {"line": {"width": 0.8, "color": palette.MUTED[theme]}}
    if part.test:
        marker |= {"line": {"width": 1.6}}
    shown = not part.test and part.values is None
    return {"mode": "markers", "marker": marker, "name": part.name, "showlegend": shown}


def _player(stages: Sequence[str], theme: str, text: Text) -> dict[str, Any]:
    """A button that plays all stages and a slider that stops at each."""
    muted = {"color": palette.MUTED[theme]}
    now = {"mode": "immediate", "frame": {**_FRAME, "duration": 0}, "transition": _TRANSITION}
    play = {"mode": "immediate", "frame": _FRAME, "transition": _TRANSITION}
    return {
        "sliders": [
            {
                "active": len(stages) - 1,
                "steps": [{"label": name, "method": "animate", "args": [[name], now]} for name in stages],
                "currentvalue": {"visible": False},
                "font": muted,
                "pad": {"t": 42, "l": 96, "r": 24},
                "x": 0,
                "len": 1,
            }
        ],
        "updatemenus": play_button(text["play"], stages, play, below=44),
    }
