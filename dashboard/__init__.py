"""An interactive introduction to deep learning: see DESIGN in the README for the layout of this package."""
