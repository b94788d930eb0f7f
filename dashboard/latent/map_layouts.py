"""Which maps there are of the sample's codes, and where a new image belongs on each."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets import maps
from dashboard.datasets.images import sample
from dashboard.datasets.maps import MAPPED_SIZES, METHODS, NEIGHBOURS, Method
from dashboard.latent.coders import Coder
from dashboard.latent.neighbours import nearest_to

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Layout:
    """One map of the sample.

    Attributes:
        name: the same for the same map, another for another.
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


@lru_cache(maxsize=16)
def codes_of(maker: Coder) -> tuple[Array, str]:
    """Codes (n, size) of the sample, and a name that no other codes have."""
    if maker.kind == "autoencoder":
        codes = maps.load(maker.dataset).codes[maker.size]
    else:
        codes = maker.encode(sample(maker.dataset).images / np.float32(255))
    return codes, f"{maker.name} {hashlib.sha256(codes.tobytes()).hexdigest()[:12]}"


def methods(maker: Coder) -> tuple[Method, ...]:
    """How the codes can be laid out at once: all methods for the autoencoders that ship, PCA for any other,
    none where the codes are places already."""
    if maker.size <= 2:
        return ()
    ready = maker.kind == "autoencoder" and maker.size in MAPPED_SIZES
    return METHODS if ready else ("pca",)


@lru_cache(maxsize=32)
def layout(maker: Coder, method: Method, dimensions: int) -> Layout:
    """The map by one of `methods`; for codes of one and two numbers the codes themselves, whatever is
    asked for."""
    codes, name = codes_of(maker)
    if maker.size <= 2:
        places = codes if maker.size == 2 else np.stack([codes[:, 0], _rows(maker, codes[:, 0])], axis=1)
        return Layout(name, codes, places, None)
    if maker.kind == "autoencoder":
        places = maps.load(maker.dataset).coordinates[maker.size, method, dimensions]
    else:
        centred = codes - codes.mean(axis=0)
        places = centred @ np.linalg.svd(centred, full_matrices=False)[2][:dimensions].T
    return Layout(f"{name} {method} {dimensions}", codes, places, method)


def place(layout: Layout, code: Array) -> tuple[Array, list[int] | None]:
    """Where the code (size,) of a new image belongs on a map (dimensions,), and the points in whose middle
    that is, if it was found so (see `datasets.maps.Maps.place`)."""
    if layout.method is None:
        return (code if len(code) == 2 else np.array([code[0], layout.places[:, 1].max() * 1.1])), None
    if layout.method == "pca":
        middle = layout.codes.mean(axis=0)
        projection = np.linalg.lstsq(layout.codes - middle, layout.places, rcond=None)[0]
        return (code - middle) @ projection, None
    near = nearest_to(code, layout.codes, NEIGHBOURS)
    return np.median(layout.places[near], axis=0), near.tolist()


def _rows(maker: Coder, values: Array) -> Array:
    """Heights for codes of one number: a row a class, the first on top, with points spread within it."""
    labels = sample(maker.dataset).labels
    rows = int(labels.max()) + 1
    spread = np.random.default_rng(0).uniform(-0.32, 0.32, len(labels))
    # As high as wide.
    return (rows - 1 - labels + spread) * float(np.ptp(values)) / rows
