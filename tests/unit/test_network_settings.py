"""Settings from links and files."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.network.settings import (
    CHOICES,
    LIMITS,
    MAX_LAYERS,
    MAX_WIDTH,
    Settings,
    clamped,
    from_json,
    to_json,
)

NUMBERS = st.booleans() | st.integers() | st.floats()
ANYTHING = st.none() | NUMBERS | st.text(max_size=9) | st.lists(NUMBERS, max_size=9)
# Each example spoils three settings.
VALUES = st.dictionaries(st.sampled_from(sorted(asdict(Settings()))), ANYTHING, max_size=3)


@given(VALUES)
def test_whatever_a_link_says_the_settings_are_legal(values):
    settings = clamped(values)
    assert hash(settings) == hash(clamped(asdict(settings)))
    for name, (smallest, largest) in LIMITS.items():
        assert smallest <= getattr(settings, name) <= largest
    for name, choices in CHOICES.items():
        assert getattr(settings, name) in choices
    assert len(settings.hidden) <= MAX_LAYERS and all(1 <= width <= MAX_WIDTH for width in settings.hidden)
    assert settings.inputs
    assert {type(value) for value in asdict(settings).values()} <= {str, int, float, tuple, type(None)}


def test_out_of_range_is_clamped_and_nonsense_is_the_default():
    settings = clamped(
        {
            "learning_rate": 99,
            "epochs": "1000000",
            "size": -3,
            "hidden": [0, 99, 4, 4, 4, 4, 4, 4],
            "noise": "x",
        }
    )
    assert settings.learning_rate == 10.0 and settings.epochs == 2000 and settings.size == 20
    assert settings.hidden == (1, 16, 4, 4, 4, 4) and settings.noise == Settings().noise
    assert clamped({"learning_rate": float("nan")}) == Settings()


def test_json_goes_there_and_back():
    settings = Settings(data="spiral", hidden=(), inputs=("x1", "sinx2"), stop_at=0.9, seed=5)
    assert from_json(to_json(settings)) == settings
    assert json.loads(to_json(settings))["inputs"] == ["x1", "sinx2"]
    for text in ("[]", "nonsense", "3"):
        with pytest.raises(ValueError):
            from_json(text)
