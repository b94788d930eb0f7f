"""walk: to come."""

from dashboard.latent.views.controls import Given


def walk(given: Given) -> None:
    """To come."""
