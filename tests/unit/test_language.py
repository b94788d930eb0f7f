"""Both languages say everything, in good typography, and the code to take away runs."""

import re
import runpy

import pytest

from dashboard.languages import DEFAULT, LANGUAGES, LOCALES, table, typeset
from dashboard.shell import PAGES
from dashboard.ui.language import mark, texts_in
from dashboard.ui.understand import sections


def keys(table, path=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


# A vocabulary has the words of its own language; what is asked of it is in test_generation_understand.
FILES = sorted(p.stem for p in (LOCALES / DEFAULT).glob("*.toml") if p.stem != "vocabulary")
OTHERS = [code for code in LANGUAGES if code != DEFAULT]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", FILES)
def test_languages_have_the_same_texts(name, language):
    first, other = dict(keys(texts_in(name, DEFAULT))), dict(keys(texts_in(name, language)))
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


def test_apostrophes_and_numbers_in_every_language():
    for language in LANGUAGES:
        assert typeset("l'**encre** d'{name}, don't", language) == "l’**encre** d’{name}, don’t"
        assert typeset("`don't` f'{name}' open('a')", language) == "`don't` f'{name}' open('a')"
        assert typeset("1 000 28 × 28", language) == "1\u202f000 28\u00a0×\u00a028"
        assert typeset("n° {n}, no. 5, 3 ms", language) == "n°\u00a0{n}, no.\u00a05, 3\u00a0ms"


# What each language does not say, and what it says instead.
NEVER = {
    "fr": {
        r"(?i)\bautoenc": "auto-encodeur",
        r"(?i)classificateur": "classifieur",
        r"(?i)écarts?-types?": "écart type",
        r"(?i)\bengendr": "générer",
        r"(?i)vérification croisée": "validation croisée",
        r"(?i)tableau de confusion": "matrice de confusion",
        r"\(s\)": "both forms, or neither",
        r"génération d'image\b": "génération d'images",
        r"\{\w+\} erreurs\b": "erreurs : {n}, for there may be one",
    },
    "en": {
        r"\b[Aa]n? [*“]*\{(?!n\})": "no article before what may begin with a vowel: an 8",
        r"\w ;": "no space before a semicolon",
        r"\(s\)": "both forms, or neither",
        r"\b(?:one|One) (?!at)\w+ a \w+(?:\.|,|;|$)": "per",
        r"(?i)\bforeign\b": "unfamiliar",
        r"(?i)(?<!\{)\blearnt\b": "learned",
        r"(?i)(?<!back)\bground\b": "background",
        r"\b(?:another|same|random|the|good|[0-9]+) draws?\b(?!ing)": "random start, or sample",
    },
}


def prose(language):
    """Every text of a language that a visitor reads, by place."""
    for path in sorted((LOCALES / language).glob("*.md")):
        yield path.name, path.read_text(encoding="utf-8")
    for name in FILES:
        if name == "classes":
            continue
        for key, text in keys(table(language, name)):
            for line in text if isinstance(text, list) else [text]:
                if isinstance(line, str):
                    yield f"{name}.{key}", line


@pytest.mark.parametrize("language", NEVER)
def test_terms_are_the_same_everywhere(language):
    wrong = [
        f"{place}: {found[0]!r}, not {instead!r}"
        for place, text in prose(language)
        for pattern, instead in NEVER[language].items()
        if (found := re.search(pattern, re.sub(r"`[^`]*`", "", text)))
    ]
    assert not wrong


def test_views_leave_the_space_before_a_mark_to_the_language(monkeypatch):
    """No French " : " or " ; " is put together in code: `mark` writes both as the language does."""
    for language, written in (("fr", ("\u00a0: ", "\u202f; ")), ("en", (": ", "; "))):
        monkeypatch.setattr("dashboard.ui.language.current", lambda language=language: language)
        assert (mark(":"), mark(";")) == written
    joined = {"views/**/*.py": r"[\"}] [:;] [\"{%]", "figures*/**/*.py": r"[\"}] [:;] [\"{%]"}
    joined |= {"figures.py": joined["views/**/*.py"], "components/*.js": r"\} [:;] \$\{"}
    found = [
        path.name
        for pattern, between in joined.items()
        for path in LOCALES.parent.glob(f"*/{pattern}")
        if re.search(between, path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize("name", FILES)
def test_french_texts_have_no_straight_quotes(name):
    for key, text in keys(texts_in(name, "fr")):
        assert not isinstance(text, str) or '"' not in text, key


@pytest.mark.parametrize("script", sorted(LOCALES.glob("*/*.py")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_code_to_take_away_runs(script, tmp_path, monkeypatch, capsys):
    assert "dashboard" not in script.read_text(encoding="utf-8")  # it stands for itself
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script), run_name="__main__")
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("page", ["perceptron", "network"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mission_is_one_line(language, page):
    """Question and guesses on a line of a projector, each on one of a phone; the rest on two of these."""
    for slug, mission in texts_in(page, language)["missions"].items():
        guesses = mission["guesses"].values()
        assert len(mission["question"]) <= 38, (slug, "question")
        assert sum(map(len, guesses)) + 4 * len(guesses) <= 55, (slug, "guesses")
        assert max(len(mission["task"]), len(mission["lesson"])) <= 72, (slug, "task, lesson")


@pytest.mark.parametrize("page", [page.slug for page in PAGES if page.sections])
def test_a_view_is_explained_by_one_short_card(page):
    """The same sections for the same views in every language, each card of some eighty words."""
    found = [sections(page, language) for language in LANGUAGES]
    assert [[s.views for s in one] for one in found] == [[s.views for s in found[0]]] * len(LANGUAGES)
    for section in (s for one in found for s in one):
        words = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", section.body, flags=re.DOTALL).split()
        assert 10 < len(words) <= (110 if section.views else 130), section.title
