"""The figures of the network page show the numbers they are given."""

import numpy as np
import pytest

from dashboard import palette
from dashboard.network.figures import luck


def test_colours_read_the_bytes_of_the_maps():
    scale, clear = luck.colours(2, "light")
    assert clear == 0 and scale[-1] == (1.0, palette.BLUE) and scale[2][1] == palette.ORANGE
    assert (128 / 255, palette.NEUTRAL["light"]) in scale
    scale, clear = luck.colours(5, "dark")
    for k in range(5):
        assert ((32 * k + 31) / 255, palette.CLASSES[k]) in scale
    assert clear == 255 and [place for place, _ in scale] == sorted(place for place, _ in scale)


def test_sheet_lays_every_moment_out_in_tiles_of_the_apps_colours():
    maps = np.full((2, 64, 4, 4), 128, np.uint8)
    maps[1, 9], maps[1, 63, 0, 3] = 255, 1  # the second tile of the second row; a corner of the last
    sheet = luck.grid(maps, 2, "dark")
    assert sheet.shape == (2 * 32, 32, 3)
    rgb = lambda ink: [int(ink[k : k + 2], 16) for k in (1, 3, 5)]  # noqa: E731
    assert (sheet[:32] == rgb(palette.NEUTRAL["dark"])).all()
    assert (sheet[36:40, 4:8] == rgb(palette.BLUE)).all()
    assert sheet[60, 31] == pytest.approx(rgb(palette.ORANGE), abs=2)
    several = luck.grid(np.full((1, 64, 1, 1), (3 << 5) + 31, np.uint8), 5, "light")
    assert (several == rgb(palette.CLASSES[3])).all()
