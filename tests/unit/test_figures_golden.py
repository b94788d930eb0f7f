"""Every figure says what it said when somebody last looked at it."""

from __future__ import annotations

import ast
import json
import math
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from tests.conftest import ROOT
from tests.unit.figure_cases import CASES, GOLDEN, resolved


def differences(found: Any, expected: Any, place: str = "") -> list[str]:
    """Where two JSON values differ by more than rounding."""
    if isinstance(found, dict) and isinstance(expected, dict):
        only = [f"{place}.{key}: only on one side" for key in sorted(found.keys() ^ expected.keys())]
        both = sorted(found.keys() & expected.keys())
        return only + [d for key in both for d in differences(found[key], expected[key], f"{place}.{key}")]
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        pairs = zip(found, expected, strict=True)
        return [d for k, pair in enumerate(pairs) for d in differences(*pair, f"{place}[{k}]")]
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (found, expected))
    same = math.isclose(found, expected, rel_tol=1e-5, abs_tol=1e-5) if numbers else found == expected
    return [] if same else [f"{place}: {found!r}, was {expected!r}"]


@pytest.mark.parametrize("name", CASES)
def test_a_figure_is_what_it_was(name, monkeypatch):
    monkeypatch.setattr(pio.templates, "default", None)  # what Streamlit or Plotly add is not ours
    expected = json.loads((GOLDEN / f"{name}.json").read_text())
    figure = CASES[name]()
    go.Figure(figure.to_dict())  # Plotly's check of every property, which the app itself spares
    found = json.loads(json.dumps(resolved(figure)))
    assert not differences(found, expected)


def test_every_golden_file_has_its_case():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(CASES)


def public_figures() -> set[str]:
    """The functions of the app that return a figure."""
    found = set()
    for path in (ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            returns = getattr(node, "returns", None)
            if returns is not None and ast.unparse(returns) == "go.Figure" and not node.name.startswith("_"):
                found.add(node.name)
    return found - {"figure"}  # what all of them are made by


def test_every_figure_has_a_case():
    cases = ast.parse((GOLDEN.parent / "figure_cases.py").read_text())
    used = {node.attr for node in ast.walk(cases) if isinstance(node, ast.Attribute)}
    assert public_figures() <= used
