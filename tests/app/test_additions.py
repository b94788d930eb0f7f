"""What CONTRIBUTING grants is enough: a language, a learning rule, a page."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import languages, shell
from dashboard.languages import LANGUAGES, LOCALES
from dashboard.perceptron.learning import RULES
from dashboard.perceptron.views.controls import CONTROLS
from dashboard.shell import PAGES, Page
from dashboard.ui.language import texts_in
from tests.app.test_pages import run, whole

CODE = "tlh"  # Babel does not know it


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """The folder of a copy of English under a made-up code, with one text of its own."""
    copy = shutil.copytree(LOCALES, tmp_path / "locales", ignore=shutil.ignore_patterns("__pycache__"))
    folder = shutil.copytree(copy / "en", copy / CODE)
    shell = folder / "shell.toml"
    copying = texts_in("shell", "en")["link"]["copy"]
    shell.write_text(shell.read_text("utf-8").replace(f'"{copying}"', '"made up"'), encoding="utf-8")
    monkeypatch.setattr(languages, "LOCALES", copy)
    texts_in.cache_clear()
    languages.table.cache_clear()
    monkeypatch.setitem(LANGUAGES, CODE, replace(LANGUAGES["en"], code=CODE, name="Made up", babel="en"))
    return folder


def say(file: Path, table: str, line: str) -> None:
    head, _, rest = file.read_text("utf-8").partition(f"\n[{table}]\n")
    file.write_text(f"{head}\n[{table}]\n{line}\n{rest}", encoding="utf-8")


VIEWS = [
    *((page.slug, {}) for page in PAGES),
    *(("neural_network", {"view": view, "ep": "50"}) for view in ("compare", "digits")),
    *(("latent_space", {"view": view, "size": "2"}) for view in ("hourglass", "map", "walk")),
    *(
        ("image_recognition", {"view": view, "model": "digits"})
        for view in ("layers", "why", "robustness", "quality")
    ),
    ("image_generation", {"view": "measure"}),
]


@pytest.mark.parametrize(
    ("slug", "asked"), VIEWS, ids=lambda value: value if isinstance(value, str) else None
)
def test_every_page_speaks_a_new_language(slug, asked, made_up):
    test = run(slug, lang=CODE, **asked)
    assert test.query_params["lang"] in (CODE, [CODE])
    assert texts_in("shell", CODE)["link"]["copy"] == "made up"


def test_a_rule_is_its_record_and_its_texts(made_up, monkeypatch):
    margin = replace(RULES["adaline"], slug="margin", step=lambda label, score: label * (label * score < 1))
    monkeypatch.setitem(RULES, "margin", margin)
    monkeypatch.setitem(CONTROLS, "rule", replace(CONTROLS["rule"], options=tuple(RULES)))
    texts = made_up / "perceptron.toml"
    for table, text in (("rules", "A margin"), ("board", "Beyond {y}"), ("verdict", "It will do")):
        say(texts, table, f'margin = "{text}"')
    test = run("perceptron", lang=CODE, rule="margin")
    assert test.selectbox(key="perceptron.rule").value == "margin"
    assert "It will do" in [box.value for box in test.success]


class Extra(Page):
    script = property(lambda self: Path(f"{self.slug}.py").absolute())  # in the current folder


def test_a_page_is_a_line_a_script_and_its_package(made_up, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    extra = Extra("extra", ":material/casino:")
    extra.script.write_text(
        "from dashboard import shell\nshell.enter('extra')\nimport streamlit as st\n"
        "with shell.page('extra'):\n    st.title('Made up')\n"
    )
    monkeypatch.setattr(shell, "PAGES", (*PAGES, extra))
    say(made_up / "shell.toml", "pages.extra", 'name = "Extra"')
    say(made_up / "shell.toml", "road", 'about = "And now?"')
    test = AppTest.from_file(extra.script, default_timeout=60)
    test.query_params["lang"] = CODE
    assert [title.value for title in whole(test.run()).title] == ["Made up"]
    run("about", lang=CODE)  # leads on to it
