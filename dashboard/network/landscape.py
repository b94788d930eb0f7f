"""A slice of the loss around the trained weights, and the descent on it (Li et al. 2018, arXiv:1712.09913).

The slice is the plane through the last weights in the two directions in which the weights of the film moved
most (principal components of the differences from the last, Lorch 2016).
"""

from dataclasses import dataclass

import numpy as np

from dashboard.datasets.plane import Split
from dashboard.network.trainer import Trainer
from dashboard.network.training import Film

SIDE = 41
"""Places along a side of the slice."""
_MARGIN = 1.3  # of the path's half width
_FLATTEST = 0.6  # of the wider side: the narrower is at least so wide
_LATER = 1.5  # times the highest loss on the path: higher ground is cut off


@dataclass(frozen=True)
class Landscape:
    """The slice and the path.

    Attributes:
        loss: (SIDE, SIDE) mean loss on the training points, as the film has it, without penalties; a row for
            each place along the second direction, rising.
        axes: (2, parameters) orthonormal directions; centre: (parameters,) the weights in the middle.
        reach: (2,) how far the slice goes from its middle in either direction, in units of the weights.
        path: (frames, 2) the film's weights on the slice, from -1 to 1 across it.
        kept: the share of the path's squared distances from its end that the slice keeps, 0 to 1.
        cut: the loss from which the ground is drawn flat.
    """

    loss: np.ndarray
    axes: np.ndarray
    centre: np.ndarray
    reach: np.ndarray
    path: np.ndarray
    kept: float
    cut: float


def landscape(film: Film, split: Split) -> Landscape:
    """The slice through the last weights of a film, and the film's path on it."""
    weights = film.weights.astype(float)
    last = weights[-1]
    moves = weights - last
    _, sizes, directions = np.linalg.svd(np.vstack([moves, np.zeros_like(last)]), full_matrices=False)
    axes = directions[:2]
    flat = moves @ axes.T
    middle = (flat.max(axis=0) + flat.min(axis=0)) / 2
    half = _MARGIN * np.ptp(flat, axis=0) / 2
    reach = np.maximum(half, _FLATTEST * half.max()) if half.any() else np.ones(2)
    centre = last + middle @ axes
    steps = np.linspace(-1.0, 1.0, SIDE)
    u, v = np.meshgrid(steps * reach[0], steps * reach[1])
    places = centre + u.reshape(-1, 1) * axes[0] + v.reshape(-1, 1) * axes[1]
    trainer = Trainer(film.settings, split)
    loss = np.array([trainer.training_loss(flat) for flat in places])
    spread = float((sizes**2).sum())
    return Landscape(
        loss.reshape(SIDE, SIDE),
        axes,
        centre,
        reach,
        (flat - middle) / reach,
        float((sizes[:2] ** 2).sum()) / spread if spread else 1.0,
        _LATER * float(film.train_loss.max()),
    )
