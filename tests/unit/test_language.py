"""Both languages say everything, in good typography, and the code to take away runs."""

import re
import subprocess
import sys

import pytest

from dashboard.languages import DEFAULT, LANGUAGES, LOCALES
from dashboard.ui.language import room, typeset


def keys(table, path=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


# A vocabulary has the words of its own language; what is asked of it is in test_generation_understand.
ROOMS = sorted(p.stem for p in (LOCALES / DEFAULT).glob("*.toml") if p.stem != "vocabulary")
OTHERS = [code for code in LANGUAGES if code != DEFAULT]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ROOMS)
def test_languages_have_the_same_texts(name, language):
    first, other = dict(keys(room(name, DEFAULT))), dict(keys(room(name, language)))
    assert first.keys() == other.keys()
    for key, text in first.items():
        if isinstance(text, str):
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(other[key])), key
            assert text.strip() and other[key].strip(), key


def test_languages_have_the_same_files():
    files = [{p.name for p in (LOCALES / code).iterdir()} - {"__pycache__"} for code in LANGUAGES]
    assert all(found == files[0] for found in files)


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
