"""The film on this page's card."""

import numpy as np

from dashboard.miniature import SIDE, Bytes, diverging, dotted
from dashboard.perceptron.experiment import Settings, experiment

PAGE = "perceptron"


def frames() -> list[Bytes]:
    """A neuron's corrections on two clouds, from its first to its last."""
    result = experiment(Settings(data="separable", rule="rosenblatt", seed=3))
    assert result.run is not None
    limit = 1.25
    corrections = result.run.weights[1:]
    between = np.linspace(0, len(corrections) - 1, 4 * len(corrections))  # the line glides
    weights = np.stack([np.interp(between, np.arange(len(corrections)), w) for w in corrections.T], axis=1)
    across = np.linspace(-limit, limit, SIDE)
    x, y = np.meshgrid(across, -across)
    fields = [np.tanh(6 * (w[0] * x + w[1] * y + w[2]) / np.hypot(w[0], w[1])) for w in weights]
    points, labels = result.data.points, result.data.labels
    return [dotted(diverging(field), points / limit, labels > 0) for field in fields]
