"""One neuron: what it learns, how, and what it cannot."""
