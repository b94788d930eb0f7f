"""The colours of curves: seen on both pages, and told apart with any colour vision."""

import itertools
import re

import numpy as np
import pytest

from dashboard import palette
from tests.conftest import ROOT

# What is left of linear light (Machado, Oliveira and Fernandes 2009, severity 1).
SIGHT = {
    "usual": np.eye(3),
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
XYZ = np.array([[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])


def light(colour: str) -> np.ndarray:
    """Linear light of a colour, red, green and blue in [0, 1]."""
    values = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG's, from 1 to 21."""
    low, high = sorted(XYZ[1] @ light(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: str) -> np.ndarray:
    """CIE L*, a*, b* of a colour as somebody sees it."""
    seen = XYZ @ np.clip(SIGHT[sight] @ light(colour), 0, 1) / XYZ.sum(axis=1)
    f = np.where(seen > 0.008856, np.cbrt(seen), 7.787 * seen + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_curves_are_seen_on_both_pages_and_stages(theme):
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    page = re.search(rf'\[theme\.{theme}\].*?\nbackgroundColor = "(#\w+)"', config, re.DOTALL)
    assert page
    for ground in (page[1], palette.FRAME[theme]["--stage"]):
        assert min(contrast(colour, ground) for colour in palette.RUNS) >= 3


@pytest.mark.parametrize("sight", SIGHT)
def test_curves_are_told_from_one_another(sight):
    pairs = itertools.combinations([lab(colour, sight) for colour in palette.RUNS], 2)
    assert min(np.linalg.norm(one - other) for one, other in pairs) >= 15


def test_no_class_has_the_colour_of_a_curve():
    pairs = itertools.product(palette.RUNS, palette.CLASSES)
    assert min(np.linalg.norm(lab(one, "usual") - lab(other, "usual")) for one, other in pairs) >= 15
