"""What became of the same network from many random starts.

Output maps are bytes as in ``maps.Maps.output``; ``classes`` as in ``plane.Split`` tells how to read them.
``text`` holds the labels, ``language`` writes the numbers, ``theme`` is light or dark.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.languages import LANGUAGES
from dashboard.plots import CLEAR, figure, whole_numbers

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Text = Mapping[str, str]

COLUMNS = 8  # tiles in a row
EXTENT = 6.0  # half the side of the square shown
SOLVED_INK = palette.RUNS[0]


def colours(classes: int, theme: str) -> tuple[list[tuple[float, str]], int]:
    """Colour scale over the bytes 0 to 255 of ``maps.Maps.output``, and a byte that no map uses: clear."""
    if classes <= 2:
        scale = [(0.0, CLEAR), (0.5 / 255, CLEAR), (0.5 / 255, palette.ORANGE)]
        return [*scale, (128 / 255, palette.NEUTRAL[theme]), (1.0, palette.BLUE)], 0
    scale = []
    for k in range(classes):
        # A class from its faintest possible majority to certainty.
        scale += [
            (32 * k / 255, palette.NEUTRAL[theme]),
            ((32 * k + 31 // classes) / 255, palette.NEUTRAL[theme]),
            ((32 * k + 31) / 255, palette.CLASSES[k]),
        ]
    return [*scale, ((32 * classes) / 255, CLEAR), (1.0, CLEAR)], 255


def grid(maps: Bytes, classes: int, theme: str) -> Bytes:
    """Output maps (moments, n, side, side) in colour, n = COLUMNS² tiles a square, the squares one below the
    other: (moments * COLUMNS * side, COLUMNS * side, 3)."""
    moments, _, side, _ = maps.shape
    tiles = maps.reshape(moments, COLUMNS, COLUMNS, side, side).swapaxes(2, 3)
    return _ramp(classes, theme)[tiles.reshape(-1, COLUMNS * side)]


def _ramp(classes: int, theme: str) -> Bytes:
    """The colour of every byte that a map may hold, (256, 3)."""
    stops = [(255 * place, colour) for place, colour in colours(classes, theme)[0] if colour != CLEAR]
    inks = np.array([[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for _, colour in stops])
    places = [place for place, _ in stops]
    channels = [np.interp(np.arange(256), places, inks[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=1).round().astype(np.uint8)


def score_histogram(scores: Array, threshold: float, theme: str, text: Text, language: str) -> go.Figure:
    """How many starts ended at which score, in steps of 5 %; those from ``threshold`` on count as solved."""
    edges = np.linspace(0.0, 1.0, 21)
    # A hair up, so that 0.95 itself falls into the bin that starts there.
    counts = np.histogram(np.clip(scores + 1e-9, 0.0, 1.0), edges)[0]
    first = max(int(np.flatnonzero(counts)[0]) - 1, 0)
    middles, counts = (edges[:-1] + edges[1:])[first:] / 2, counts[first:]
    percent = LANGUAGES[language].percent
    bars = {
        "type": "bar",
        "x": 100 * middles,
        "y": counts,
        "width": 4.6,
        "marker": {"color": [SOLVED_INK if m > threshold else palette.MUTED[theme] for m in middles]},
        "text": [str(c) if c else "" for c in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [f"{100 * m - 2.5:.0f}–{100 * m + 2.5:.0f}{percent}" for m in middles],
        "hovertemplate": "%{customdata}<br>%{y} " + text["starts"] + "<extra></extra>",
    }
    upward = {"showgrid": True, "rangemode": "tozero", **whole_numbers(float(counts.max()))}
    return figure([bars], text["scores_title"], language, 210, text["score"], text["starts"], yaxis=upward)


def overlaid(maps: Bytes, best: int, classes: int, theme: str, text: Text, language: str) -> go.Figure:
    """What the starts answer on the whole, and the boundaries of the ``best`` first ones over it.

    Args:
        maps: (n, side, side) as in ``maps.Maps.output``, best first.
    """
    side = maps.shape[1]
    ticks = (np.arange(side) + 0.5) / side * 2 * EXTENT - EXTENT
    place = {"x": ticks, "y": ticks[::-1], "hoverinfo": "skip", "showscale": False}
    scale, _ = colours(classes, theme)
    lines: list[dict[str, Any]]
    if classes > 2:
        winners = (maps >> 5).astype(np.uint8)
        votes = np.stack([(winners == k).mean(axis=0) for k in range(classes)])
        mean = votes.argmax(axis=0) * 32 + np.rint(31 * votes.max(axis=0))
        # A contour cannot run from class 1 to class 5 but through 2, 3 and 4: show where classes change.
        ink = [(0.0, CLEAR), (1.0, palette.INK[theme])]
        changes = _changes(winners[:best])
        lines = [{"type": "heatmap", "z": changes, "zmin": 0, "zmax": best, "colorscale": ink, **place}]
    else:
        mean = np.rint(maps.mean(axis=0))
        look = {
            "contours": {"coloring": "none", "start": 128, "end": 128, "size": 1},
            "line": {"color": palette.INK[theme], "width": 1},
            "opacity": 0.45,
        }
        lines = [{"type": "contour", "z": answers, **look, **place} for answers in maps[:best]]
    whole = {"type": "heatmap", "z": mean.astype(np.uint8), "zmin": 0, "zmax": 255, "colorscale": scale}
    axis = {"range": [-EXTENT, EXTENT], "zeroline": False, "constrain": "domain"}
    return figure(
        [{**whole, **place}, *lines],
        text["overlaid_title"],
        language,
        340,
        text["x1"],
        text["x2"],
        xaxis=axis,
        yaxis={**axis, "scaleanchor": "x"},
    )


def _changes(winners: Bytes) -> Bytes:
    """How many of the maps (n, side, side) of class numbers change class between a pixel and the next."""
    across, down = np.diff(winners, axis=2) != 0, np.diff(winners, axis=1) != 0
    edges = np.pad(across, ((0, 0), (0, 0), (0, 1))) | np.pad(down, ((0, 0), (0, 1), (0, 0)))
    return edges.sum(axis=0).astype(np.uint8)
