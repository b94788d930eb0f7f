"""t-SNE of the sample's codes, computed live, with every tenth step kept as a film.

t-SNE: van der Maaten and Hinton (2008), as implemented by openTSNE (Poličar, Stražar and Zupan, 2019).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openTSNE import TSNEEmbedding
from openTSNE.affinity import PerplexityBasedNN
from openTSNE.initialization import pca

Array = NDArray[np.floating]
Progress = Callable[[float], bool]
"""Told the share of the work done; gives False to stop it."""

EXAGGERATED = 150
"""Iterations of early exaggeration: neighbours attract each other 12 times too strongly, so that clusters
gather before they settle."""
ITERATIONS = 500
_EXAGGERATION = 12.0
_EVERY = 10
_EVERY_LATER = 20
_ANGLE = 0.7  # Barnes-Hut: farther cells count as one; 0.5 looks the same and takes a third longer
SEED = 0


@dataclass(frozen=True)
class TsneFilm:
    """t-SNE from its start to its end, or to where it was stopped.

    Attributes:
        iterations: (frames,) the first 0.
        frames: (frames, n, 2) float32, arbitrary units, each centred.
        divergence: (frames,) Kullback-Leibler divergence between neighbourhoods by code and on the map,
            in nats, what t-SNE makes small; NaN at the start. During the exaggeration that of the
            exaggerated neighbourhoods.
        stopped: whether it ended before its time.
    """

    iterations: NDArray[np.int64]
    frames: NDArray[np.float32]
    divergence: NDArray[np.float64]
    stopped: bool

    @property
    def layout(self) -> NDArray[np.float32]:
        """The last frame (n, 2)."""
        return self.frames[-1]


def run(codes: Array, perplexity: float, progress: Progress | None = None, seed: int = SEED) -> TsneFilm:
    """Lay out codes (n, size) in the plane, on one thread; the same for the same arguments.

    Args:
        perplexity: about how many neighbours each point listens to; at most a third of n.
        progress: asked every ten iterations.

    Raises:
        ValueError: the perplexity is not between 1 and (n - 1) / 3.
    """
    if not 1 <= perplexity <= (len(codes) - 1) / 3:
        raise ValueError(f"perplexity {perplexity} is not between 1 and {(len(codes) - 1) / 3:.0f}")
    points = np.asarray(codes, np.float64)
    start = pca(points, random_state=seed)
    neighbourhoods = PerplexityBasedNN(points, perplexity, method="exact", n_jobs=1, random_state=seed)
    embedding = TSNEEmbedding(
        start, neighbourhoods, negative_gradient_method="bh", theta=_ANGLE, n_jobs=1, random_state=seed
    )
    iterations, frames, divergence = [0], [_centred(start)], [np.nan]
    before, stopped = 0, False

    def look(iteration: int, error: float, places: Any) -> bool:
        nonlocal stopped
        now = before + iteration
        if now <= EXAGGERATED or now % _EVERY_LATER == 0 or now == ITERATIONS:
            iterations.append(now)
            frames.append(_centred(places))
            divergence.append(float(error))
        stopped = progress is not None and not progress(now / ITERATIONS)
        return stopped

    for steps, exaggeration, momentum in (
        (EXAGGERATED, _EXAGGERATION, 0.5),
        (ITERATIONS - EXAGGERATED, 1.0, 0.8),
    ):
        embedding = embedding.optimize(
            steps,
            exaggeration=exaggeration,
            momentum=momentum,
            callbacks=look,
            callbacks_every_iters=_EVERY,
        )
        before += steps
        if stopped:
            break
    return TsneFilm(np.array(iterations), np.stack(frames), np.array(divergence), stopped)


def beginning(codes: Array, seed: int = SEED) -> NDArray[np.float32]:
    """Where `run` starts: the plane of largest variance (n, 2), shrunk to almost nothing."""
    return _centred(pca(np.asarray(codes, np.float64), random_state=seed))


def _centred(places: Any) -> NDArray[np.float32]:
    values = np.asarray(places, np.float64)
    return (values - values.mean(axis=0)).astype(np.float32)
