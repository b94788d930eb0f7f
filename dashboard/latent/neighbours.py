"""Who is close to whom, in the code and on a map of it, and how much of that the map keeps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Indices = NDArray[np.intp]

NEIGHBOURS = 10


@dataclass(frozen=True)
class Faithfulness:
    """How well a map keeps the neighbours that points have in their codes.

    Attributes:
        kept: (n,) share of each point's nearest neighbours by code that are still among as many nearest
            on the map; by chance k / (n - 1).
        trustworthiness: 1 if whoever is close on the map is close by code too; lower the farther the
            intruders come from (Venna and Kaski, 2001, doi:10.1007/3-540-44668-0_68).
        chance: the share kept by a map drawn at random.
    """

    kept: NDArray[np.float64]
    trustworthiness: float
    chance: float


@dataclass(frozen=True)
class Group:
    """What a set of points has in common.

    Attributes:
        counts: (classes,) how many of each class.
        mean: (size,) the mean code.
        spread: mean distance of the members to the mean code, as a share of the same for all points: 1 for
            a group as scattered as the whole, 0 for a single point.
        typical: members (at most `most`), the closest to the mean code first.
    """

    counts: NDArray[np.int64]
    mean: Array
    spread: float
    typical: Indices


def squared_distances(points: Array, others: Array) -> Array:
    """Squared Euclidean distances (n, m) between (n, d) and (m, d)."""
    a, b = points.astype(np.float64), others.astype(np.float64)
    return ((a**2).sum(1)[:, None] - 2 * a @ b.T + (b**2).sum(1)).clip(0)


def nearest_to(place: Array, points: Array, k: int = NEIGHBOURS, without: int | None = None) -> Indices:
    """The ``k`` points (n, d) nearest to one place (d,), nearest first; ``without`` leaves one point out."""
    distances = ((points.astype(np.float64) - place) ** 2).sum(1)
    if without is not None:
        distances[without] = np.inf
    return np.argsort(distances, kind="stable")[:k]


def nearest(points: Array, k: int = NEIGHBOURS) -> Indices:
    """The ``k`` nearest other points of each of (n, d): (n, k), nearest first."""
    distances = squared_distances(points, points)
    np.fill_diagonal(distances, np.inf)
    few = np.argpartition(distances, k, axis=1)[:, :k]
    order = np.argsort(np.take_along_axis(distances, few, axis=1), axis=1, kind="stable")
    return np.take_along_axis(few, order, axis=1)


def share_kept(by_code: Indices, on_map: Indices) -> NDArray[np.float64]:
    """Which share of the neighbours (n, k) by code are among those on the map (n, k), in any order: (n,)."""
    return (by_code[:, :, None] == on_map[:, None, :]).any(axis=2).mean(axis=1)


def faithfulness(codes: Array, layout: Array, k: int = NEIGHBOURS) -> Faithfulness:
    """Compare the neighbours of n points by code (n, size) and on a map (n, dimensions).

    Raises:
        ValueError: ``k`` is not less than n / 2, beyond which trustworthiness has no meaning.
    """
    n = len(codes)
    if k >= n / 2:
        raise ValueError(f"{k} neighbours are too many for {n} points: at most {(n - 1) // 2}")
    distances = squared_distances(codes, codes)
    np.fill_diagonal(distances, -1.0)  # a point is the nearest to itself: rank 0
    on_map = nearest(layout, k)
    # How many are closer by code than each neighbour on the map: no need to sort them all.
    farness = np.take_along_axis(distances, on_map, axis=1)
    ranks = np.stack([(distances < farness[:, [j]]).sum(axis=1) for j in range(k)], axis=1)
    # Intruders: close on the map, beyond the k nearest by code.
    excess = (ranks - k).clip(0).sum()
    return Faithfulness(
        kept=(ranks <= k).mean(axis=1),
        trustworthiness=float(1 - excess * 2 / (n * k * (2 * n - 3 * k - 1))),
        chance=k / (n - 1),
    )


def group(codes: Array, labels: NDArray[np.integer], members: Indices, most: int = 24) -> Group:
    """Statistics of some of the points (n, size) of classes (n,).

    Raises:
        ValueError: the group is empty.
    """
    if not len(members):
        raise ValueError("a group needs at least one point")
    mean = codes[members].mean(axis=0)
    distances = np.linalg.norm(codes[members] - mean, axis=1)
    everyone = np.linalg.norm(codes - codes.mean(axis=0), axis=1).mean()
    return Group(
        counts=np.bincount(labels[members], minlength=int(labels.max()) + 1),
        mean=mean,
        spread=float(distances.mean() / everyone),
        typical=members[np.argsort(distances, kind="stable")[:most]],
    )


def class_distances(points: Array, labels: NDArray[np.integer]) -> NDArray[np.float64]:
    """Distances (classes, classes) between the middles of the classes of points (n, d)."""
    middles = np.stack([points[labels == k].mean(axis=0) for k in range(int(labels.max()) + 1)])
    return np.sqrt(squared_distances(middles, middles))
