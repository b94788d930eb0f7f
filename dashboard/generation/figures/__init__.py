"""Figures of the generation page: arrays to Plotly."""
