"""The front page: what deep learning is, and what layers cost."""
