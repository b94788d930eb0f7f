"""Image generation: from words and noise to an image."""

from dashboard.generation.sampling import generate
from dashboard.generation.understand import understand
from dashboard.scenes.drawing import draw

__all__ = ["draw", "generate", "understand"]
