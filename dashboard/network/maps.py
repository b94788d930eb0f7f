"""What every neuron answers at every place of the plane, as small pictures of one byte per pixel."""

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

from dashboard.datasets.plane import features, grid
from dashboard.network.engine import Shape, forward, with_ones
from dashboard.network.settings import Settings

HIDDEN_SIDE, OUTPUT_SIDE = 40, 80
FRAMES_AT_ONCE = 8
"""Frames computed together: few enough for their activations to stay in the processor's cache."""


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
    chunks = [
        _maps(weights[start : start + FRAMES_AT_ONCE].astype(np.float32), settings, sizes, task)
        for start in range(0, len(weights), FRAMES_AT_ONCE)
    ]
    return Maps(*(np.concatenate(parts) for parts in zip(*chunks, strict=True)))


def _maps(
    weights: np.ndarray, settings: Settings, sizes: Shape, task: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    frames = len(weights)
    hidden = forward(weights, _inputs(settings, HIDDEN_SIDE), sizes, settings.activation)[:-1]
    z = forward(weights, _inputs(settings, OUTPUT_SIDE), sizes, settings.activation)[-1]
    activations = np.concatenate([*hidden, np.empty((frames, 0, HIDDEN_SIDE**2), dtype=np.float32)], axis=1)
    scale = np.maximum(np.abs(activations).max(axis=2), 1.0)
    return (
        _signed(activations / scale[..., None]).reshape(frames, -1, HIDDEN_SIDE, HIDDEN_SIDE),
        scale,
        output_bytes(z, task).reshape(frames, OUTPUT_SIDE, OUTPUT_SIDE),
    )


def output_bytes(z: np.ndarray, task: str) -> np.ndarray:
    """Outputs (F, outputs, pixels) of the last layer as the bytes of `Maps.output`: (F, pixels) uint8."""
    if task == "values":
        return _signed(np.clip(z[:, 0], -1.0, 1.0))
    if z.shape[1] == 1:
        return _signed(np.tanh(z[:, 0] / 2.0))
    probability = softmax(z, axis=1)
    confidence = np.rint(31 * probability.max(axis=1)).astype(np.uint8)
    return (probability.argmax(axis=1).astype(np.uint8) << 5) | confidence


def inputs_map(settings: Settings) -> np.ndarray:
    """The pictures of the network's inputs, (inputs, HIDDEN_SIDE, HIDDEN_SIDE) uint8, each scaled to its
    largest absolute value."""
    values = _inputs(settings, HIDDEN_SIDE)[:-1]
    scaled = values / np.abs(values).max(axis=1, keepdims=True)
    return _signed(scaled).reshape(-1, HIDDEN_SIDE, HIDDEN_SIDE)


def _inputs(settings: Settings, side: int) -> np.ndarray:
    return with_ones(features(grid(side), settings.inputs)).astype(np.float32)


def _signed(values: np.ndarray) -> np.ndarray:
    """-1..1 as 1..255, with 0 exactly at 128."""
    return (np.rint(values * 127.0) + 128.0).astype(np.uint8)
