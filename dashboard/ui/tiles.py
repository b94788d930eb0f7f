"""Small images side by side, with a name above and a line below each, that change as fast as a slider."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.ui.component import component
from dashboard.ui.thumbnails import sprite


@dataclass(frozen=True)
class Tile:
    """One image: `picture` (h, w) grey or (h, w, 3) colours, uint8; `alt` for who cannot see it."""

    picture: NDArray[np.uint8]
    name: str
    line: str
    alt: str


def tiles(key: str, shown: Sequence[Tile], columns: int) -> None:
    """Draw images of one shape, `columns` in a row."""
    pictures = [
        tile.picture if tile.picture.ndim == 3 else np.repeat(tile.picture[:, :, None], 3, axis=2)
        for tile in shown
    ]
    component("tiles", '<div class="tiles"></div>')(
        key=key,
        data={
            "columns": columns,
            "sprite": sprite(np.stack(pictures)),
            "items": [{"name": tile.name, "line": tile.line, "alt": tile.alt} for tile in shown],
        },
    )
