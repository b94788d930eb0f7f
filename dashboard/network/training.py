"""A run from first weights to last, kept as a film that can be rewound without computing anything again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from dashboard.datasets import plane
from dashboard.datasets.plane import Split
from dashboard.network.engine import Shape
from dashboard.network.settings import Settings
from dashboard.network.trainer import Checkpoint, Trainer, layer_outputs

Progress = Callable[[float], bool]
"""Told the share done, 0 to 1, every few epochs; answers False to stop there."""

FRAMES = 60
MAX_FRAMES = 120
EXPLODED = 100.0
"""A training loss this many times the first one (or 1, if that is more) counts as diverged."""
REPORT_EVERY = 16


@dataclass(frozen=True)
class Film:
    """What a run went through, E epochs of it, all finite.

    The curves have one value per epoch from 0 (before learning) to E, shape (E + 1,): losses are the mean
    cross-entropy (in nats) or squared error, without penalties; scores are the share of right classes, or
    R² cut off at 0, within [0, 1]. Frames are F chosen epochs, denser at the start, with the weights then:
    `frame_epochs` (F,) rising from 0 to E, `weights` (F, parameters) float32.

    `diverged_at` is the epoch whose loss exploded; it and what follows are not in the film. `reached_at` is
    the epoch at which `settings.stop_at` was met. `end` is where `resume` goes on (after an explosion, its
    debris, the one thing here that need not be finite).
    """

    settings: Settings
    sizes: Shape
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_score: np.ndarray
    test_score: np.ndarray
    frame_epochs: np.ndarray
    weights: np.ndarray
    diverged_at: int | None
    reached_at: int | None
    end: Checkpoint

    @property
    def epochs(self) -> int:
        """Epochs in the film."""
        return len(self.train_loss) - 1


def prepare() -> None:
    """Compile what a run needs, or load what was compiled before: seconds that should not be a visitor's."""
    settings = Settings(size=8)
    split = plane.make(settings.data, settings.size, 0.0, 0.5, 0)
    trainer = Trainer(settings, split)
    curves, weights = np.empty((1, 4)), np.empty((1, trainer.state.flat.size), dtype=np.float32)
    for work in (
        trainer.examine,
        lambda: trainer.record(curves, weights, np.inf),
        lambda: layer_outputs(trainer.state.flat, split.train_points, trainer.sizes, settings.activation),
    ):
        try:
            work()
        except OSError:  # compiled, but the disk is full: it cannot be kept for the next process
            work()


def train(settings: Settings, split: Split, progress: Progress | None = None) -> Film:
    """Run `settings.epochs` epochs on `split`, or fewer: target reached, diverged, or stopped by `progress`.

    The same settings and split give the same film, bit for bit on one machine.
    """
    film = _run(Trainer(settings, split), settings, settings.epochs, progress)
    chosen = chosen_epochs(film.epochs)
    return replace(film, frame_epochs=chosen, weights=film.weights[chosen])


def resume(film: Film, split: Split, epochs: int, progress: Progress | None = None) -> Film:
    """The film of a run that goes on for up to `epochs` more: its curves and last weights are those of one
    longer run. Raises ValueError if the run diverged: there is nothing to go on from."""
    if film.diverged_at is not None:
        raise ValueError("a run that diverged cannot go on")
    trainer = Trainer(film.settings, split)
    trainer.restore(film.end)
    more = _run(trainer, film.settings, epochs, progress, first_loss=float(film.train_loss[0]))
    chosen = np.unique(np.linspace(0, more.epochs, FRAMES // 2 + 1).round().astype(int))[1:]
    frame_epochs = np.concatenate([film.frame_epochs, film.epochs + chosen])
    weights = np.concatenate([film.weights, more.weights[chosen]])
    if len(frame_epochs) > MAX_FRAMES:
        kept = np.linspace(0, len(frame_epochs) - 1, MAX_FRAMES).round().astype(int)
        frame_epochs, weights = frame_epochs[kept], weights[kept]

    def later(epoch: int | None) -> int | None:
        return None if epoch is None else epoch + film.epochs

    return replace(
        more,
        train_loss=np.concatenate([film.train_loss, more.train_loss[1:]]),
        test_loss=np.concatenate([film.test_loss, more.test_loss[1:]]),
        train_score=np.concatenate([film.train_score, more.train_score[1:]]),
        test_score=np.concatenate([film.test_score, more.test_score[1:]]),
        frame_epochs=frame_epochs,
        weights=weights,
        diverged_at=later(more.diverged_at),
        reached_at=later(more.reached_at),
    )


def chosen_epochs(epochs: int, frames: int = FRAMES) -> np.ndarray:
    """About `frames` epochs out of 0..epochs, both ends included, gaps widening: most happens early."""
    if epochs < frames:
        return np.arange(epochs + 1)
    return np.unique((np.linspace(0.0, 1.0, frames) ** 2 * epochs).round().astype(int))


def _run(
    trainer: Trainer,
    settings: Settings,
    epochs: int,
    progress: Progress | None,
    first_loss: float | None = None,
) -> Film:
    """Train on from where `trainer` is; the film has a frame for every epoch."""
    curves = np.empty((epochs + 1, 4))
    weights = np.empty((epochs + 1, trainer.state.flat.size), dtype=np.float32)
    curves[0], weights[0] = trainer.examine(), trainer.state.flat
    limit = EXPLODED * max(1.0, curves[0, 0] if first_loss is None else first_loss)
    done, diverged_at, reached_at = 0, None, None
    while done < epochs:
        rows = slice(done + 1, min(done + REPORT_EVERY, epochs) + 1)
        done += trainer.record(curves[rows], weights[rows], limit, settings.stop_at)
        loss, *_, score = figures = curves[done]
        if not loss <= limit or not np.isfinite(figures).all():
            diverged_at = done
            done -= 1
            break
        if 0 < settings.stop_at <= score:
            reached_at = done
            break
        if progress and done < epochs and not progress(done / epochs):
            break
    train_loss, test_loss, train_score, test_score = curves[: done + 1].T.copy()
    return Film(
        settings,
        trainer.sizes,
        train_loss=train_loss,
        test_loss=test_loss,
        train_score=train_score,
        test_score=test_score,
        frame_epochs=np.arange(done + 1),
        weights=weights[: done + 1],
        diverged_at=diverged_at,
        reached_at=reached_at,
        end=trainer.checkpoint(),
    )
