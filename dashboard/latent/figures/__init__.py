"""Figures of the latent page: arrays to Plotly."""
