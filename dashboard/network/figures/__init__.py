"""The Plotly figures of the network page."""
