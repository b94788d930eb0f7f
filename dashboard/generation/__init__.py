"""Image generation: from words and noise to an image."""

from dashboard.generation.sampling import generate

__all__ = ["generate"]
