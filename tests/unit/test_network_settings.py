"""Settings from links, and as a file."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.network.settings import INPUTS, MAX_LAYERS, MAX_WIDTH, Settings, to_json
from dashboard.network.views import controls
from dashboard.perceptron.experiment import Settings as Experiment
from dashboard.perceptron.views import controls as perceptron
from dashboard.ui import state

CONTROLS = controls.CONTROLS
NUMBERS = [control for control in CONTROLS.values() if isinstance(control, state.Number | state.Level)]


@pytest.mark.parametrize("control", NUMBERS, ids=lambda control: control.param)
def test_numbers_beyond_their_limits_are_clamped(control):
    low, high = (
        (control.low, control.high)
        if isinstance(control, state.Number)
        else (min(control.options), max(control.options))
    )
    assert control.parse("-1e9") == low and control.parse("1e300") == pytest.approx(high)
    assert control.parse("nan") == control.parse("many") == control.default


@pytest.mark.parametrize(
    ("defaults", "page"),
    [(Settings(), CONTROLS), (Experiment(), perceptron.CONTROLS)],
    ids=["network", "one"],
)
def test_the_page_opens_on_the_defaults_of_the_settings(defaults, page):
    """Each field has one control and a parameter of its own; the visitor's own points are no setting."""
    assert page.keys() == asdict(defaults).keys() - {"own"}
    for field, control in page.items():
        assert control.parse(None) == getattr(defaults, field), field
        assert control.parse(control.format(control.default)) == control.default, field
    assert len({control.param for control in page.values()}) == len(page)


@given(st.text(alphabet="0123456789- ", max_size=40))
def test_any_text_gives_legal_layers(text):
    widths = CONTROLS["hidden"].parse(text)
    assert len(widths) <= MAX_LAYERS and all(1 <= width <= MAX_WIDTH for width in widths)
    assert CONTROLS["hidden"].parse(CONTROLS["hidden"].format(widths)) == widths


def test_layers_and_inputs_are_read():
    assert CONTROLS["hidden"].parse("8-99-0-4-4-4-4-4") == (8, 16, 1, 4, 4, 4)
    assert CONTROLS["hidden"].parse("0") == ()
    assert CONTROLS["inputs"].parse("sinx2,x1,nothing") == ("x1", "sinx2")
    assert CONTROLS["inputs"].parse("nothing") == ("x1", "x2")
    assert set(INPUTS) == set(CONTROLS["inputs"].parse(",".join(INPUTS)))


def test_the_file_holds_every_setting():
    settings = Settings(data="spiral", hidden=(), inputs=("x1", "sinx2"), stop_at=0.9, seed=5)
    values = json.loads(to_json(settings))
    assert values.keys() == asdict(settings).keys()
    assert values["inputs"] == ["x1", "sinx2"] and values["hidden"] == [] and values["stop_at"] == 0.9


def test_old_links_keep_their_meaning():
    control = state.Choice("view", ("robustness", "answer"), "answer", (("solid", "robustness"),))
    assert control.parse("solid") == control.parse("robustness") == "robustness"
    assert control.parse("good") == control.parse(None) == "answer"
