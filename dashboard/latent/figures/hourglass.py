"""The figures of the hourglass: all stages of the network side by side, and one of them.

``text`` holds the labels, ``language`` writes the numbers, ``theme`` is light or dark.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from PIL import Image

from dashboard import palette
from dashboard.latent.figures.bottleneck import coloured
from dashboard.plots import figure, mosaic, scale_below, square_pixels

Array = NDArray[np.float64]
Text = Mapping[str, str]

_GAP = 5  # cells between two stages
_ROWS = 8  # maps of a stage that stand one below the other
_BARS = 64


def block(values: Array) -> Array:
    """A stage (units, height, width) as one upright table, a cell a number, from -1 to 1.

    All but the hundredth of the numbers that are furthest from 0 keep their proportions. Maps stand in
    columns of eight, NaN between them; single neurons in a table four times as high as wide.
    """
    units, height, width = values.shape
    scaled = np.clip(values / (np.quantile(np.abs(values), 0.99) or 1.0), -1, 1)
    if height * width > 1:
        return mosaic(scaled, -(-units // _ROWS), gap=1)
    columns = max(1, round(np.sqrt(units) / 2))
    return mosaic(scaled, columns, gap=0)


def hourglass(
    stages: Sequence[Array],
    names: Sequence[str],
    sides: Sequence[tuple[str, int, int]],
    chosen: int,
    theme: str,
    text: Text,
    language: str,
) -> go.Figure:
    """The whole network, a cell for every number that it computes, coloured by its value for the image.

    Args:
        stages: for each, (units, height, width), from the pixels to the rebuilt pixels.
        names: of the stages, for the pointer.
        sides: name, first and last stage of the parts that are named above.
        chosen: the stage that is framed.
    """
    blocks = [block(values) for values in stages]
    # Few numbers would be too small to see: those of the code are drawn larger.
    blocks = [each.repeat(2, 0).repeat(2, 1) if each.size <= _BARS else each for each in blocks]
    height = max(len(each) for each in blocks)
    sheet = np.full((height, sum(each.shape[1] + _GAP for each in blocks) - _GAP), np.nan)
    lefts, left = [], 0
    for each in blocks:
        top = (height - len(each)) // 2
        sheet[top : top + len(each), left : left + each.shape[1]] = each
        lefts.append(left)
        left += each.shape[1] + _GAP
    centres = [start + (each.shape[1] - 1) / 2 for start, each in zip(lefts, blocks, strict=True)]
    # One label for neighbours of one size: on a phone there is no room for more.
    groups = [list(group) for _, group in groupby(range(len(stages)), lambda k: stages[k].size)]
    heat = {
        "type": "heatmap",
        "z": sheet.astype(np.float32),
        "zmin": -1,
        "zmax": 1,
        "colorscale": palette.diverging(theme),
        "showscale": False,
        "hoverinfo": "skip",
    }
    pointer = {
        "type": "scatter",
        "mode": "markers",
        "x": centres,
        "y": [height / 2] * len(blocks),
        "marker": {"size": 24, "opacity": 0},
        "hovertext": list(names),
        "hoverinfo": "text",
    }
    framed = blocks[chosen]
    frame = {
        "type": "rect",
        "x0": lefts[chosen] - 2,
        "x1": lefts[chosen] + framed.shape[1] + 1,
        "y0": (height - len(framed)) // 2 - 2,
        "y1": (height - len(framed)) // 2 + len(framed) + 1,
        "line": {"color": palette.BLUE, "width": 2},
    }
    notes = [
        {
            "text": name,
            "x": (centres[first] + centres[last]) / 2,
            "y": 1,
            "yref": "y domain",
            "yanchor": "bottom",
            "showarrow": False,
        }
        for name, first, last in sides
    ]
    plain = {"showgrid": False, "zeroline": False}
    return figure(
        [heat, pointer],
        text["title"],
        language,
        380,
        text["count"],
        margin={"t": 64},
        annotations=notes,
        shapes=[frame],
        xaxis=plain
        | {
            "tickvals": [(centres[group[0]] + centres[group[-1]]) / 2 for group in groups],
            "ticktext": [str(stages[group[0]].size) for group in groups],
            "tickangle": 0,
            "constrain": "domain",
            "range": [-4, sheet.shape[1] + 3],
        },
        # Cells stay square, whatever the width of the screen.
        yaxis=plain
        | {
            "visible": False,
            "range": [height + 3, -4],
            "scaleanchor": "x",
            "constrain": "domain",
            "constraintoward": "top",
        },
    )


def stage(values: Array, theme: str, text: Text, language: str) -> go.Figure:
    """One stage (units, height, width): its maps side by side, or its neurons as a table."""
    units, height, width = values.shape
    columns = _columns(units, 1.5 if height * width > 1 else 4.0)
    cells = mosaic(values, columns, gap=1 if height * width > 1 and units > 1 else 0)
    peak = float(np.abs(values).max()) or 1.0
    heat = {
        "type": "heatmap",
        "z": cells.astype(np.float32),
        "zmin": -peak,
        "zmax": peak,
        "colorscale": palette.diverging(theme),
        "colorbar": scale_below(text["value"]),
        "hovertemplate": "%{z:.3f}<extra></extra>",
    }
    pixels = int(np.clip(620 * cells.shape[0] / cells.shape[1], 60, 420))
    return figure([heat], text["stage_title"], language, pixels + 110, **square_pixels())


def code(values: Array, text: Text, language: str) -> go.Figure:
    """The numbers of a code (n,) as bars, blue above 0, orange below."""
    bars = {
        "type": "bar",
        "x": list(range(1, len(values) + 1)),
        "y": values,
        "marker": {"color": [palette.BLUE if value >= 0 else palette.ORANGE for value in values]},
        "hovertemplate": "%{x} · %{y:.3f}<extra></extra>",
    }
    ticks = {"dtick": 1 if len(values) <= 16 else 8}
    return figure([bars], text["code_title"], language, 300, text["number"], text["value"], xaxis=ticks)


def thumbnail(values: Array, theme: str, side: int = 56) -> NDArray[np.uint8]:
    """A stage as a small picture (side, side, 3): the map that varies most, or all its neurons."""
    if values[0].size > 1:
        shown = values[int(values.std(axis=(1, 2)).argmax())]
    else:
        shown = mosaic(values, _columns(len(values), 1.0), gap=0)
    colours = coloured(np.nan_to_num(shown) / (np.abs(values).max() or 1.0), theme)
    return np.asarray(Image.fromarray(colours).resize((side, side), Image.Resampling.NEAREST))


def _columns(units: int, ratio: float) -> int:
    """Tiles in a row, so that rows are full and the whole about `ratio` times as wide as high."""
    ideal = np.sqrt(ratio * units)
    return min((n for n in range(1, units + 1) if units % n == 0), key=lambda n: abs(np.log(n / ideal)))
