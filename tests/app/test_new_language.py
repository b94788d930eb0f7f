"""A language is added as CONTRIBUTING says: a folder of texts, and one line; then every page speaks it."""

import shutil
from dataclasses import replace

import pytest

from dashboard import languages
from dashboard.languages import LANGUAGES, LOCALES
from dashboard.shell import PAGES
from dashboard.ui.language import texts_in
from tests.app.test_pages import run

CODE = "tlh"  # Babel does not know it


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """A copy of English under a made-up code, with one text of its own."""
    copy = shutil.copytree(LOCALES, tmp_path / "locales", ignore=shutil.ignore_patterns("__pycache__"))
    folder = shutil.copytree(copy / "en", copy / CODE)
    shell = folder / "shell.toml"
    copying = texts_in("shell", "en")["link"]["copy"]
    shell.write_text(shell.read_text("utf-8").replace(f'"{copying}"', '"made up"'), encoding="utf-8")
    monkeypatch.setattr(languages, "LOCALES", copy)
    monkeypatch.setitem(LANGUAGES, CODE, replace(LANGUAGES["en"], code=CODE, name="Made up", babel="en"))


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
