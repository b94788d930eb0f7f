"""Every figure says what it said when somebody last looked at it."""

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


def values_along(figure: dict[str, Any], axis: str) -> list[Any]:
    """All that the traces place along an axis; of long arrays the ends."""
    placed = [
        trace.get(axis[0], []) for trace in figure["data"] if trace.get(axis[0] + "axis", axis[0]) == axis
    ]
    return [value for each in placed for value in (each["ends"] if isinstance(each, dict) else each)]


def marks_badly(axis: dict[str, Any], values: list[Any]) -> bool:
    """Whether an axis may mark parts of what it counts, or one number twice."""
    if axis.get("visible") is False or axis.get("type") == "category" or axis.get("ticksuffix"):
        return False
    whole = bool(values) and all(isinstance(value, int | float) and value % 1 == 0 for value in values)
    marks = axis.get("tickvals", [axis.get("dtick", 0.5)])
    return (whole or "d" in axis.get("tickformat", "")) and any(mark % 1 for mark in marks)


def test_axes_that_count_are_marked_at_whole_numbers():
    """Plotly itself would mark halves, and write 1 1 2 2 where halves are not written."""
    bad = []
    for path in GOLDEN.glob("*.json"):
        figure = json.loads(path.read_text())
        for name, axis in figure["layout"].items():
            if name[1:5] == "axis" and marks_badly(axis, values_along(figure, name[0] + name[5:])):
                bad.append(f"{path.stem}: {name}")
    assert not bad
    assert marks_badly({}, [0, 1, 2]) and marks_badly({"tickformat": ",d"}, []) and not marks_badly({}, [0.5])
    assert marks_badly({"tickvals": [0, 0.5, 1]}, [0, 1])
