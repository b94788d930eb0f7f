"""The same network from many random starts at once: how much of success is luck?"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache

import numpy as np

from dashboard.datasets.plane import Split
from dashboard.datasets.shipped import shipped, shipped_path
from dashboard.network.engine import Shape
from dashboard.network.maps import output_map
from dashboard.network.settings import Settings
from dashboard.network.trainer import Trainer
from dashboard.network.training import EXPLODED, REPORT_EVERY, Film, Progress, chosen_epochs

STARTS = 64
EXAMPLE = Settings(data="spiral", hidden=(12, 12), optimiser="adam", learning_rate=0.03, epochs=1000)
"""Whose starts ship, whatever the page's defaults: about half of them succeed."""
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
    seeds = np.arange(settings.seed, settings.seed + starts)
    trainers = [Trainer(replace(settings, seed=int(seed)), split) for seed in seeds]
    taken = chosen_epochs(settings.epochs, MOMENTS)
    weights = np.stack([trainer.state.flat for trainer in trainers]).astype(np.float32)
    figures = np.stack([trainer.examine() for trainer in trainers])
    limit = EXPLODED * np.maximum(figures[:, 0], 1.0)
    curves: list[np.ndarray] = []
    outputs: list[np.ndarray] = []
    epochs: list[int] = []
    diverged = np.zeros(starts, dtype=bool)

    def take(epoch: int) -> None:
        lost = diverged[:, None]
        curves.append(np.where(lost, curves[-1], figures) if curves else figures.copy())
        weights[diverged] = 0.0
        outputs.append(
            np.stack([output_map(flat, settings, trainers[0].sizes, split.task, SIDE) for flat in weights])
        )
        epochs.append(epoch)
        if shown is not None:
            shown(outputs[-1])

    take(0)
    epoch = 0
    while epoch < settings.epochs:
        # All starts go on together, as far as the next moment, or as a visitor waits to see them stop.
        passes = min(int(taken[taken > epoch][0]) - epoch, REPORT_EVERY)
        for start in np.flatnonzero(~diverged):
            row = slice(start, start + 1)
            trainers[start].record(figures[row], weights[row], limit[start], passes=passes)
            diverged[start] = not figures[start, 0] <= limit[start] or not np.isfinite(figures[start]).all()
        epoch += passes
        stop = progress is not None and not progress(epoch / settings.epochs)
        if epoch in taken or stop:
            take(epoch)
        if stop:
            break
    train_loss, test_loss, _, test_score = np.stack(curves, axis=-1).transpose(1, 0, 2)
    return Luck(
        settings,
        trainers[0].sizes,
        seeds,
        np.array(epochs),
        train_loss=train_loss,
        test_loss=test_loss,
        test_score=test_score,
        solved=(test_score >= solved_from) & ~diverged[:, None],
        diverged=diverged,
        weights=weights,
        output=np.stack(outputs),
    )


@cache
def example() -> Luck:
    """What became of EXAMPLE's starts, as shipped. Raises `DatasetError`."""
    with shipped("luck") as kept:
        return Luck(EXAMPLE, tuple(kept["sizes"].tolist()), **{name: kept[name] for name in _ARRAYS})


def write_example(luck: Luck) -> None:
    """Keep what `example` will give."""
    np.savez_compressed(
        shipped_path("luck.npz"), sizes=luck.sizes, **{name: getattr(luck, name) for name in _ARRAYS}
    )


_ARRAYS = tuple(field.name for field in fields(Luck) if field.name not in ("settings", "sizes"))
