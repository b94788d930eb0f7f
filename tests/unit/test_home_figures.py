"""The front page's chart shows what it is given."""

import numpy as np
import pytest

from dashboard.home import figures

CHART = dict.fromkeys(("x", "y", "seen", "chosen", "possible", "proportional", "hover"), "text")


def test_costs_mark_the_chosen_network_on_logarithmic_axes():
    seen = [figures.Measured(7850, 4e-5, "a"), figures.Measured(55050, 2e-4, "b")]
    figure = figures.costs(seen, seen[1], [7850, 55050, 1720330], CHART, str)
    proportional, possible, measured, chosen = figure.data
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    assert list(measured.x) == [7850, 55050]
    assert list(measured.y) == pytest.approx([0.04, 0.2])
    assert (chosen.x[0], chosen.y[0]) == (55050, pytest.approx(0.2))
    assert list(possible.x) == [7850, 55050, 1720330]
    rates = np.array(proportional.y) / np.array(proportional.x)
    assert rates == pytest.approx(0.2 / 55050)
    low, high = (10**edge for edge in figure.layout.yaxis.range)
    drawn = [*measured.y, *proportional.y, *possible.y]
    assert low < min(drawn) and max(drawn) < high
