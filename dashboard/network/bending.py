"""How the layers bend the plane: a sheet of squared paper and the points on it, carried from layer to layer.

A layer of more than two neurons is shown on the two directions in which the carried sheet and points spread
most (principal components).
"""

from dataclasses import dataclass

import numpy as np

from dashboard.datasets.plane import EXTENT, Split, features
from dashboard.network.engine import Shape
from dashboard.network.settings import Settings
from dashboard.network.trainer import layer_outputs, layer_views

LINES, STEPS = 13, 61
"""Lines of the paper in each direction, and points along each line."""
_FAR = 4.0  # where the line waits outside the view
_PLANE = ("x1", "x2")


@dataclass(frozen=True)
class Basis:
    """The flat view on a layer of d neurons: `centre` (d,), `axes` (d, 2) orthonormal, and the share of the
    variance that the view keeps, 0 to 1."""

    centre: np.ndarray
    axes: np.ndarray
    kept: float


@dataclass(frozen=True)
class Bending:
    """Positions after the inputs (index 0) and after each hidden layer, as seen on `bases`.

    `paper` (layers, 2 · LINES, STEPS, 2): first the lines of equal x2, then those of equal x1. `points`
    (layers, n, 2): training points, then test points. `line` (3,): a, b, c of the straight line
    a · u + b · v + c = 0 with which the output neuron cuts the last view (class 1 where it is positive), or
    None unless the output layer has one neuron. Off the plane of the view the cut may lie elsewhere: exact
    where `bases[-1].kept` is 1.
    """

    paper: np.ndarray
    points: np.ndarray
    bases: tuple[Basis, ...]
    line: np.ndarray | None


@dataclass(frozen=True)
class Staged:
    """Positions for the screen, each stage enlarged alike in both directions to fill the square from -1 to 1.

    `paper` (stages, 2 · LINES, STEPS, 2), `points` (stages, n, 2), `line` (stages, 2, 2) two ends of the cut,
    outside the square until the last stage; or None.
    """

    paper: np.ndarray
    points: np.ndarray
    line: np.ndarray | None


def paper_lines() -> np.ndarray:
    """The squared paper in the plane: (2 · LINES, STEPS, 2)."""
    fixed = np.linspace(-EXTENT, EXTENT, LINES)[:, None] * np.ones(STEPS)
    along = np.ones((LINES, 1)) * np.linspace(-EXTENT, EXTENT, STEPS)
    return np.concatenate([np.stack([along, fixed], -1), np.stack([fixed, along], -1)])


def bend(
    weights: np.ndarray,
    settings: Settings,
    sizes: Shape,
    split: Split,
    bases: tuple[Basis, ...] | None = None,
) -> Bending:
    """Carry paper and points through the network with `weights` (parameters,).

    With `bases` of another moment of the same run the view does not turn from one frame to the next; without,
    each layer gets its own.
    """
    lines = paper_lines()
    places = np.concatenate([lines.reshape(-1, 2), split.train_points, split.test_points])
    inputs = features(places, settings.inputs)
    layers = [inputs, *(h.T for h in layer_outputs(weights, inputs, sizes, settings.activation)[:-1])]
    if bases is None:
        bases = tuple(_basis(layer) for layer in layers)
    views = np.stack(
        [(layer - basis.centre) @ basis.axes for layer, basis in zip(layers, bases, strict=True)]
    )
    paper, points = np.split(views, [len(lines) * STEPS], axis=1)
    line = None
    if sizes[-1] == 1:
        *direction, bias = layer_views(np.asarray(weights, dtype=float), sizes)[-1][0]
        line = np.array([*(direction @ bases[-1].axes), bias + direction @ bases[-1].centre])
    return Bending(paper.reshape(len(layers), *lines.shape), points, bases, line)


def _basis(layer: np.ndarray) -> Basis:
    width = layer.shape[1]
    if width <= 2:
        return Basis(np.zeros(width), np.eye(width, 2), 1.0)
    centre = layer.mean(axis=0)
    _, spread, directions = np.linalg.svd(layer - centre, full_matrices=False)
    axes = directions[:2].T
    # A principal component has no sign of its own: fix it, so that the same run gives the same picture.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    total = float((spread**2).sum())
    return Basis(centre, axes, float((spread[:2] ** 2).sum()) / total if total else 1.0)


def staged(bent: Bending, inputs: tuple[str, ...], split: Split) -> Staged:
    """What is carried, with the plane itself in front if the `inputs` bend it first."""
    paper, points = bent.paper, bent.points
    if inputs != _PLANE:
        places = np.concatenate([split.train_points, split.test_points])
        paper, points = np.concatenate([paper_lines()[None], paper]), np.concatenate([places[None], points])
    everything = np.concatenate([paper.reshape(len(paper), -1, 2), points], axis=1)
    low, high = everything.min(axis=1), everything.max(axis=1)
    centres, halves = (low + high) / 2, (high - low).max(axis=1) / 2
    halves = np.where(halves > 0, halves, 1.0)
    line = None if bent.line is None else _line_ends(bent.line, centres[-1], float(halves[-1]), len(paper))
    return Staged(
        (paper - centres[:, None, None]) / halves[:, None, None, None],
        (points - centres[:, None]) / halves[:, None, None],
        line,
    )


def _line_ends(line: np.ndarray, centre: np.ndarray, half: float, stages: int) -> np.ndarray:
    """Two ends of the line per stage (stages, 2, 2): outside the view until the last."""
    normal, length = line[:2], float(np.hypot(*line[:2])) or 1.0
    normal = normal / length
    foot = -normal * (float(line[2]) / length + float(normal @ centre)) / half
    along = np.array([-normal[1], normal[0]])
    ends = np.array([foot - _FAR * along, foot + _FAR * along])
    waiting = ends + (_FAR - float(foot @ normal)) * normal
    return np.stack([*[waiting] * (stages - 1), ends])
