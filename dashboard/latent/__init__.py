"""Latent space: images squeezed into a few numbers, and rebuilt from them."""
