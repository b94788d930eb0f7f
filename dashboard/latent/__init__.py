"""Latent space: images squeezed into a few numbers, and rebuilt from them."""

from dashboard.latent.codes import decode, encode, reconstruct

__all__ = ["decode", "encode", "reconstruct"]
