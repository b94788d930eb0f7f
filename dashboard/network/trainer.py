"""One network and the passes over the training points that teach it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from dashboard.datasets.plane import Split, features
from dashboard.network import engine
from dashboard.network.engine import Examples, Shape, State, Task
from dashboard.network.settings import ACTIVATIONS, OPTIMISERS, Settings, count_parameters, layer_sizes

INITIAL, ORDER, DROPOUT = 1, 2, 3
"""Each use of chance has its own stream of numbers, so that dropout leaves the order of the points alone."""


def layer_views(flat: np.ndarray, sizes: Shape) -> list[np.ndarray]:
    """The flat vector seen as one matrix (neurons, neurons before + 1) per layer, the last column biases."""
    views, start = [], 0
    for before, after in pairwise(sizes):
        stop = start + after * (before + 1)
        views.append(flat[start:stop].reshape(after, before + 1))
        start = stop
    return views


def layer_outputs(flat: np.ndarray, values: np.ndarray, sizes: Shape, activation: str) -> list[np.ndarray]:
    """Outputs of every layer, hidden ones activated, the last as it is: a list of (neurons, n).

    `flat` is (parameters,), `values` (n, sizes[0]) as from `plane.features`.
    """
    outputs = engine.forward(
        np.ascontiguousarray(flat, dtype=float),
        np.array(sizes),
        ACTIVATIONS.index(activation),
        np.ascontiguousarray(values.T, dtype=float),
    )
    return np.split(outputs, np.cumsum(sizes[1:-1]))


def loss_for(split: Split) -> str:
    """The one of `engine.LOSSES` that fits the targets."""
    if split.task == "values":
        return "squared_error"
    return "cross_entropy" if split.classes > 2 else "binary_cross_entropy"


def encoded(targets: np.ndarray, split: Split) -> np.ndarray:
    """Targets (n,) as the losses take them: (1, n), or one row per class (classes, n) of zeros and ones."""
    if split.outputs == 1:
        return targets[None, :].astype(float)
    return (targets[None, :] == np.arange(split.classes)[:, None]).astype(float)


def initial_weights(settings: Settings, sizes: Shape, seed: int) -> np.ndarray:
    """The weights (parameters,) that a run with `seed` starts from; biases are 0.

    xavier: uniform within ±√(6 / (before + after)) (Glorot and Bengio, 2010); he: normal with deviation
    √(2 / before) (He and others, 2015); zeros: all 0, from where all neurons of a layer stay alike.
    """
    flat = np.zeros(count_parameters(sizes))
    rng = np.random.default_rng([seed, INITIAL])
    for matrix in layer_views(flat, sizes):
        after, before = matrix.shape[0], matrix.shape[1] - 1
        if settings.initialisation == "xavier":
            limit = np.sqrt(6.0 / (before + after))
            matrix[:, :-1] = rng.uniform(-limit, limit, (after, before))
        elif settings.initialisation == "he":
            matrix[:, :-1] = rng.normal(0.0, np.sqrt(2.0 / before), (after, before))
    return flat


@dataclass(frozen=True)
class Checkpoint:
    """All that the next pass depends on: weights, the optimiser's memory and the state of chance."""

    state: State
    order: Mapping[str, Any]
    dropout: Mapping[str, Any]


class Trainer:
    """Teaches the network of `state`, which it owns, in place."""

    def __init__(self, settings: Settings, split: Split) -> None:
        self.sizes = layer_sizes(settings, split.outputs)
        flat = initial_weights(settings, self.sizes, settings.seed)
        self.state = State(flat, np.zeros_like(flat), np.zeros_like(flat), np.zeros(1, dtype=np.int64))
        self._order = np.random.default_rng([settings.seed, ORDER])
        self._dropout = np.random.default_rng([settings.seed, DROPOUT])
        self._task = Task(
            np.array(self.sizes),
            ACTIVATIONS.index(settings.activation),
            engine.LOSSES.index(loss_for(split)),
            OPTIMISERS.index(settings.optimiser),
            settings.learning_rate,
            settings.batch_size,
            settings.l1,
            settings.l2,
            settings.dropout,
        )
        self._train, self._test = (
            Examples(np.ascontiguousarray(features(points, settings.inputs).T), encoded(targets, split))
            for points, targets in (
                (split.train_points, split.train_targets),
                (split.test_points, split.test_targets),
            )
        )

    def _chance(self, epochs: int) -> tuple[np.ndarray, np.ndarray]:
        """The order of the points (epochs, n) and the draws for dropout, as `engine.teach` takes them."""
        n = self._train.inputs.shape[1]
        permutations = np.stack([self._order.permutation(n) for _ in range(epochs)])
        rows = sum(self.sizes[1:-1]) + len(self.sizes) - 2 if self._task.dropout else 0
        return permutations, self._dropout.random((epochs, rows * n))

    def record(
        self, curves: np.ndarray, weights: np.ndarray, limit: float, target: float = 0.0, passes: int = 1
    ) -> int:
        """`passes` over the training points, each in a new order, before each row of `curves` and `weights`:
        see `engine.record`."""
        chance = self._chance(len(curves) * passes)
        return engine.record(
            self._task, self.state, self._train, self._test, *chance, limit, target, curves, weights
        )

    def examine(self) -> np.ndarray:
        """Loss on train and test points, then score on train and test points: (4,)."""
        train, test = (
            engine.examine(self._task, self.state.flat, part) for part in (self._train, self._test)
        )
        return np.array([train[0], test[0], train[1], test[1]])

    def training_loss(self, flat: np.ndarray) -> float:
        """The loss on the training points of a network with other weights (parameters,)."""
        return engine.examine(self._task, flat, self._train)[0]

    def checkpoint(self) -> Checkpoint:
        """Where the run is now, to `restore` later."""
        return Checkpoint(
            State(*(values.copy() for values in self.state)),
            self._order.bit_generator.state,
            self._dropout.bit_generator.state,
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Be where `checkpoint`, of a run with the same settings, was taken."""
        self.state = State(*(values.copy() for values in checkpoint.state))
        self._order.bit_generator.state = checkpoint.order
        self._dropout.bit_generator.state = checkpoint.dropout
