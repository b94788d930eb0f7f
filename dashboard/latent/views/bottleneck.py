"""The bottleneck: an image squeezed into a few numbers and rebuilt."""

from __future__ import annotations

from dashboard.latent.views.controls import SIZE, Given
from dashboard.ui import state
from dashboard.ui.language import t


def bottleneck(given: Given) -> None:
    """The view: to come."""
    state.levels(SIZE, t("latent.size"))
