"""Ready-made maps of the shipped sample: every image's code, and codes laid out in two and three dimensions.

The recipes `digits-maps` and `fashion-maps` write them. A new image is placed on a map without making
the map again (`place`).
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.images import DatasetName
from dashboard.datasets.shipped import shipped

Method = Literal["pca", "tsne", "pacmap"]
METHODS: tuple[Method, ...] = ("pca", "tsne", "pacmap")
DIMENSIONS = (2, 3)
# Codes of one and two numbers need no map: they are coordinates already.
MAPPED_SIZES = (4, 8, 16, 32, 64)
NEIGHBOURS = 5


@dataclass(frozen=True)
class Maps:
    """Maps of one data set's sample, in the order of `images.sample`.

    Attributes:
        codes: size of code -> (2000, size) float32, of `<dataset>-autoencoder-<size>`.
        coordinates: (size of code, method, dimensions) -> (2000, dimensions) float32, arbitrary units.
    """

    codes: dict[int, NDArray[np.float32]]
    coordinates: dict[tuple[int, Method, int], NDArray[np.float32]]

    def place(
        self, codes: NDArray[np.floating], size: int, method: Method, dimensions: int
    ) -> NDArray[np.float32]:
        """Where new codes (n, size) belong on a map: (n, dimensions).

        On the PCA map this is the linear projection that made it, up to rounding. On the others a new
        point goes to the median place of its five nearest neighbours, where openTSNE too starts new
        points (Poličar, Stražar and Zupan, 2019, doi:10.1101/731877). Of 1,500 digits outside the
        sample placed so on the t-SNE maps of 8 and 32 numbers, 90 and 84 % of the ten nearest points
        are of their class (92 and 87 % for points of the sample itself); with means instead, which
        fall between clusters, 87 and 71 %.

        Raises:
            KeyError: there is no such map.
        """
        layout, placed = self.coordinates[size, method, dimensions], self.codes[size]
        points = np.asarray(codes, np.float32)
        if method == "pca":
            return ((points - placed.mean(0)) @ _projection(placed, layout)).astype(np.float32)
        squared = ((points**2).sum(1)[:, None] - 2 * points @ placed.T + (placed**2).sum(1)).clip(0)
        nearest = np.argpartition(squared, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        return np.median(layout[nearest], axis=1).astype(np.float32)


@cache
def load(name: DatasetName) -> Maps:
    """The maps that ship; their arrays are read-only, because every caller shares them.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    codes, coordinates = {}, {}
    with shipped(f"{name}-maps") as stored:
        for key in stored.files:
            array = stored[key].astype(np.float32)
            array.setflags(write=False)
            match key.split("-"):
                case ["codes", size]:
                    codes[int(size)] = array
                case [size, ("pca" | "tsne" | "pacmap") as method, dimensions]:
                    coordinates[int(size), method, int(dimensions)] = array
    return Maps(codes, coordinates)


def _projection(codes: NDArray[np.float32], layout: NDArray[np.float32]) -> NDArray[np.float64]:
    """The linear map (size, dimensions) that takes centred codes to their coordinates, by least squares."""
    centred = (codes - codes.mean(0)).astype(np.float64)
    return np.linalg.solve(centred.T @ centred, centred.T @ layout)
