"""The style of figures: what one function gives to every figure."""

import numpy as np
import pytest

from dashboard import plots
from dashboard.languages import LANGUAGES

LINE = {"type": "scatter", "x": [0, 1], "y": [1, 0]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_style(language):
    figure = plots.figure([LINE], "title", language, 200, "x", "y", xaxis={"type": "log"}, margin={"t": 80})
    layout, template = figure.layout, figure.layout.template.layout
    assert layout.separators == LANGUAGES[language].separators and layout.height == 200
    assert (layout.title.text, layout.xaxis.title.text, layout.yaxis.title.text) == ("title", "x", "y")
    assert layout.xaxis.type == "log" and (layout.margin.t, layout.margin.l) == (80, 10)
    assert layout.paper_bgcolor == layout.plot_bgcolor == plots.CLEAR
    assert template.xaxis.fixedrange and template.yaxis.fixedrange and template.dragmode is False


def test_a_legend_stands_where_traces_have_names():
    assert not plots.figure([LINE]).layout.showlegend
    assert plots.figure([LINE, LINE | {"name": "a"}]).layout.showlegend
    assert not plots.figure([LINE | {"name": "a"}], showlegend=False).layout.showlegend


@pytest.mark.parametrize("most", [1, 2, 3, 5, 6, 7, 12, 25, 64, 99, 200, 1000, 2000])
def test_marks_of_counts_are_whole_distinct_and_few(most):
    axis = plots.whole_numbers(most)
    marks = np.arange(0, most + axis["dtick"], axis["dtick"])
    assert axis["dtick"] == int(axis["dtick"]) and 2 <= len(marks) <= 7
    assert str(axis["dtick"]).rstrip("0") in ("1", "2", "5")


def test_numbers_are_written_as_the_language_does():
    assert plots.written(-0.5, ".3f", "fr") == "−0,500" and plots.written(1.5, "g", "en") == "1.5"


def test_mosaic_places_every_tile():
    images = np.arange(3 * 2 * 2, dtype=float).reshape(3, 2, 2)
    tiles = plots.mosaic(images, columns=2)
    np.testing.assert_array_equal(tiles[:2, :2], images[0])
    np.testing.assert_array_equal(tiles[:2, 3:], images[1])
    np.testing.assert_array_equal(tiles[3:, :2], images[2])
    assert np.isnan(tiles[2]).all() and np.isnan(tiles[3:, 3:]).all()
