"""The figures of the network page show the numbers they are given."""

import numpy as np

from dashboard import palette
from dashboard.network.figures import luck
from dashboard.ui.language import room

LUCK = room("network", "en")["luck"]


def test_colours_read_the_bytes_of_the_maps():
    scale, clear = luck.colours(2, "light")
    assert clear == 0 and scale[-1] == (1.0, palette.BLUE) and scale[2][1] == palette.ORANGE
    assert (128 / 255, palette.NEUTRAL["light"]) in scale
    scale, clear = luck.colours(5, "dark")
    for k in range(5):
        assert ((32 * k + 31) / 255, palette.CLASSES[k]) in scale
    assert clear == 255 and [place for place, _ in scale] == sorted(place for place, _ in scale)


def test_ranked_maps_stand_in_order_and_the_solved_are_framed():
    maps = np.arange(1, 65, dtype=np.uint8)[:, None, None] * np.ones((1, 10, 10), np.uint8)
    solved = np.arange(64) < 3
    figure = luck.ranked_maps(maps, solved, [str(k) for k in range(64)], 2, "light", LUCK, "en")
    sheet, frames, markers = figure.data
    for k in (0, 7, 8, 63):
        assert sheet.z[round(markers.y[k]), round(markers.x[k])] == k + 1
        assert markers.hovertext[k] == str(k)
    assert np.isnan(frames.x).sum() == 3
    assert min(frames.x[:5]) < markers.x[0] < max(frames.x[:5])


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
