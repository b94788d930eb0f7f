"""train: to come."""

from dashboard.latent.views.controls import Given


def train(given: Given) -> None:
    """To come."""
