"""The same network from many random starts at once: how much of success is luck?"""

from dataclasses import dataclass, replace

import numpy as np

from dashboard.datasets.plane import Split, features, grid
from dashboard.network.engine import Shape, forward, with_ones
from dashboard.network.maps import output_bytes
from dashboard.network.settings import Settings
from dashboard.network.trainer import Trainer
from dashboard.network.training import EXPLODED, Progress

STARTS = 64
SOLVED = 0.95
"""Score on the test points (see `training.Film`) from which a run counts as solved, unless told otherwise."""
SIDE = 40
POINTS_ON_CURVES = 50


@dataclass(frozen=True)
class Luck:
    """What became of S starts, numbered by their seed.

    `seeds` (S,); `epochs` (M,) the epochs at which the curves were taken; `train_loss`, `test_loss`,
    `test_score` (S, M), finite: a run that diverged keeps its last finite figures. `solved`, `diverged` (S,)
    bool; `weights` (S, parameters) float32, 0 for a run that diverged. `output` (S, SIDE, SIDE) uint8 as in
    `maps.Maps`. A start run alone, `training.train(luck.settings_of(i), split)`, ends the same up to
    rounding.
    """

    settings: Settings
    sizes: Shape
    seeds: np.ndarray
    epochs: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray
    test_score: np.ndarray
    solved: np.ndarray
    diverged: np.ndarray
    weights: np.ndarray
    output: np.ndarray

    @property
    def ranking(self) -> np.ndarray:
        """Indices of the starts (S,), best first: by score on the test points, then by loss on them."""
        return np.lexsort((self.test_loss[:, -1], -self.test_score[:, -1], self.diverged))

    def settings_of(self, start: int) -> Settings:
        """The settings that run start number `start` alone."""
        return replace(self.settings, seed=int(self.seeds[start]))


def try_luck(
    settings: Settings,
    split: Split,
    starts: int = STARTS,
    solved_from: float = SOLVED,
    progress: Progress | None = None,
) -> Luck:
    """Train `starts` networks that differ in their seed alone: settings.seed, settings.seed + 1, ...

    Each runs all of `settings.epochs` (`stop_at` is not looked at), or as far as `progress` allows.
    """
    seeds = tuple(range(settings.seed, settings.seed + starts))
    trainer = Trainer(settings, split, seeds, stacked=True)
    taken = np.unique(np.linspace(0, settings.epochs, POINTS_ON_CURVES + 1).round().astype(int))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        figures = trainer.examine()
        curves, epochs = [figures], [0]
        limit = EXPLODED * np.maximum(figures[0], 1.0)
        diverged = np.zeros(starts, dtype=bool)
        for epoch in range(1, settings.epochs + 1):
            trainer.epoch()
            stop = progress is not None and not progress(epoch / settings.epochs)
            if epoch in taken or stop:
                figures = trainer.examine()
                diverged |= ~(figures[0] <= limit) | ~np.isfinite(figures).all(axis=0)
                # A lost network is parked at zero, so that it stays finite beside the others.
                trainer.flat[diverged] = 0.0
                curves.append(np.where(diverged, curves[-1], figures))
                epochs.append(epoch)
            if stop:
                break
    taken_curves = np.stack(curves, axis=-1)
    inputs = with_ones(features(grid(SIDE), settings.inputs)).astype(np.float32)
    weights = trainer.flat.astype(np.float32)
    z = forward(weights, inputs, trainer.sizes, settings.activation)[-1]
    return Luck(
        settings,
        trainer.sizes,
        np.array(seeds),
        np.array(epochs),
        train_loss=taken_curves[0],
        test_loss=taken_curves[1],
        test_score=taken_curves[3],
        solved=(taken_curves[3, :, -1] >= solved_from) & ~diverged,
        diverged=diverged,
        weights=weights,
        output=output_bytes(z, split.task).reshape(starts, SIDE, SIDE),
    )
