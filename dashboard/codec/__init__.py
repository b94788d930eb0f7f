"""An image as a text that fits in a message: `encode` and `decode`."""

from dashboard.codec.receiver import decode
from dashboard.codec.sender import encode

__all__ = ["decode", "encode"]
