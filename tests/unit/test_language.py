"""Both languages say everything, in good typography, and the code to take away runs."""

import re
import subprocess
import sys

import pytest

from dashboard.ui.language import LANGUAGES, LOCALES, room, typeset


def keys(table, path=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


ROOMS = sorted(p.stem for p in (LOCALES / "fr").glob("*.toml"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("name", ROOMS)
def test_languages_have_the_same_texts(name):
    french, english = (dict(keys(room(name, language))) for language in LANGUAGES)
    assert french.keys() == english.keys()
    for key, text in french.items():
        if isinstance(text, str):
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(english[key])), key
            assert text.strip() and english[key].strip(), key


def test_languages_have_the_same_files():
    french, english = ({p.name for p in (LOCALES / language).iterdir()} for language in LANGUAGES)
    assert french - {"__pycache__"} == english - {"__pycache__"}


def test_french_spaces():
    assert typeset("Quoi ? « Oui » : 5 %", "fr") == "Quoi\u202f? «\u00a0Oui\u00a0»\u00a0: 5\u00a0%"
    assert typeset("$a : b$ et `x : y` : z", "fr") == "$a : b$ et `x : y`\u00a0: z"
    assert typeset("What : now ?", "en") == "What : now ?"


@pytest.mark.parametrize("name", ROOMS)
def test_french_texts_have_no_straight_quotes(name):
    for key, text in keys(room(name, "fr")):
        assert not isinstance(text, str) or '"' not in text, key


@pytest.mark.parametrize("script", sorted(LOCALES.glob("*/*.py")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_code_to_take_away_runs(script, tmp_path):
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
