"""Image recognition: from an image to its meaning, and why."""
