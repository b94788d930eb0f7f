"""t-SNE of three clusters in the plane whose widths and distances are known: what a map keeps of them.

After Wattenberg, Viégas and Johnson (2016), « How to Use t-SNE Effectively », Distill.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.latent import tsne

PERPLEXITIES = (2, 15, 49)
"""Too small, usual, and nearly all points that there are."""
MEMBERS = 50
"""Points of each cluster."""
_CENTRES = np.array([[-14.0, 0.0], [-7.0, 0.0], [21.0, 0.0]])
_WIDTHS = np.array([0.5, 2.5, 0.5])
_SEED = 3


@dataclass(frozen=True)
class Proportions:
    """How much wider the second cluster is than the first, and how much farther from it the third is than the
    second: root mean square distances from the centres, distances between the centres."""

    width: float
    distance: float


@dataclass(frozen=True)
class Deception:
    """The clusters and their maps.

    Attributes:
        points: (n, 2) the truth; labels: (n,) the clusters 0, 1 and 2.
        iterations: (frames,); maps: (perplexities, frames, n, 2), each frame within -1 and 1, centred.
    """

    points: NDArray[np.float64]
    labels: NDArray[np.int64]
    iterations: NDArray[np.int64]
    maps: NDArray[np.float32]


@lru_cache(maxsize=1)
def deception() -> Deception:
    """The clusters, drawn so that their proportions are exact, and the films of their maps."""
    random = np.random.default_rng(_SEED)
    parts = []
    for centre, width in zip(_CENTRES, _WIDTHS, strict=True):
        part = random.normal(size=(MEMBERS, 2))
        part -= part.mean(axis=0)
        parts.append(centre + width * part / np.sqrt((part**2).sum(axis=1).mean()))
    points = np.concatenate(parts)
    films = [tsne.run(points, perplexity) for perplexity in PERPLEXITIES]
    frames = np.stack([film.frames for film in films])
    return Deception(
        points,
        np.repeat(np.arange(len(_CENTRES)), MEMBERS),
        films[0].iterations,
        frames / np.abs(frames).max(axis=(2, 3), keepdims=True),
    )


def proportions(places: NDArray[np.floating], labels: NDArray[np.int64]) -> Proportions:
    """What places (n, 2) say of the clusters' widths and distances."""
    clusters = [places[labels == label] for label in range(len(_CENTRES))]
    centres = [cluster.mean(axis=0) for cluster in clusters]
    first, second = (
        np.sqrt(((cluster - centre) ** 2).sum(axis=1).mean())
        for cluster, centre in zip(clusters[:2], centres[:2], strict=True)
    )
    near, far = (np.linalg.norm(centre - centres[0]) for centre in centres[1:])
    return Proportions(float(second / first), float(far / near))
