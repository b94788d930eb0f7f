"""The figures of the bottleneck: codes and errors as pictures, and the error against the size of the code.

``text`` holds the labels, ``language`` writes the numbers, ``theme`` is light or dark.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette
from dashboard.plots import figure

Array = NDArray[np.float64]
Text = Mapping[str, str]

COLOURS = dict(zip(("autoencoder", "pca", "own"), palette.RUNS, strict=False))
_DASHES = {"usual": "dot", "image": "solid"}
_CODE_SIDE = 56
_ERROR = 0.6
"""The error that gets the full colour: few pixels are off by more."""


def grey(image: Array) -> NDArray[np.uint8]:
    """An image in [0, 1] as bytes."""
    return (255 * np.clip(image, 0, 1)).round().astype(np.uint8)


def error_picture(image: Array, rebuilt: Array, theme: str) -> NDArray[np.uint8]:
    """What was rebuilt less the image, as colours (h, w, 3): blue too much, orange too little."""
    return coloured((rebuilt - image) / _ERROR, theme)


def code_picture(code: Array, theme: str) -> NDArray[np.uint8]:
    """A code (n,) as cells of a square (56, 56, 3), row by row: blue above 0, orange below.

    The number that is furthest from 0 gets the full colour. Cells that no number fills are clear.
    """
    columns = int(np.ceil(np.sqrt(len(code))))
    rows = -(-len(code) // columns)
    cells = coloured(code / (np.abs(code).max() or 1.0), theme)
    side = _CODE_SIDE // columns
    picture = np.full((_CODE_SIDE, _CODE_SIDE, 3), _bytes(palette.NEUTRAL[theme]), np.uint8)
    top = (_CODE_SIDE - rows * side) // 2
    left = (_CODE_SIDE - columns * side) // 2
    for k, colour in enumerate(cells):
        y, x = top + k // columns * side, left + k % columns * side
        gap = 1 if len(code) > 1 else 0
        picture[y + gap : y + side - gap, x + gap : x + side - gap] = colour
    return picture


def errors(
    sizes: Sequence[int],
    image: Mapping[str, Sequence[float]],
    usual: Mapping[str, Sequence[float]],
    band: tuple[Sequence[float], Sequence[float]],
    chosen: int,
    own: tuple[int, float] | None,
    text: Text,
    language: str,
) -> go.Figure:
    """Mean squared error against the size of the code, for this image and for the whole test set.

    Args:
        image: errors of this image for every size, by kind of coder; `usual`: those of the test set.
        band: for every size, between which errors of the autoencoder nine of ten known images lie.
        chosen: the size whose points stand out.
        own: size and error of a coder that the visitor has trained.
    """
    low, high = band
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [*sizes, *reversed(sizes)],
            "y": [*low, *reversed(high)],
            "fill": "toself",
            "fillcolor": "rgba(107,154,31,0.14)",
            "line": {"width": 0},
            "hoverinfo": "skip",
            "name": text["band"],
        }
    ]
    for which, lines in (("usual", usual), ("image", image)):
        for kind, values in lines.items():
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers" if which == "image" else "lines",
                    "x": sizes,
                    "y": values,
                    "line": {"color": COLOURS[kind], "dash": _DASHES[which], "width": 2},
                    "marker": {
                        "size": [14 if size == chosen else 6 for size in sizes],
                        "symbol": ["diamond" if size == chosen else "circle" for size in sizes],
                    },
                    "name": text[f"{which}_{kind}"],
                    "hovertemplate": text["hover"],
                }
            )
    if own is not None:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [own[0]],
                "y": [own[1]],
                "marker": {"size": 14, "symbol": "star", "color": COLOURS["own"]},
                "name": text["own"],
                "hovertemplate": text["hover"],
            }
        )
    ticks = {"tickvals": list(sizes), "ticktext": [str(size) for size in sizes]}
    return figure(
        traces,
        text["title"],
        language,
        400,
        text["size"],
        text["error"],
        xaxis={"type": "log", **ticks},
        yaxis={
            "type": "log",
            "tickvals": [0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
            "tickformat": "~g",
            "zeroline": False,
        },
        legend={"y": -0.22, "yanchor": "top"},
    )


def coloured(values: Array, theme: str) -> NDArray[np.uint8]:
    """Numbers from -1 to 1 in the diverging colours of the palette, (..., 3)."""
    share = np.clip(values, -1, 1)[..., None]
    end = np.where(share < 0, _bytes(palette.ORANGE), _bytes(palette.BLUE))
    neutral = _bytes(palette.NEUTRAL[theme]).astype(float)
    return (neutral + np.abs(share) * (end - neutral)).round().astype(np.uint8)


def _bytes(colour: str) -> NDArray[np.uint8]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.uint8)
