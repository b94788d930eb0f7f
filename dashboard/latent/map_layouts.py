"""Which maps there are of the sample's codes, and where a new image belongs on each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets import maps
from dashboard.datasets.images import DatasetName, sample
from dashboard.datasets.maps import MAPPED_SIZES, NEIGHBOURS, Method
from dashboard.latent.neighbours import nearest_to

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Layout:
    """One map of the sample.

    Attributes:
        name: the same for the same map.
        codes: (n, size); places: (n, 2 or 3), in the order of `images.sample`.
        method: how it was made; None if the codes themselves are the places.
        comparable: the places whose distances mean something, (n, 1 to 3): of codes of one number the
            second coordinate only spreads the classes out.
    """

    name: str
    codes: Array
    places: Array
    method: str | None

    @property
    def comparable(self) -> Array:
        return self.places[:, : self.codes.shape[1]] if self.method is None else self.places


def shipped(dataset: DatasetName, size: int, method: Method, dimensions: int) -> Layout:
    """The map that ships; for codes of one and two numbers the codes themselves, whatever the method."""
    known = maps.load(dataset)
    codes = known.codes[size]
    if size in MAPPED_SIZES:
        name = f"{dataset} {size} {method} {dimensions}"
        return Layout(name, codes, known.coordinates[size, method, dimensions], method)
    places = codes if size == 2 else np.stack([codes[:, 0], _rows(dataset, codes[:, 0])], axis=1)
    return Layout(f"{dataset} {size}", codes, places, None)


def place(dataset: DatasetName, layout: Layout, code: Array) -> tuple[Array, list[int] | None]:
    """Where the code (size,) of a new image belongs on a map (dimensions,), and the points in whose middle
    that is, if it was found so (see `Maps.place`)."""
    size = len(code)
    if layout.method is None:
        return (code if size == 2 else np.array([code[0], layout.places[:, 1].max() * 1.1])), None
    if layout.method == "pca":
        return maps.load(dataset).place(code[None], size, "pca", layout.places.shape[1])[0], None
    near = nearest_to(code, layout.codes, NEIGHBOURS)
    return np.median(layout.places[near], axis=0), near.tolist()


def _rows(dataset: DatasetName, values: Array) -> Array:
    """Heights for codes of one number: a row a class, the first on top, with points spread within it."""
    labels = sample(dataset).labels
    rows = int(labels.max()) + 1
    spread = np.random.default_rng(0).uniform(-0.32, 0.32, len(labels))
    # As high as wide.
    return (rows - 1 - labels + spread) * float(np.ptp(values)) / rows
