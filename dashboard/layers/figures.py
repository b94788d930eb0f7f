"""The figures of a network's layers: a layer, one of its maps, one sum.

``text`` holds the labels, ``language`` writes the numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from PIL import Image

from dashboard import palette
from dashboard.plots import CLEAR, figure, mosaic, scale_below, square_pixels, written

Array = NDArray[np.floating]
Text = Mapping[str, str]

BARS = 12
"""Contributions that get a bar of their own; the others share one."""
WRITTEN = 25
"""Numbers are written into the cells of kernels of at most this many."""
_SMALL = 10


def columns_of(units: int, cells: int) -> int:
    """How many units stand in a row: full rows, and a rectangle wider than high."""
    ideal = np.sqrt((1.2 if cells == 1 else 1.5) * units)
    return min((n for n in range(1, units + 1) if units % n == 0), key=lambda n: abs(np.log(n / ideal)))


def layer(
    values: Array,
    order: NDArray[np.intp],
    chosen: int,
    hover: Mapping[int, str] | Sequence[str],
    theme: str,
    text: Text,
    language: str,
    peak: float | None = None,
) -> go.Figure:
    """Units of a layer in one heat map, with an invisible marker on each that can be selected.

    Args:
        values: (units, height, width).
        order: which unit comes first, second...; each marker carries its unit as ``customdata``. Units that
            are not in it are not shown.
        chosen: the unit whose ring is shown first.
        hover: what to say of each unit, by its number.
        peak: the value that gets the full colour; the layer's own without it.
    """
    _, height, width = values.shape
    gap = 0 if height * width == 1 else 1
    columns = columns_of(len(order), height * width)
    tiles = mosaic(values[order], columns, gap)
    places = np.arange(len(order))
    markers = _rings(
        places % columns * (width + gap) + (width - 1) / 2,
        places // columns * (height + gap) + (height - 1) / 2,
        np.flatnonzero(order == chosen).tolist(),
        theme,
        customdata=order.tolist(),
        hovertext=[hover[unit] for unit in order],
    )
    pixels = 520 if len(order) > 1 else 380
    return _clickable(
        [_heat(tiles, peak or _peak(values), theme, text["value"]), markers],
        text["layer_title"],
        language,
        int(np.clip(pixels * tiles.shape[0] / tiles.shape[1], 60, 480)) + 110,
        **square_pixels(),
    )


def unit_map(
    values: Array,
    place: tuple[int, int],
    hover: str,
    peak: float,
    theme: str,
    text: Text,
    language: str,
    cells: NDArray[np.intp] | None = None,
) -> go.Figure:
    """One feature map, its cells markers to select that carry their row and column.

    Args:
        values: (height, width).
        cells: (n, 2) rows and columns of the cells that can be selected; all of them without it.
        place: the row and column with the ring.
        hover: template of what to say of a cell, filled with row, column (from 1) and value.
        peak: the value that gets the full colour.
    """
    if cells is None:
        cells = np.indices(values.shape).reshape(2, -1).T
    rows, columns = cells.T
    markers = {
        "type": "scatter",
        "mode": "markers",
        "x": columns,
        "y": rows,
        # Markers that are not drawn still answer to the pointer, and 784 drawn ones take half a second.
        "marker": {"size": 12, "opacity": 0, "maxdisplayed": 1},
        "customdata": cells.tolist(),
        "hovertext": [
            hover.format(row=r + 1, column=c + 1, value=written(values[r, c], ".3f", language))
            for r, c in zip(rows, columns, strict=True)
        ],
        "hoverinfo": "text",
    }
    ring = {"type": "scatter", "mode": "markers", "x": [place[1]], "y": [place[0]], "hoverinfo": "skip"}
    return _clickable(
        [_heat(values, peak, theme, text["value"]), markers, ring | {"marker": _ring(theme)}],
        text["unit_title"],
        language,
        400,
        **square_pixels(),
    )


def weighted_sum(inputs: Array, weights: Array, theme: str, text: Text, language: str) -> go.Figure:
    """Inputs, weights and their products, three mosaics side by side, a tile for each input channel.

    Below, where there are several channels, the one that contributes most, with its numbers written out.

    Args:
        inputs: (channels, height, width); so are ``weights``.
    """
    products = inputs * weights
    channels, height, width = inputs.shape
    top = int(np.abs(products.sum(axis=(1, 2))).argmax())
    columns = columns_of(channels, 1) if channels > 1 else 1
    written = height * width <= WRITTEN
    parts = {"inputs": inputs, "weights": weights, "products": products}
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    flat = 1 < channels <= 4  # one row of tiles needs little height
    both = [(None, (0.72, 1.0)), (top, (0.0, 0.56))] if flat else [(None, (0.48, 1.0)), (top, (0.0, 0.36))]
    rows = both if channels > 1 and written else [(None, (0.0, 1.0))]
    for channel, domain in rows:
        for k, (name, values) in enumerate(parts.items()):
            number = len(traces) + 1
            suffix = "" if number == 1 else str(number)
            cells = mosaic(values, columns) if channel is None else values[channel]
            heat = _heat(cells, _peak(values), theme, text[name], scale=False)
            if channel is None:
                # Tiles of one cell stand apart, so that a channel is a cell.
                heat["customdata"] = mosaic(
                    np.broadcast_to(np.arange(1, channels + 1)[:, None, None], values.shape), columns
                )
                heat["hovertemplate"] = (
                    f"{text['channel']} %{{customdata}} · %{{z:.3f}}<extra>{text[name]}</extra>"
                )
            if written and (channel is not None or channels == 1):
                # A kernel of 25 cells leaves each some 20 pixels on a phone.
                digits, size = (3, _SMALL) if height * width <= 9 else (1, _SMALL - 1)
                heat |= {"texttemplate": f"%{{z:.{digits}f}}", "textfont": {"size": size}}
            traces.append(heat | {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"})
            left = k * 0.345
            axes |= square_pixels(suffix, x=[left, left + 0.31], y=list(domain))
            title = text[name]
            if channel is not None:
                title = text["heaviest"].format(n=channel + 1)
            if channel is None or k == 1:
                notes.append(
                    {
                        "text": title,
                        "x": left + 0.155,
                        "y": domain[1],
                        "xref": "paper",
                        "yref": "paper",
                        "yanchor": "bottom",
                        "showarrow": False,
                        "font": {"size": 13},
                    }
                )
    return _clickable(
        traces,
        text["sum_title"],
        language,
        270 if len(rows) == 1 else 310 if flat else 430,
        annotations=notes,
        margin={"t": 66},
        **axes,
    )


def contributions(products: Array, names: Sequence[str], bias: float, text: Text, language: str) -> go.Figure:
    """The terms of a sum that weigh most, as bars, then all others together, then the bias."""
    order = np.argsort(-np.abs(products), kind="stable")[:BARS]
    labels = [names[i] for i in order]
    values = [float(products[i]) for i in order]
    if len(products) > BARS:
        labels.append(text["others"].format(n=len(products) - BARS))
        values.append(float(products.sum() - products[order].sum()))
    labels.append(text["bias"])
    values.append(bias)
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": labels,
        "marker": {"color": [palette.BLUE if value >= 0 else palette.ORANGE for value in values]},
        "hovertemplate": "%{y} · %{x:.3f}<extra></extra>",
    }
    return _clickable(
        [bars],
        text["contributions_title"],
        language,
        90 + 24 * len(labels),
        x=text["contribution"],
        yaxis={"autorange": "reversed", "type": "category"},
    )


def thumbnail(values: Array, theme: str, side: int = 56) -> NDArray[np.uint8]:
    """A layer as a small picture (side, side, 3): its strongest map, or all its neurons."""
    if values[0].size > 1:
        picture = values[int(np.abs(values).max(axis=(1, 2)).argmax())]
    else:
        picture = mosaic(values, columns_of(len(values), 2), gap=0)
    scaled = picture / _peak(values)
    neutral, orange, blue = (
        np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)
        for colour in (palette.NEUTRAL[theme], palette.ORANGE, palette.BLUE)
    )
    ends = np.where(scaled[..., None] < 0, orange, blue)
    rgb = neutral + np.abs(scaled)[..., None] * (ends - neutral)
    return np.asarray(Image.fromarray(rgb.astype(np.uint8)).resize((side, side), Image.Resampling.NEAREST))


def _peak(values: Array) -> float:
    return float(np.abs(values).max()) or 1.0


def _heat(values: Array, peak: float, theme: str, name: str, scale: bool = True) -> dict[str, Any]:
    return {
        "type": "heatmap",
        # Half the bytes on the way to the browser; nobody sees the eighth digit.
        "z": values.astype(np.float32),
        "zmin": -peak,
        "zmax": peak,
        "colorscale": palette.diverging(theme),
        "showscale": scale,
        "colorbar": scale_below(name),
        "hovertemplate": "%{z:.3f}<extra></extra>",
    }


def _ring(theme: str) -> dict[str, Any]:
    return {"size": 12, "color": CLEAR, "line": {"width": 3, "color": palette.INK[theme]}}


def _rings(x: Any, y: Any, selected: Sequence[int], theme: str, **options: Any) -> dict[str, Any]:
    """Invisible markers, except that a selected one is a ring: heat maps themselves take no clicks."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "selectedpoints": list(selected),
        "marker": _ring(theme),
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0}},
        "hoverinfo": "text",
        "showlegend": False,
        **options,
    }


def _clickable(
    traces: list[dict[str, Any]], title: str, language: str, height: int, **layout: Any
) -> go.Figure:
    return figure(
        traces, title, language, height, **{"hoverdistance": 60, "clickmode": "event+select", **layout}
    )
