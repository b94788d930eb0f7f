"""Settings from links, and as a file."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.network.settings import INPUTS, MAX_LAYERS, MAX_WIDTH, Settings, to_json
from dashboard.network.views import controls
from dashboard.ui import state

NUMBERS = [control for control in vars(controls).values() if isinstance(control, state.Number | state.Level)]


@pytest.mark.parametrize("control", NUMBERS, ids=lambda control: control.param)
def test_numbers_beyond_their_limits_are_clamped(control):
    low, high = (
        (control.low, control.high)
        if isinstance(control, state.Number)
        else (min(control.options), max(control.options))
    )
    if control.clamped:
        assert control.parse("-1e9") == low and control.parse("1e300") == pytest.approx(high)
    assert control.parse("nan") == control.parse("many") == control.default


@given(st.text(alphabet="0123456789- ", max_size=40))
def test_any_text_gives_legal_layers(text):
    widths = controls.HIDDEN.parse(text)
    assert len(widths) <= MAX_LAYERS and all(1 <= width <= MAX_WIDTH for width in widths)
    assert controls.HIDDEN.parse(controls.HIDDEN.format(widths)) == widths


def test_layers_and_inputs_are_read():
    assert controls.HIDDEN.parse("8-99-0-4-4-4-4-4") == (8, 16, 1, 4, 4, 4)
    assert controls.HIDDEN.parse("0") == ()
    assert controls.FEATURES.parse("sinx2,x1,nothing") == ("x1", "sinx2")
    assert controls.FEATURES.parse("nothing") == ("x1", "x2")
    assert set(INPUTS) == set(controls.FEATURES.parse(",".join(INPUTS)))


def test_the_file_holds_every_setting():
    settings = Settings(data="spiral", hidden=(), inputs=("x1", "sinx2"), stop_at=0.9, seed=5)
    values = json.loads(to_json(settings))
    assert values.keys() == asdict(settings).keys()
    assert values["inputs"] == ["x1", "sinx2"] and values["hidden"] == [] and values["stop_at"] == 0.9
