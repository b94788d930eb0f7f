"""What the layers of a classifier saw: feature maps made ready to be shown, and what excites a unit."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard import zoo
from dashboard.classifiers import Pixels, classifier
from dashboard.datasets.photographs import PHOTOGRAPHS, photograph
from dashboard.layers import Layer, Values, dissection

Numbers = NDArray[np.float32]

MOST_MAPS, MOST_NUMBERS = 64, 240
"""How many units of a layer are shown at once, the strongest: maps, or single numbers."""
MOST_CELLS = 60_000
"""Cells of all maps together: a browser draws as many at once without being felt to."""
EXAMPLES = 300
"""Images of the test sample that are looked through for what excites a unit."""
FINEST = 28
"""Places a side of a map that can be picked; of a finer map, the strongest of each little square."""
_BATCH = 50


def shown(layer: Layer) -> NDArray[np.intp]:
    """The units to show, the strongest first."""
    return layer.strongest()[: MOST_MAPS if layer.spatial else MOST_NUMBERS]


def shrunk(values: Values, maps: int) -> Values:
    """Maps (units, h, w) made smaller, by means over squares, until `maps` of them have few cells enough."""
    side = values.shape[1]
    factors = [f for f in range(1, side + 1) if side % f == 0]
    factor = next((f for f in factors if maps * (side // f) ** 2 <= MOST_CELLS), side)
    units = len(values)
    return values.reshape(units, side // factor, factor, side // factor, factor).mean(axis=(2, 4))


def pickable(values: Values) -> NDArray[np.intp]:
    """Rows and columns (n, 2) of the places of one map that can be picked, at most FINEST a side."""
    height, width = values.shape
    step = -(-height // FINEST)
    found = []
    for row in range(0, height, step):
        for column in range(0, width, step):
            square = np.abs(values[row : row + step, column : column + step])
            down, right = np.unravel_index(square.argmax(), square.shape)
            found.append((row + down, column + right))
    return np.array(found, dtype=np.intp)


@dataclass(frozen=True)
class Excitation:
    """The images that excite a unit most, the strongest first.

    Attributes:
        rows: (k,) their places in `examples`; values: (k,) the unit's greatest value in each.
        places: (k, 2) row and column of that value in the unit's map.
    """

    rows: NDArray[np.intp]
    values: Numbers
    places: NDArray[np.intp]


@cache
def examples(model: str) -> Pixels:
    """The images that a classifier's units are tried on, as it gets them: (n, channels, height, width).

    Digits and garments of the test sample, or the sample photographs.
    """
    if classifier(model).dataset:
        images = classifier(model).sample().images[:EXAMPLES, None]
        return np.divide(images, 255, dtype=np.float32)
    return np.stack([classifier(model).prepare(photograph(slug)) for slug in PHOTOGRAPHS])


def excitation(model: str, layer: Layer, unit: int, count: int = 6) -> Excitation:
    """What a unit of a layer answers most strongly to."""
    values, means, places = (found[unit] for found in _greatest(model)[layer.slug])
    # Of equals, such as those at the ceiling of a ReLU6, the one that excites more of the map.
    rows = np.lexsort((-means, -values))[:count]
    rows_and_columns = np.stack(np.divmod(places[rows], layer.values.shape[2]), axis=1)
    return Excitation(rows, values[rows], rows_and_columns)


@cache
def _greatest(model: str) -> dict[str, tuple[Numbers, Numbers, NDArray[np.int64]]]:
    """For each layer: the greatest value of every unit in every example, its mean, and the place of the
    greatest, (units, n) each."""
    images = torch.from_numpy(examples(model))
    batch = _BATCH if images.shape[1] == 1 else 1
    found: dict[str, list[tuple[Tensor, Tensor, Tensor]]] = {}
    with zoo.inference():
        for part in images.split(batch):
            for step, output in dissection.outputs(classifier(model).module, part):
                maps = output.reshape(len(part), output.shape[1], -1)
                greatest, places = maps.max(dim=2)
                found.setdefault(step.slug, []).append((greatest, maps.mean(dim=2), places))
    made = {}
    for slug, parts in found.items():
        together = [torch.cat(each).T.contiguous().numpy() for each in zip(*parts, strict=True)]
        made[slug] = together[0], together[1], together[2]
    return made
