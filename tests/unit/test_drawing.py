"""The sheet, the thumbnails and the image source, run without a browser."""

import base64
import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from dashboard.datasets.digits import to_mnist
from dashboard.images import to_png
from dashboard.ui.drawing import MOST_BYTES, decoded
from dashboard.ui.language import texts_in
from dashboard.ui.thumbnails import sprite

KEPT = "drawing"


def page():
    import numpy as np
    import streamlit as st

    from dashboard.ui import state
    from dashboard.ui.image_source import SOURCE, Gallery, image_source

    slug = st.session_state.get("slug", "test")
    state.begin_page(slug)
    sources = SOURCE if slug == "test" else state.Choice("src", SOURCE.options, "gallery")
    pictures = np.arange(5, dtype=np.uint8)[:, None, None] * np.ones((5, 8, 8), np.uint8)
    st.session_state["given"] = image_source(Gallery(pictures, list("abcde"), first=2), sources)


def run(session=(), **params):
    test = AppTest.from_function(page, default_timeout=30)
    for name, value in params.items():
        test.query_params[name] = value
    for name, value in dict(session).items():
        test.session_state[name] = value
    test.run()
    assert not test.exception
    return test


def stroke():
    sheet = Image.new("RGB", (140, 140), "white")
    ImageDraw.Draw(sheet).line([(70, 20), (70, 120)], fill="#111", width=10)
    return sheet


def test_bytes_from_a_browser():
    assert decoded(base64.b64encode(b"abc").decode()) == b"abc"
    for odd in (None, 7, ["a"], "é", "a", "====", "A" * (MOST_BYTES + 4)):
        assert decoded(odd) == b""


@pytest.mark.parametrize("source", ["draw", "upload", "camera"])
def test_an_example_stands_in_and_a_sentence_says_so(source):
    test = run(src=source)
    given = test.session_state["given"]
    assert (given.example, given.waiting) == (2, True)
    wanted = texts_in("sources", "fr")["waiting"][source].format(name="c")
    assert [box.value for box in test.info] == [wanted]


def test_what_the_visitor_gave_on_one_page_opens_the_next_that_takes_any_picture():
    drawn = {KEPT: to_png(stroke())}
    test = run(drawn, src="draw")
    assert not test.session_state["given"].waiting
    test.session_state["slug"] = "next"
    test.query_params.clear()
    test.run()
    assert test.session_state["given"].example is None  # the drawing, not an example
    test.session_state["slug"], test.session_state[KEPT] = "test", b""
    test.run()  # rubbed out: from now on other pages open on their own example
    test.session_state["slug"] = "last"
    test.query_params.clear()
    test.run()
    assert test.session_state["given"].example == 2 and not test.session_state["given"].waiting


def test_the_link_picks_an_example():
    given = run(src="gallery", pick="5").session_state["given"]
    assert (given.example, given.waiting) == (4, False)
    assert np.asarray(given.image).max() == 4
    for odd in ("0", "6", "-1", "nan", "x"):
        assert run(src="gallery", pick=odd).session_state["given"].example == 2
    assert run(src="<b>").session_state["given"].waiting


def test_random_picks_another_example():
    test = run(src="camera")
    for _ in range(5):
        before = test.session_state["given"].example
        test.button(key="test.src.random").click().run()
        given = test.session_state["given"]
        assert given.example != before and not given.waiting
    assert test.query_params["src"] in ("gallery", ["gallery"])


def test_a_drawing_is_given_and_told_from_another():
    first, second = stroke(), stroke().rotate(40, fillcolor="white")
    given = [run({KEPT: to_png(sheet)}).session_state["given"] for sheet in (first, second, first)]
    assert np.array_equal(np.asarray(given[0].image), np.asarray(first))
    assert given[0].example is None and not given[0].waiting
    assert given[0].digest == given[2].digest != given[1].digest


@pytest.mark.parametrize("odd", [b"not a picture", b"\x89PNG\r\n\x1a\n", b"<svg/>"])
def test_what_is_no_drawing_is_an_empty_sheet(odd):
    assert run({KEPT: odd}).session_state["given"].waiting


def test_ink_on_paper_becomes_a_digit():
    digit = to_mnist(stroke())
    assert digit.shape == (28, 28) and digit.max() == 1.0
    rows, columns = np.nonzero(digit > 0.3)
    assert 18 <= np.ptp(rows) + 1 <= 21 and abs(columns.mean() - 14) < 1.5


def test_one_png_holds_all_thumbnails():
    pictures = np.random.default_rng(0).integers(0, 255, (7, 5, 4, 3), dtype=np.uint8)
    content = base64.b64decode(sprite(pictures).split(",")[1])
    sheet = np.asarray(Image.open(io.BytesIO(content)))
    assert sheet.shape == (5, 28, 3) and np.array_equal(sheet[:, 8:12], pictures[2])
