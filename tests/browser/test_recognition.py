"""A photograph, several files, a drawn digit, a link, in both languages, in a real browser."""

import io
import json
import re

from PIL import Image
from playwright.sync_api import Page, expect

from dashboard.datasets.photographs import photograph
from dashboard.ui.language import texts_in
from tests.browser.conftest import draw, file, rest


def headline(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=2, name=text).first).to_be_visible()


def test_a_photograph_is_recognised_in_french_and_english(visit):
    page = visit("/image_recognition?src=upload&lang=fr")
    page.locator("input[type=file]").set_input_files(file("moi.jpg", photograph("coffee")))
    headline(page, re.compile("Café expresso"))
    page.get_by_text("English", exact=True).click()
    headline(page, re.compile("Espresso"))
    rest(page)
    expect(page).not_to_have_url(re.compile("coffee|moi"))


def test_a_bad_file_is_named_and_the_others_are_recognised(visit):
    page = visit("/image_recognition?src=upload&lang=fr")
    page.locator("input[type=file]").set_input_files(
        [
            file("chat.jpg", photograph("chelsea")),
            file("notes.txt", b"no image at all"),
            file("tasse.jpg", photograph("coffee")),
        ]
    )
    table = page.get_by_role("table")
    expect(table).to_contain_text("chat.jpg")
    expect(table).to_contain_text("tasse.jpg")
    expect(table).to_contain_text("café expresso")
    expect(page.get_by_test_id("stAlert").filter(has_text="notes.txt")).to_be_visible()


def test_what_is_removed_is_gone_at_once(visit):
    page = visit("/image_recognition?src=upload&lang=fr")
    example = page.get_by_text(texts_in("sources", "fr")["waiting"]["upload"].split("{name}")[0].strip())
    expect(example).to_be_visible()
    upload = page.locator("input[type=file]")
    upload.set_input_files(file("tasse.jpg", photograph("coffee")))
    headline(page, re.compile("Café expresso"))
    expect(example).to_have_count(0)
    # A bad file leaves the good one alone.
    upload.set_input_files(file("x.txt", b"no image"))
    expect(page.get_by_test_id("stAlert").filter(has_text="x.txt")).to_be_visible()
    headline(page, re.compile("Café expresso"))
    rest(page)
    page.get_by_role("button", name="Retirer x.txt").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="x.txt")).to_have_count(0)
    headline(page, re.compile("Café expresso"))
    rest(page)
    page.get_by_role("button", name="Retirer tasse.jpg").click()
    expect(example).to_be_visible()
    expect(page.get_by_role("heading", level=2, name=re.compile("Café expresso"))).to_have_count(0)


def test_a_drawn_digit_goes_to_the_digit_network(visit):
    page = visit("/image_recognition?src=draw&lang=fr")
    draw(page, (0.5, 0.15), (0.5, 0.85))
    headline(page, re.compile(r"^Je lis un 1 \("))
    expect(page.get_by_text(texts_in("recognition", "fr")["seen"]["digits"][:20])).to_be_visible()


def test_a_link_reopens_an_example_and_a_network(visit):
    page = visit("/image_recognition?lang=en&pick=8")
    expect(page.get_by_text(texts_in("verdict", "en")["people"].split("**")[2].strip())).to_be_visible()
    page = visit("/image_recognition?lang=en&pick=30&model=garments")  # as links called it once
    headline(page, re.compile(r"^Ankle boot \("))
    expect(page.get_by_text(texts_in("recognition", "en")["seen"]["fashion"][:20])).to_be_visible()


def test_the_answer_can_be_taken_away(visit):
    page = visit("/image_recognition?lang=en&pick=2")
    headline(page, re.compile("Espresso"))
    files = {}
    for name in ("json", "png"):
        with page.expect_download() as download:
            page.get_by_role("button", name=texts_in("recognition", "en")["take"][name]).click()
        files[name] = download.value.path().read_bytes()
    found = json.loads(files["json"])
    assert found["verdict"] == "certain" and found["predictions"][0] == {
        "name": "espresso",
        "label": 967,
        "probability": found["predictions"][0]["probability"],
    }
    assert len(found["predictions"]) == 5
    assert Image.open(io.BytesIO(files["png"])).size == (1000, 480)
    expect(page.get_by_test_id("stCode")).to_have_count(0)  # nor what colours it
    page.get_by_text(texts_in("recognition", "en")["take"]["notebook"]).click()
    expect(page.get_by_test_id("stCode")).to_contain_text("recognise(")
