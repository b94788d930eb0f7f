"""The hourglass: every stage of the network for the visitor's image."""

from __future__ import annotations

from dashboard.latent.views.controls import Given


def hourglass(given: Given) -> None:
    """The view: to come."""
