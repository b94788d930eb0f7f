"""The film on this page's card."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard.datasets import plane
from dashboard.miniature import SIZE, Bytes, diverging, dotted
from dashboard.network.maps import maps
from dashboard.network.settings import Settings
from dashboard.network.training import train

PAGE = "neural_network"


def frames() -> list[Bytes]:
    """What a network of two hidden layers answers on two spirals, while it learns them."""
    settings = Settings(data="spiral", hidden=(8, 8), optimiser="adam", epochs=600, seed=1)
    split = plane.make(settings.data, settings.size, settings.noise, settings.train_share, settings.data_seed)
    film = train(settings, split)
    chosen = np.linspace(0, len(film.weights) - 1, 24).round().astype(int)
    answers = maps(film.weights[chosen], settings, film.sizes, split.task).output
    limit = float(np.abs(plane.grid(2)).max())
    points, labels = split.train_points[:60] / limit, split.train_targets[:60] > 0.5
    fields = [diverging(_enlarged(answer) / 127.5 - 1) for answer in answers]
    return [dotted(field, points, labels) for field in fields]


def _enlarged(answer: Bytes) -> NDArray[np.float64]:
    return np.asarray(
        Image.fromarray(answer).resize(SIZE, Image.Resampling.BICUBIC),
        dtype=float,
    )
