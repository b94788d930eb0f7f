"""Every page, in both languages, without a browser: it runs, and says what it should in that language."""

from __future__ import annotations

import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.perceptron.views.controls import VIEW
from dashboard.shell import PAGES
from dashboard.ui.language import LANGUAGES, room
from tests.conftest import ROOT


def run(slug: str, **params: str) -> AppTest:
    """A page entered by its own script: the guard puts the frame around it."""
    test = AppTest.from_file(str(ROOT / "pages" / f"{slug}.py"), default_timeout=60)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_page_runs(slug, language):
    test = run(slug, lang=language)
    assert not test.exception
    assert [title.value for title in test.title] == [room("shell", language)["pages"][slug]["title"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEW.options)
@pytest.mark.parametrize("data", ["separable", "own", "digits38"])
def test_perceptron_views(view, language, data):
    test = run("perceptron", lang=language, view=view, data=data)
    assert not test.exception
    assert (
        any(room("perceptron", language)["intro"][view][:40] in text.value for text in test.markdown)
        or data == "own"
    )


def test_state_comes_from_the_url_and_goes_back_to_it():
    test = run("perceptron", lang="en", data="moons", noise="0.1", rule="averaged")
    assert test.selectbox(key="perceptron.rule").value == "averaged"
    test.slider(key="perceptron.noise").set_value(0.2).run()
    assert test.query_params["noise"] in ("0.2", ["0.2"])
    test.selectbox(key="perceptron.data").set_value("separable").run()
    assert "data" not in test.query_params  # the default needs no parameter
    assert not test.exception


def test_front_page_does_not_import_torch():
    code = (
        "import sys; from streamlit.testing.v1 import AppTest;"
        f"t = AppTest.from_file({str(ROOT / 'streamlit_app.py')!r}, default_timeout=60).run();"
        "assert not t.exception; print('torch' in sys.modules, 'sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
