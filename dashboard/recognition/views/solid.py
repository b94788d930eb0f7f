"""To be written."""

from __future__ import annotations

from dashboard.recognition.views.controls import Given


def solid(given: Given) -> None:
    """The view."""
