"""Image generation: from words and noise to an image."""

from dashboard.generation.sampling import generate
from dashboard.generation.understand import understand

__all__ = ["generate", "understand"]
