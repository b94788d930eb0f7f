"""The figures show the numbers they are given."""

import numpy as np

from dashboard.perceptron import figures
from dashboard.plots import mosaic
from dashboard.ui.language import texts_in

TEXT = texts_in("perceptron", "fr")["plots"]


def test_mosaic_places_every_tile():
    images = np.arange(3 * 2 * 2, dtype=float).reshape(3, 2, 2)
    tiles = mosaic(images, columns=2)
    np.testing.assert_array_equal(tiles[:2, :2], images[0])
    np.testing.assert_array_equal(tiles[:2, 3:], images[1])
    np.testing.assert_array_equal(tiles[3:, :2], images[2])
    assert np.isnan(tiles[2]).all() and np.isnan(tiles[3:, 3:]).all()


def test_boundary_lies_on_the_line():
    curve = figures.ErrorCurve("r", np.array([1, 0]), np.array([0.3, -0.6, 0.2]))
    points, labels = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([1, -1])
    figure = figures.boundaries(points, labels, [curve], 1.2, ["a", "b"], ["n", "p"], TEXT, "fr")
    line = figure.data[-1]
    np.testing.assert_allclose(0.3 * np.array(line.x) - 0.6 * np.array(line.y) + 0.2, 0, atol=1e-9)
    assert figure.layout.xaxis.title.text == "a" and figure.layout.separators == ", "
