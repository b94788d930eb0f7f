"""map: to come."""

from dashboard.latent.views.controls import Given


def map_view(given: Given) -> None:
    """To come."""
