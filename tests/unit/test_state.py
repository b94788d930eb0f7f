"""Controls read any URL text, and write back what they read."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.control import Choice, Encoded, Level, Number, of_settings
from dashboard.ui.state import read

CONTROLS = (
    Choice("c", ("a", "b"), "a"),
    Number("n", 0.0, 0.6, 0.02, 0.1),
    Number("i", 10, 200, 10, 60),
    Level("l", (0.01, 0.1, 1.0), 0.1),
    Encoded("e", lambda text: int(text, 16), lambda value: f"{value:x}", 7),
)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.param)
@given(text=st.none() | st.text(max_size=20) | st.sampled_from(["nan", "inf", "-1", "1e400", "0x1", "٣", ""]))
def test_any_text_gives_a_legal_value_that_survives_the_url(control, text):
    value = control.parse(text)
    assert control.parse(control.format(value)) == value
    if isinstance(control, Number):
        assert control.low <= value <= control.high and math.isfinite(value)
    if isinstance(control, Choice | Level):
        assert value in control.options


@pytest.mark.parametrize("default", ["c", 0.62, 200.5, 0.5])
def test_a_default_that_its_control_does_not_offer_is_refused(default):
    control = CONTROLS[("c", 0.62, 200.5, 0.5).index(default)]
    assert of_settings(SimpleNamespace(x=control.default), {"x": control})["x"] == control
    with pytest.raises(ValueError, match="x = "):
        of_settings(SimpleNamespace(x=default), {"x": control})


def test_what_a_message_adds_to_a_link_is_read_past():
    choice, number, _, level, encoded = CONTROLS
    for end in (".", ",", " ", ")", "…", "&quot;", "!»", "-", "_"):
        assert read(choice, f"b{end}") == read(choice, f"B{end}") == "b"
        assert read(number, f"0.34{end}") == 0.34 and read(level, f"0.01{end}") == 0.01
        assert read(encoded, f"FF{end}") == 255
    for control in CONTROLS:
        for text in (None, "", ".", "&amp;", "zz"):
            assert read(control, text) == control.default


def test_values_are_read():
    choice, number, whole, level, encoded = CONTROLS
    assert choice.parse("b") == "b"
    assert number.parse("0.34") == 0.34 and number.parse("0.345") == 0.34
    assert whole.parse("120") == 120 and isinstance(whole.parse("120"), int)
    assert whole.parse("205") == 60
    assert level.parse("0.01") == 0.01 and level.parse("0.02") == 0.1
    assert encoded.parse("ff") == 255
