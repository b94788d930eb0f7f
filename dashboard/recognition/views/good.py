"""To be written."""

from __future__ import annotations

from dashboard.recognition.views.controls import Given


def good(given: Given) -> None:
    """The view."""
