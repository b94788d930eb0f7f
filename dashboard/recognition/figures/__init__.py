"""Figures of the recognition page: arrays to Plotly."""
