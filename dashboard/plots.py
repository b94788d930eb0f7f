"""The house style of Plotly figures, and small images laid side by side in one heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard import palette

# Plotly's separators: decimal, then thousands.
SEPARATORS = {"fr": ", ", "en": ".,"}
# Shares are drawn as 0 to 100 with this after them: Plotly's own percentages know no French space.
PERCENT = {"fr": "\u00a0%", "en": "%"}
CONFIG = {"displayModeBar": False, "scrollZoom": False}


def styled(
    figure: go.Figure, title: str, language: str, x: str = "", y: str = "", height: int = 360
) -> go.Figure:
    """Give a figure the house style: its title, named axes, the language's numbers, a clear background."""
    figure.update_layout(
        title={"text": title, "font": {"size": 16}, "x": 0, "xanchor": "left", "y": 0.98, "yanchor": "top"},
        separators=SEPARATORS[language],
        height=height,
        margin={"l": 10, "r": 10, "t": 48, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": -0.25, "x": 0},
        dragmode=False,
        uirevision="house",
    )
    figure.update_xaxes(title_text=x, automargin=True, fixedrange=True)
    figure.update_yaxes(title_text=y, automargin=True, fixedrange=True)
    return figure


def quick(
    traces: list[dict[str, Any]], title: str, language: str, height: int, top: int = 44, **layout: Any
) -> go.Figure:
    """A figure in the house style without a legend, made in one go, which is quicker than `styled`.

    Args:
        top: pixels above the drawing.
        layout: more of Plotly's layout, the axes above all.
    """
    return go.Figure(
        traces,
        {
            "title": {
                "text": title,
                "font": {"size": 15},
                "x": 0,
                "xanchor": "left",
                "y": 0.98,
                "yanchor": "top",
            },
            "separators": SEPARATORS[language],
            "height": height,
            "margin": {"l": 10, "r": 10, "t": top, "b": 10},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
            "uirevision": "house",
            "hovermode": "closest",
            "showlegend": False,
            **layout,
        },
    )


def play_button(
    label: str, frames: Sequence[str], animation: dict[str, Any], below: int
) -> list[dict[str, Any]]:
    """The layout's ``updatemenus``: one button, ``below`` pixels under the figure, that plays all frames."""
    play = {
        "label": f"▶ {label}",
        "method": "animate",
        "args": [list(frames), {**animation, "fromcurrent": False}],
    }
    corner = {"x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "pad": {"t": below}}
    font = {"size": 14, "color": palette.BLUE}
    return [{"type": "buttons", "showactive": False, "font": font, "buttons": [play], **corner}]


def mosaic(images: NDArray[np.floating], columns: int, gap: int = 1) -> NDArray[np.float64]:
    """Images side by side, row by row, in one array.

    Args:
        images: (n, h, w).
        columns: tiles in a row.
        gap: empty cells (NaN) between tiles.

    Returns:
        (rows * (h + gap) - gap, columns * (w + gap) - gap), NaN where there is no tile.
    """
    n, h, w = images.shape
    rows = max(1, -(-n // columns))
    sheet = np.full((rows * (h + gap) - gap, columns * (w + gap) - gap), np.nan)
    for k, image in enumerate(images):
        top, left = k // columns * (h + gap), k % columns * (w + gap)
        sheet[top : top + h, left : left + w] = image
    return sheet
