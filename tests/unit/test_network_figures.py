"""The figures of the network page show the numbers they are given."""

import numpy as np
import pytest

from dashboard import palette
from dashboard.datasets import plane
from dashboard.network.bending import bend
from dashboard.network.figures import luck, points
from dashboard.network.settings import Settings, layer_sizes
from dashboard.network.trainer import initial_weights
from dashboard.ui.language import room

BEND, LUCK = room("network", "fr")["bend"], room("network", "en")["luck"]


def bent(hidden=(4, 2), data="circle", size=60):
    """The figure for untrained weights, with what it was made of."""
    settings = Settings(data=data, size=size, hidden=hidden)
    split = plane.make(data, size, 0.0, 0.5, 0)
    sizes = layer_sizes(settings, split.outputs)
    carried = bend(initial_weights(settings, sizes, 0), settings, sizes, split)
    targets = np.concatenate([split.train_targets, split.test_targets])
    names = [f"c{k}" for k in range(split.classes)] or ["y"]
    parts = points.groups(targets, len(split.test_targets), split.classes, names)
    stages = [str(k) for k in range(len(carried.paper))]
    figure = points.bent_plane(carried.paper, carried.points, parts, carried.line, stages, "dark", BEND, "fr")
    return figure, carried, parts


def test_every_point_is_drawn_once_with_its_class_and_part():
    targets = np.array([0.0, 1, 1, 0, 1])
    parts = points.groups(targets, 2, 2, ["a", "b"])
    assert sorted(np.concatenate([part.rows for part in parts])) == [0, 1, 2, 3, 4]
    for part in parts:
        assert set(targets[part.rows]) <= {0.0 if part.name == "a" else 1.0}
        assert (part.rows >= 3).all() if part.test else (part.rows < 3).all()
        assert part.colour == (palette.ORANGE if part.name == "a" else palette.BLUE)
    assert len({part.symbol for part in points.groups(np.arange(5.0), 1, 5, list("abcde"))}) == 5


def test_each_stage_is_a_frame_that_keeps_proportions_and_fills_the_square():
    figure, carried, parts = bent()
    assert [frame.name for frame in figure.frames] == [s.label for s in figure.layout.sliders[0].steps]
    assert figure.layout.yaxis.scaleanchor == "x" and figure.layout.separators == ", "
    for stage, frame in enumerate(figure.frames):
        shown = np.stack([frame.data[1].x, frame.data[1].y], -1)
        true = carried.points[stage][parts[0].rows]
        scale = np.ptp(true, axis=0) / np.ptp(shown, axis=0)
        assert scale[0] == pytest.approx(scale[1], rel=0.02)
        sheet = np.stack([frame.data[0].x, frame.data[0].y], -1)
        assert np.nanmax(np.abs(sheet)) == pytest.approx(1.0, abs=0.01)


def test_the_line_splits_the_drawn_points_as_the_output_neuron_does():
    figure, carried, parts = bent()
    (x0, x1), (y0, y1) = figure.data[-1].x, figure.data[-1].y
    normal = np.array([y0 - y1, x1 - x0])
    for trace, part in zip(figure.data[1:-1], parts, strict=True):
        drawn = (np.stack([trace.x, trace.y], -1) - [x0, y0]) @ normal
        true = carried.points[-1][part.rows] @ carried.line[:2] + carried.line[2]
        sides = drawn * true
        assert (sides > -1e-3).all() or (sides < 1e-3).all()
    # Until the last stage it waits outside the view.
    for frame in figure.frames[:-1]:
        ends = np.stack([frame.data[-1].x, frame.data[-1].y], -1)
        along = np.linspace(0, 1, 200)[:, None]
        assert (np.abs(ends[0] + along * (ends[1] - ends[0])).max(axis=1) > 1.1).all()


def test_without_hidden_layer_there_is_nothing_to_play():
    figure, _, _ = bent(hidden=())
    assert len(figure.frames) == 1 and not figure.layout.sliders


def test_the_largest_film_stays_small():
    figure, _, _ = bent(hidden=(8,) * 6, size=800)
    assert len(figure.to_json()) < 400_000


@pytest.mark.parametrize("data", ["hills", "classes5"])
def test_values_and_many_classes_have_their_figure(data):
    figure, carried, _ = bent(data=data)
    assert (carried.line is None) == (data == "classes5")
    assert len(figure.data) == 1 + (2 + 1 if data == "hills" else 10)


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
