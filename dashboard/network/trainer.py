"""One network, or a stack of them side by side, and the passes over the training points that teach it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.datasets.plane import Split, features
from dashboard.network import optimisers
from dashboard.network.engine import (
    Backpropagation,
    Shape,
    forward,
    layer_views,
    weight_mask,
    with_ones,
)
from dashboard.network.losses import encoded, loss_for
from dashboard.network.settings import Settings, count_parameters, layer_sizes

INITIAL, ORDER, DROPOUT = 1, 2, 3
"""Each use of chance has its own stream of numbers, so that dropout leaves the order of the points alone."""


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

    flat: np.ndarray
    memory: tuple[np.ndarray, ...]
    order: tuple[Mapping[str, Any], ...]
    dropout: tuple[Mapping[str, Any], ...]


class Trainer:
    """Teaches `flat`, which it owns, in place; one seed per network, `flat` (len(seeds), parameters) if
    `stacked`, else (parameters,)."""

    def __init__(self, settings: Settings, split: Split, seeds: tuple[int, ...], stacked: bool) -> None:
        self.sizes = layer_sizes(settings, split.outputs)
        starts = np.stack([initial_weights(settings, self.sizes, seed) for seed in seeds])
        self.flat = starts if stacked else starts[0]
        stack = self.flat.shape[:-1]
        self._settings = settings
        self._loss = loss_for(split)
        self._order = [np.random.default_rng([seed, ORDER]) for seed in seeds]
        self._dropout = [np.random.default_rng([seed, DROPOUT]) for seed in seeds]
        self._optimiser = optimisers.build(settings.optimiser, self.flat, settings.learning_rate)
        mask = weight_mask(self.sizes)
        self._l1, self._l2 = settings.l1 * mask, settings.l2 * mask

        self._train = len(split.train_points)
        points = np.concatenate([split.train_points, split.test_points])
        self._inputs = with_ones(features(points, settings.inputs))
        self._targets = encoded(np.concatenate([split.train_targets, split.test_targets]), split)
        # Each pass gathers the points in their new order once; the batches are fixed views of the result.
        self._input_rows = self._inputs[:, : self._train].T.copy()
        self._target_rows = self._targets[:, : self._train].T.copy()
        self._shuffled_inputs = np.empty((*stack, *self._input_rows.shape))
        self._shuffled_targets = np.empty((*stack, *self._target_rows.shape))
        self._batches = []
        engines: dict[int, Backpropagation] = {}
        for start in range(0, self._train, settings.batch_size):
            batch = slice(start, start + settings.batch_size)
            inputs = self._shuffled_inputs[..., batch, :].mT
            size = inputs.shape[-1]
            if size not in engines:
                engines[size] = Backpropagation(self.flat, self.sizes, settings.activation, self._loss, size)
            self._batches.append((engines[size], inputs, self._shuffled_targets[..., batch, :].mT))

    def epoch(self) -> None:
        """One pass over the training points, in a new order."""
        stack = self.flat.shape[:-1]
        orders = np.stack([rng.permutation(self._train) for rng in self._order]).reshape(*stack, -1)
        # "clip" only because numpy buffers `out` in its default mode.
        np.take(self._input_rows, orders, axis=0, out=self._shuffled_inputs, mode="clip")
        np.take(self._target_rows, orders, axis=0, out=self._shuffled_targets, mode="clip")
        settings, flat, step = self._settings, self.flat, self._optimiser.step
        mask = None
        for engine, inputs, targets in self._batches:
            if settings.dropout:
                mask = self._mask(engine.hidden_rows, inputs.shape[-1])
            gradient = engine(inputs, targets, mask)
            if settings.l1:
                gradient += self._l1 * np.sign(flat)
            if settings.l2:
                gradient += self._l2 * flat
            step(flat, gradient)

    def _mask(self, rows: int, batch: int) -> np.ndarray:
        """0 for a silenced neuron; the others are amplified, so that sums keep their expectation."""
        chance = self._settings.dropout
        draws = np.stack([rng.random((rows, batch)) for rng in self._dropout])
        return ((draws >= chance) / (1.0 - chance)).reshape(*self.flat.shape[:-1], rows, batch)

    def examine(self) -> np.ndarray:
        """Loss on train and test points, then score on train and test points: (4, ...)."""
        z = forward(self.flat, self._inputs, self.sizes, self._settings.activation)[-1]
        train, test = slice(None, self._train), slice(self._train, None)
        return np.stack(
            [
                measure(z[..., part], self._targets[:, part])
                for measure in (self._loss.value, self._loss.score)
                for part in (train, test)
            ]
        )

    def checkpoint(self) -> Checkpoint:
        """Where the run is now, to `restore` later."""
        return Checkpoint(
            self.flat.copy(),
            self._optimiser.memory(),
            tuple(rng.bit_generator.state for rng in self._order),
            tuple(rng.bit_generator.state for rng in self._dropout),
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Be where `checkpoint`, of a run with the same settings, was taken."""
        self.flat[...] = checkpoint.flat
        rate = self._settings.learning_rate
        self._optimiser = optimisers.build(self._settings.optimiser, self.flat, rate, checkpoint.memory)
        for rngs, states in ((self._order, checkpoint.order), (self._dropout, checkpoint.dropout)):
            for rng, state in zip(rngs, states, strict=True):
                rng.bit_generator.state = state
