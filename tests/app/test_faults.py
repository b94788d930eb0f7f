"""What can go wrong on the machine: a file missing or damaged, a disk that takes nothing, a wrong clock."""

import logging
import re
import shutil
import subprocess
import sys
import time

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import zoo
from dashboard.languages import LANGUAGES
from dashboard.shell import PAGES
from dashboard.ui.language import texts_in
from tests.app.test_pages import enter, run, whole
from tests.conftest import ROOT


def sentences(test: AppTest, language: str, kind: str) -> list[str]:
    """The references of the sentences of this kind that the page shows."""
    before, after = texts_in("shell", language)[kind].split("{reference}")
    pattern = re.compile(f"{re.escape(before)}([0-9A-F]{{4}}){re.escape(after)}")
    return [found[1] for error in test.error if (found := pattern.fullmatch(error.value))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failing_view_shows_the_reference_under_which_it_is_logged(language, monkeypatch, caplog):
    monkeypatch.setattr("dashboard.perceptron.views.board", lambda *_, **__: 1 / 0)
    with caplog.at_level(logging.ERROR):
        (reference,) = sentences(enter("perceptron", lang=language).run(), language, "failed")
    (record,) = [record for record in caplog.records if record.exc_info]
    assert f"({reference})" in record.message and "ZeroDivisionError" in caplog.text


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A copy of all models that may be damaged, none of them loaded."""
    forget()
    shutil.copytree(zoo.PRETRAINED, tmp_path / "pretrained")
    original = zoo.load
    monkeypatch.setattr(
        zoo, "load", lambda name, folder=None, keep=True: original(name, tmp_path / "pretrained", keep)
    )
    yield tmp_path / "pretrained"
    forget()


def forget() -> None:
    """Nothing that a model has computed is kept from before."""
    st.cache_data.clear()
    st.cache_resource.clear()


def test_a_damaged_model_takes_down_only_what_needs_it(models):
    path = models / "digits-cnn" / zoo.WEIGHTS
    path.write_bytes(path.read_bytes()[:-100] + bytes(100))
    broken = enter("image_recognition", lang="fr", model="digits", src="gallery").run()
    assert sentences(broken, "fr", "missing") and not broken.exception
    assert broken.title[0].value == texts_in("shell", "fr")["pages"]["image_recognition"]["title"]
    whole(enter("image_recognition", lang="fr", model="photos", src="gallery").run())
    for slug in ("home", "perceptron", "neural_network", "message"):
        whole(enter(slug, lang="fr").run())


def test_a_missing_model_takes_down_only_what_needs_it(models):
    shutil.rmtree(models / "photos")
    broken = enter("image_recognition", lang="en", model="photos", src="gallery").run()
    assert sentences(broken, "en", "missing") and not broken.exception
    whole(enter("image_recognition", lang="en", model="fashion", src="gallery").run())


@pytest.mark.parametrize("now", [0.0, 4e9])
def test_a_wrong_clock_changes_nothing(now, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: now)
    for slug in ("perceptron", "neural_network", "image_generation"):
        run(slug, lang="fr")


WALK = """
import errno, os, sys

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate",
           "tempfile.mkstemp", "tempfile.mkdtemp", "sqlite3.connect"}

def refuse(event, arguments):
    if event == "open" and isinstance(arguments[2], int):
        path, mode, flags = arguments
        if not flags & WRITING or path == os.devnull or isinstance(path, int):
            return
    elif event not in CHANGES:
        return
    # What starts may look for a place for its caches, and does without; a visit does not even look.
    if visited:
        print("WRITES", event, arguments[0], file=sys.stderr)
    raise OSError(errno.ENOSPC, "nothing can be written", str(arguments[0]))

from deploy.serve import AppTest, draw_all  # AppTest makes a folder for scripts that are text
visited = False
sys.addaudithook(refuse)
draw_all()
visited = True
from dashboard.shell import PAGES
for page in PAGES:
    before = set(sys.modules)
    test = AppTest.from_file(str(page.script), default_timeout=60)
    test.query_params["lang"] = "fr"
    test.run()
    assert not test.exception, (page.slug, test.exception)
    print("PAGE", page.slug, [error.value for error in test.error], sorted(set(sys.modules) - before))
visited = False
"""


def test_no_page_writes_anything_nor_needs_to_nor_imports_in_a_visitors_time():
    """So a full disk, a read-only one, or no leave to write caches change nothing; and a replica that says it
    is ready is."""
    done = subprocess.run([sys.executable, "-c", WALK], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "WRITES" not in done.stderr, done.stderr
    assert done.stdout.splitlines() == [f"PAGE {page.slug} [] []" for page in PAGES]
