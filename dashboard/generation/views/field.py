"""The field of arrows in two dimensions: a network that learns on the visitor's drawing, in the browser."""

from __future__ import annotations

from dashboard import palette
from dashboard.ui.component import component, opened
from dashboard.ui.language import current, texts


def field() -> None:
    """The view. All of it happens in the browser; the drawing is neither sent nor kept."""
    component("field")(
        key="generation.field",
        data={
            "lang": current(),
            "text": texts("generation.field"),
            "colours": {"positive": palette.BLUE, "negative": palette.ORANGE},
            "example": "heart",
            "start": opened("moment"),
        },
    )
