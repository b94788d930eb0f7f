"""What the figures of the recognition page hold, against the numbers they were given."""

import re

import numpy as np
import pytest

from dashboard import palette
from dashboard.recognition.figures.quality import confusion, reliability
from dashboard.recognition.figures.why import Line, deletion
from dashboard.recognition.views.answer_bars import Row, bars

GOOD = {
    "confusion_title": "Confusions",
    "answer": "Réponse",
    "label": "Classe",
    "reliability_title": "Fiabilité",
    "confidence": "Confiance",
    "right": "Réponses justes",
    "perfect": "Juge parfait",
    "reliability_hover": "%{x:.0f}",
}
WHY = {"title": "Effacement", "x": "Part effacée", "y": "Probabilité"}
COUNTS = np.array([[90, 10, 0], [1, 99, 0], [0, 40, 60]])


def test_each_answer_has_its_bar_and_its_words():
    rows = [Row("<chien>", 0.75, "75 %", True), Row("lévrier", 0.5, "50 %", False), Row("7", 0.25, "25 %")]
    drawn = bars("likeliest", rows)
    words = re.findall(r'<li class="(\w+)">(.*?)<i style="width: ([\d.]+)%"', drawn)
    assert words == [
        ("family", "&lt;chien&gt; · 75 %", "75.0"),
        ("member", "lévrier · 50 %", "50.0"),
        ("class", "7 · 25 %", "25.0"),
    ]


def test_the_matrix_tells_right_from_wrong_and_which_cell_is_chosen():
    names, hover = ["a", "b", "c"], [f"cell {k}" for k in range(9)]
    made = confusion(COUNTS, names, hover, (2, 1), "light", GOOD, "fr")
    cells, marks = made.data
    shares = np.array(cells.z)
    # The share of the class where it is right; minus the root of wrong answers over the most of them.
    assert shares == pytest.approx(
        np.array([[0.9, -np.sqrt(10 / 40), 0], [-np.sqrt(1 / 40), 0.99, 0], [0, -1, 0.6]])
    )
    assert [list(row) for row in cells.text] == [["90", "10", ""], ["1", "99", ""], ["", "40", "60"]]
    assert (cells.zmin, cells.zmax) == (-1, 1)
    # Whoever clicks a marker learns its row and column, and one alone is framed.
    [chosen] = marks.selectedpoints
    assert [list(pair) for pair in marks.customdata] == [[r, c] for r in range(3) for c in range(3)]
    assert (marks.y[chosen], marks.x[chosen]) == (2, 1) and marks.hovertext[chosen] == "cell 7"
    assert marks.unselected.marker.opacity == 0
    assert list(made.layout.yaxis.range) == [2.5, -0.5]  # the first class on top


def test_few_wrong_answers_keep_a_pale_colour():
    counts = np.array([[99, 1], [0, 100]])
    cells = confusion(counts, ["a", "b"], ["?"] * 4, (0, 0), "dark", GOOD, "en").data[0]
    assert cells.z[0][1] == pytest.approx(-np.sqrt(1 / 10))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_reliability_in_percent_with_its_intervals(language):
    confidence, share = np.array([0.55, 0.95]), np.array([0.5, 0.9])
    low, high = np.array([0.45, 0.85]), np.array([0.6, 0.92])
    curves = [("brut", confidence, share, low, high), ("calibré", confidence, share, low, high)]
    made = reliability(curves, "light", GOOD, language)
    diagonal, raw, calibrated = made.data
    # The axes begin below the lowest end of an interval, on a multiple of 5 %.
    assert list(diagonal.x) == list(diagonal.y) == pytest.approx([40, 100])
    assert list(made.layout.xaxis.range) == pytest.approx([40, 100.5])
    assert raw.x == pytest.approx([55, 95]) and raw.y == pytest.approx([50, 90])
    assert raw.error_y.array == pytest.approx([10, 2])
    assert raw.error_y.arrayminus == pytest.approx([5, 5])
    assert (raw.name, calibrated.name) == ("brut", "calibré")
    assert raw.line.color != calibrated.line.color
    assert raw.marker.symbol != calibrated.marker.symbol
    assert made.layout.xaxis.ticksuffix == {"fr": "\u00a0%", "en": "%"}[language]


def test_deletion_curves_in_percent_with_chance_behind():
    lines = [
        Line("Grad-CAM", (0.0, 0.5, 1.0), (0.9, 0.2, 0.1), 0),
        Line("hasard", (0.0, 0.5, 1.0), (0.9, 0.7, 0.1), None),
    ]
    first, chance = deletion(lines, "light", WHY, "fr").data
    assert first.x == pytest.approx([0, 50, 100]) and first.y == pytest.approx([90, 20, 10])
    assert chance.y == pytest.approx([90, 70, 10])
    assert first.line.color == palette.RUNS[0] and first.line.dash == "solid"
    assert chance.line.color == palette.MUTED["light"] and chance.line.dash == "dot"
