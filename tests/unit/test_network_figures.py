"""The figures of the network page show the numbers they are given."""

import numpy as np
import pytest

from dashboard import palette
from dashboard.network.figures import luck
from dashboard.ui.language import texts_in

LUCK = texts_in("network", "en")["luck"]


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


def test_histogram_counts_every_start_and_the_threshold_as_solved():
    scores = np.array([0.5, 0.949, 0.95, 1.0, 0.0])
    bars = luck.score_histogram(scores, 0.95, "light", LUCK, "en").data[0]
    assert sum(bars.y) == 5
    assert bars.y[-1] == 2 and bars.marker.color[-1] != bars.marker.color[-2]


def test_overlaid_boundaries_are_those_of_the_best():
    maps = np.full((64, 8, 8), 1, np.uint8)
    maps[:, :, 4:] = 255
    figure = luck.overlaid(maps, 16, 2, "light", LUCK, "en")
    assert [trace.type for trace in figure.data] == ["heatmap"] + ["contour"] * 16
    assert figure.data[0].y[0] > figure.data[0].y[-1]  # the first row of a map is its top
    many = (np.arange(8, dtype=np.uint8) // 2 % 4)[None, None] * np.ones((64, 8, 1), np.uint8)
    whole, changes = luck.overlaid((many << 5) | 31, 16, 4, "light", LUCK, "en").data
    assert (whole.z[0] == (many[0, 0] << 5) + 31).all()
    assert changes.z[0].tolist() == [0, 16, 0, 16, 0, 16, 0, 0]
