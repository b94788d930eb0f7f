"""The figure of quality shows the curves, the level of real images and the chosen point; in any theme."""

import pytest

from dashboard.generation.figures.quality import Line, curves

STEPS = [1.0, 2.0, 4.0, 8.0]
LINES = [Line("Euler", STEPS, [0.5, 0.7, 0.9, 0.95]), Line("Heun", STEPS, [0.6, 0.9, 0.97, 0.98])]
TEXT = {"real": "vraies images", "chosen": "vos réglages"}


def drawn(**options):
    given = {"chosen": (4.0, 0.97), "theme": "light", "logarithmic": True, "shares": True, **options}
    chosen = given.pop("chosen")
    theme = given.pop("theme")
    return curves(LINES, 0.99, chosen, "Justes ?", ("pas", "part"), TEXT, "fr", theme, **given)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_curves_level_and_point_are_there(theme):
    figure = drawn(theme=theme)
    by_name = {trace.name: trace for trace in figure.data}
    assert list(by_name) == ["Euler", "Heun", "vraies images", "vos réglages"]
    assert list(by_name["Heun"].y) == pytest.approx([60, 90, 97, 98])
    assert set(by_name["vraies images"].y) == {99} and list(by_name["vraies images"].x) == [1.0, 8.0]
    assert (by_name["vos réglages"].x[0], by_name["vos réglages"].y[0]) == (4.0, 97)
    assert by_name["Euler"].line.color != by_name["Heun"].line.color
    assert by_name["Euler"].line.dash != by_name["Heun"].line.dash  # told apart without colours too


def test_without_a_measured_setting_there_is_no_point():
    assert [trace.name for trace in drawn(chosen=None).data][-1] == "vraies images"


def test_axes_are_named_in_their_units():
    shares, plain = drawn(), drawn(shares=False, logarithmic=False)
    assert (shares.layout.xaxis.title.text, shares.layout.yaxis.title.text) == ("pas", "part")
    assert shares.layout.xaxis.type == "log" and plain.layout.xaxis.type != "log"
    assert shares.layout.yaxis.ticksuffix == "\u00a0%" and not plain.layout.yaxis.ticksuffix
    assert list(plain.data[0].y) == LINES[0].y
    assert shares.layout.separators == ", "
    assert [float(text) for text in shares.layout.xaxis.ticktext] == STEPS
