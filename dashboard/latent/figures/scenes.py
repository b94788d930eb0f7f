"""The drawn world's maps: scenes at the places of their codes, sentences at those of what they say.

``text`` holds the labels, ``language`` writes the numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.plots import CLEAR, figure, frame, mosaic, square_pixels

Text = Mapping[str, str]
_CHANNELS_ACROSS = 8
SYMBOLS = ("circle", "diamond")


def scene_map(
    picture: str,
    size: tuple[int, int],
    shown: NDArray[np.integer],
    hover: Sequence[str],
    chosen: int,
    text: Text,
    language: str,
) -> go.Figure:
    """Scenes in the cells of a grid. Clicking one selects its marker, whose number is the scene's.

    Args:
        picture: the address of the image of all cells; size: its columns and rows.
        shown: (n, 3) column, row from the top, and number of each scene.
        hover: (n,) what to say when the pointer is over it; chosen: the number of the one with a frame.
    """
    columns, rows = size
    markers = {
        "type": "scatter",
        "mode": "markers",
        "x": shown[:, 0] + 0.5,
        "y": shown[:, 1] + 0.5,
        "customdata": shown[:, 2],
        "hovertext": list(hover),
        "hoverinfo": "text",
        # An image sends no clicks; a marker on each cell does.
        "marker": {"symbol": "square", "size": 24, "color": CLEAR},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    frames = [side for x, y, number in shown.tolist() if number == chosen for side in frame(x, y, 1)]
    whole = {"source": picture, "xref": "x", "yref": "y", "x": 0, "y": 0, "sizex": columns, "sizey": rows}
    axes = square_pixels()
    axes["xaxis"] |= {"range": [0, columns]}
    axes["yaxis"] |= {"range": [rows, 0], "autorange": False}
    return figure(
        [markers],
        text["map_title"],
        language,
        430,
        images=[{**whole, "sizing": "stretch", "layer": "below"}],
        shapes=frames,
        margin={"t": 32, "l": 0, "r": 0, "b": 0},
        **axes,
    )


def code(channels: NDArray[np.floating], theme: str, text: Text, language: str) -> go.Figure:
    """A code (channels, 8, 8) as its channels side by side, orange below zero and blue above."""
    tiles = mosaic(channels, _CHANNELS_ACROSS)
    most = float(np.abs(channels).max()) or 1.0
    cells = {
        "type": "heatmap",
        "z": tiles,
        "zmin": -most,
        "zmax": most,
        "colorscale": palette.diverging(theme),
        "showscale": False,
        "hovertemplate": "%{z:.2f}<extra></extra>",
    }
    return figure(
        [cells],
        text["code_title"],
        language,
        200,
        margin={"t": 32, "l": 0, "r": 0, "b": 0},
        **square_pixels(),
    )


def sentence_map(
    places: NDArray[np.floating],
    groups: NDArray[np.integer],
    kinds: NDArray[np.integer],
    sentences: Sequence[str],
    names: Sequence[str],
    own: tuple[NDArray[np.floating], Sequence[int], str] | None,
    text: Text,
    language: str,
) -> go.Figure:
    """Sentences as points: a colour a scene, a symbol a language; one's own as a star, joined to its nearest.

    Args:
        places: (n, 2); groups: (n,) the scene of each; kinds: (n,) of `SYMBOLS`; names: of the scenes.
        own: place (2,), the rows that are nearest, and the text of the visitor's sentence.
    """
    traces: list[dict[str, Any]] = []
    if own:
        for row in own[1]:
            ends = np.stack([own[0], places[row]])
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": ends[:, 0],
                    "y": ends[:, 1],
                    "line": {"color": palette.RUNS[4], "width": 1.5, "dash": "dot"},
                    "hoverinfo": "skip",
                    "showlegend": False,
                }
            )
    for group, name in enumerate(names):
        rows = np.flatnonzero(groups == group).tolist()
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": places[rows, 0],
                "y": places[rows, 1],
                "customdata": rows,
                "hovertext": [sentences[row] for row in rows],
                "hoverinfo": "text",
                "marker": {
                    "size": 13,
                    "color": palette.CLASSES[group],
                    "symbol": [SYMBOLS[kinds[row]] for row in rows],
                    "opacity": 0.85,
                },
                "selected": {"marker": {"opacity": 0.85}},
                "unselected": {"marker": {"opacity": 0.85}},
            }
        )
    if own:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": text["own"],
                "x": own[0][:1],
                "y": own[0][1:],
                "hovertext": [own[2]],
                "hoverinfo": "text",
                "marker": {
                    "size": 20,
                    "symbol": "star",
                    "color": palette.MARK,
                    "line": {"width": 2, "color": palette.EDGE},
                },
            }
        )
    bare = {"showticklabels": False, "zeroline": False}
    return figure(
        traces, text["sentences_title"], language, 430, text["first"], text["second"], xaxis=bare, yaxis=bare
    )
