"""What every neuron answers at every place of the plane, as small pictures of one byte per pixel."""

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

from dashboard.datasets.plane import features, grid
from dashboard.network.engine import Shape
from dashboard.network.settings import Settings
from dashboard.network.trainer import layer_outputs

HIDDEN_SIDE, OUTPUT_SIDE = 40, 80


@dataclass(frozen=True)
class Maps:
    """Pictures of the plane, row by row from the top left, one set per weight vector (F of them).

    `hidden` (F, hidden neurons, HIDDEN_SIDE, HIDDEN_SIDE) uint8, layer after layer: 128 + 127 · activation
    / scale, where `scale` (F, hidden neurons) is the largest |activation| of that picture, or 1 if that is
    more. `output` (F, OUTPUT_SIDE, OUTPUT_SIDE) uint8: for two classes 128 + 127 · (2p - 1), p the
    probability of class 1; for a number 128 + 127 · prediction, cut off at ±1; for more classes the number
    of the most probable class in the upper three bits, its probability from 0 to 31 in the lower five.
    """

    hidden: np.ndarray
    scale: np.ndarray
    output: np.ndarray


def maps(weights: np.ndarray, settings: Settings, sizes: Shape, task: str) -> Maps:
    """The maps of weights (F, parameters), a film's or edited ones; `task` as in `plane.Split`."""
    hidden, scale = zip(*(_hidden(flat, settings, sizes) for flat in weights), strict=True)
    output = [output_map(flat, settings, sizes, task, OUTPUT_SIDE) for flat in weights]
    return Maps(np.stack(hidden), np.stack(scale), np.stack(output))


def _hidden(flat: np.ndarray, settings: Settings, sizes: Shape) -> tuple[np.ndarray, np.ndarray]:
    layers = layer_outputs(flat, features(grid(HIDDEN_SIDE), settings.inputs), sizes, settings.activation)
    activations = np.concatenate([np.empty((0, HIDDEN_SIDE**2)), *layers[:-1]])
    scale = np.maximum(np.abs(activations).max(axis=1), 1.0)
    return _signed(activations / scale[:, None]).reshape(-1, HIDDEN_SIDE, HIDDEN_SIDE), scale


def output_map(flat: np.ndarray, settings: Settings, sizes: Shape, task: str, side: int) -> np.ndarray:
    """What the network answers, as in `Maps.output`: (side, side) uint8."""
    z = layer_outputs(flat, features(grid(side), settings.inputs), sizes, settings.activation)[-1]
    if task == "values":
        drawn = _signed(np.clip(z[0], -1.0, 1.0))
    elif len(z) == 1:
        drawn = _signed(np.tanh(z[0] / 2.0))
    else:
        probability = softmax(z, axis=0)
        confidence = np.rint(31 * probability.max(axis=0)).astype(np.uint8)
        drawn = (probability.argmax(axis=0).astype(np.uint8) << 5) | confidence
    return drawn.reshape(side, side)


def _signed(values: np.ndarray) -> np.ndarray:
    """-1..1 as 1..255, with 0 exactly at 128."""
    return (np.rint(values * 127.0) + 128.0).astype(np.uint8)
