"""The plane as the layers carry it, as the browser draws it."""

import numpy as np
import pytest

from dashboard.datasets import plane
from dashboard.network.bending import bend, paper_lines, staged
from dashboard.network.settings import Settings, layer_sizes
from dashboard.network.trainer import initial_weights


def carried(hidden=(4, 2), data="circle", size=60, inputs=("x1", "x2")):
    """What an untrained network does to its points, on the screen and before."""
    settings = Settings(data=data, size=size, hidden=hidden, inputs=inputs)
    split = plane.make(data, size, 0.0, 0.5, 0)
    sizes = layer_sizes(settings, split.outputs)
    bent = bend(initial_weights(settings, sizes, 0), settings, sizes, split)
    return staged(bent, inputs, split), bent


def test_each_stage_keeps_proportions_and_fills_the_square():
    shown, bent = carried()
    for stage in range(len(bent.paper)):
        scale = np.ptp(bent.points[stage], axis=0) / np.ptp(shown.points[stage], axis=0)
        assert scale[0] == pytest.approx(scale[1])
        everything = np.concatenate([shown.paper[stage].reshape(-1, 2), shown.points[stage]])
        assert np.abs(everything).max() == pytest.approx(1.0)


def test_the_plane_stands_before_inputs_that_bend_it():
    shown, bent = carried(inputs=("x1", "x1sq"))
    assert len(shown.paper) == len(bent.paper) + 1
    lines = paper_lines()
    ratio = shown.paper[0] / np.where(lines == 0, np.nan, lines)
    np.testing.assert_allclose(ratio[~np.isnan(ratio)], 1 / np.abs(lines).max())


def test_the_line_splits_the_points_as_the_output_neuron_does():
    shown, bent = carried()
    start, end = shown.line[-1]
    normal = np.array([start[1] - end[1], end[0] - start[0]])
    drawn = (shown.points[-1] - start) @ normal
    sides = drawn * (bent.points[-1] @ bent.line[:2] + bent.line[2])
    assert (sides > -1e-9).all() or (sides < 1e-9).all()
    # Until the last stage it waits outside the view.
    for ends in shown.line[:-1]:
        along = np.linspace(0, 1, 200)[:, None]
        assert (np.abs(ends[0] + along * (ends[1] - ends[0])).max(axis=1) > 1.1).all()


def test_several_outputs_have_no_one_line():
    assert carried(data="classes5")[0].line is None
    assert carried(data="hills")[0].line is not None
