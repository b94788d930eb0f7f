"""The same network from many random starts at once: how much of success is luck?"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

import numpy as np

from dashboard.datasets.plane import Split, features, grid
from dashboard.network.engine import Shape, forward, with_ones
from dashboard.network.maps import output_bytes
from dashboard.network.settings import Settings
from dashboard.network.trainer import Trainer
from dashboard.network.training import EXPLODED, Film, Progress, chosen_epochs

STARTS = 64
EXHIBIT = Settings(data="spiral", hidden=(16, 16), optimiser="adam", epochs=1000)
"""What ships beside this module: a case in which about half of the starts succeed."""
FILE = Path(__file__).with_name("luck.npz")  # made by the recipe "luck"
SOLVED = 0.95
"""Score on the test points (see `training.Film`) from which a run counts as solved, unless told otherwise."""
SIDE = 32
MOMENTS = 24


@dataclass(frozen=True)
class Luck:
    """What became of S starts, numbered by their seed.

    `seeds` (S,); `epochs` (M,) the moments at which all that follows was taken, gaps widening; `train_loss`,
    `test_loss`, `test_score` (S, M), finite: a run that diverged keeps its last finite figures. `solved` (S,
    M) bool, from a moment's score alone; `diverged` (S,) bool; `weights` (S, parameters) float32, the last
    ones, 0 for a run that diverged. `output` (M, S, SIDE, SIDE) uint8 as in `maps.Maps`. A start run alone,
    `training.train(luck.settings_of(i), split)`, ends the same up to rounding.
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


def stuck(film: Film, solved_from: float = SOLVED) -> bool:
    """Whether a run ended short of its task and no longer gets on: in its last fifth the training loss fell
    by less than 2 %. Another start may get further."""
    if film.diverged_at is not None or film.epochs < 5 or film.test_score[-1] >= solved_from:
        return False
    return bool(film.train_loss[-1] > 0.98 * film.train_loss[-1 - film.epochs // 5])


Shown = Callable[[np.ndarray], None]
"""Told at every moment what the starts answer: (S, SIDE, SIDE) as in `Luck.output`."""


def try_luck(
    settings: Settings,
    split: Split,
    starts: int = STARTS,
    solved_from: float = SOLVED,
    progress: Progress | None = None,
    shown: Shown | None = None,
) -> Luck:
    """Train `starts` networks that differ in their seed alone: settings.seed, settings.seed + 1, ...

    Each runs all of `settings.epochs` (`stop_at` is not looked at), or as far as `progress` allows.
    """
    seeds = tuple(range(settings.seed, settings.seed + starts))
    trainer = Trainer(settings, split, seeds, stacked=True)
    inputs = with_ones(features(grid(SIDE), settings.inputs)).astype(np.float32)
    taken = chosen_epochs(settings.epochs, MOMENTS)
    curves: list[np.ndarray] = []
    outputs: list[np.ndarray] = []
    epochs: list[int] = []
    diverged = np.zeros(starts, dtype=bool)

    def take(epoch: int) -> None:
        nonlocal diverged
        figures = trainer.examine()
        if curves:
            limit = EXPLODED * np.maximum(curves[0][0], 1.0)
            diverged |= ~(figures[0] <= limit) | ~np.isfinite(figures).all(axis=0)
            figures = np.where(diverged, curves[-1], figures)
        # A lost network is parked at zero, so that it stays finite beside the others.
        trainer.flat[diverged] = 0.0
        z = forward(trainer.flat.astype(np.float32), inputs, trainer.sizes, settings.activation)[-1]
        outputs.append(output_bytes(z, split.task).reshape(starts, SIDE, SIDE))
        curves.append(figures)
        epochs.append(epoch)
        if shown is not None:
            shown(outputs[-1])

    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        take(0)
        for epoch in range(1, settings.epochs + 1):
            trainer.epoch()
            stop = progress is not None and not progress(epoch / settings.epochs)
            if epoch in taken or stop:
                take(epoch)
            if stop:
                break
    figures = np.stack(curves, axis=-1)
    return Luck(
        settings,
        trainer.sizes,
        np.array(seeds),
        np.array(epochs),
        train_loss=figures[0],
        test_loss=figures[1],
        test_score=figures[3],
        solved=(figures[3] >= solved_from) & ~diverged[:, None],
        diverged=diverged,
        weights=trainer.flat.astype(np.float32),
        output=np.stack(outputs),
    )


@cache
def exhibit() -> Luck:
    """What became of EXHIBIT's starts, as shipped."""
    with np.load(FILE) as kept:
        return Luck(EXHIBIT, tuple(kept["sizes"].tolist()), **{name: kept[name] for name in _ARRAYS})


def write_exhibit(luck: Luck, file: Path = FILE) -> None:
    """Keep what `exhibit` will give."""
    np.savez_compressed(file, sizes=luck.sizes, **{name: getattr(luck, name) for name in _ARRAYS})


_ARRAYS = tuple(field.name for field in fields(Luck) if field.name not in ("settings", "sizes"))
