"""Image generation: from words and noise to an image."""
