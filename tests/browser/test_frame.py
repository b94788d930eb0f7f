"""The frame in a real browser: cold links, language, sharing, teaching, phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dashboard.shell import PAGES
from dashboard.ui.language import room
from tests.browser.conftest import assert_fits, rest
from tests.conftest import serving


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_each_page_opens_cold_by_its_own_link(visit, slug):
    with serving() as cold:
        page = visit(f"/{slug}", address=cold)
        expect(page.get_by_role("heading", level=1)).to_have_text(room("shell", "fr")["pages"][slug]["title"])
        # The frame is there, not the script alone.
        expect(page.get_by_role("link", name="Perceptron").first).to_be_visible()
        expect(page.get_by_role("button", name="Copier le lien")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)  # « page not found » would be one
        page.context.close()


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [("fr-FR", "fr"), ("en-GB", "en"), ("de-DE", "en"), ("ar-EG", "en"), ("zh-CN", "en")],
)
def test_browser_decides_the_language_the_first_time(visit, locale, wanted):
    page = visit("/perceptron", locale=locale)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        room("shell", wanted)["pages"]["perceptron"]["title"]
    )
    expect(page).to_have_url(re.compile(f"lang={wanted}"))
    expect(page.locator("html")).to_have_attribute("lang", wanted)


def test_language_switch_keeps_the_state_and_follows_to_other_pages(visit):
    page = visit("/perceptron?data=moons&lang=fr")
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Perceptron")
    expect(page).to_have_url(re.compile(r"(?=.*lang=en)(?=.*data=moons)"))
    page.get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(room("shell", "en")["pages"]["home"]["title"])
    expect(page).to_have_url(re.compile("lang=en"))


def test_streamlit_speaks_the_language_of_the_page(visit):
    page = visit("/latent_space?src=upload&lang=fr")
    french, english = room("streamlit", "fr"), room("streamlit", "en")
    uploader = page.get_by_test_id("stFileUploader")
    limit = french["limit"].format(x=11)
    expect(uploader).to_contain_text(french["upload"])
    expect(uploader).to_contain_text(limit)
    expect(uploader).not_to_contain_text(english["upload"])
    page.get_by_text("Caméra", exact=True).click()
    expect(page.get_by_test_id("stCameraInput")).to_contain_text(french["photo"])
    page.get_by_text("Fichier", exact=True).click()
    expect(uploader).to_contain_text(limit)
    page.get_by_role("radio", name="English").click()
    expect(uploader).to_contain_text(english["upload"])
    expect(uploader).to_contain_text(english["limit"].format(x=11))


def test_teacher_hides_a_control_and_the_copied_link_does_too(visit):
    page = visit("/perceptron?rule=adaline")
    page.get_by_role("button", name="Enseigner").click()
    page.get_by_role("button", name="Règle d'apprentissage").click()
    expect(page).to_have_url(re.compile("hide=rule"))
    rest(page)
    page.keyboard.press("Escape")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_text("Lien copié")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")  # written before the page says so
    assert "rule=adaline" in link and "lang=fr" in link
    pupil = visit(link[link.index("/perceptron") :])
    expect(pupil.get_by_text("Points", exact=True).first).to_be_visible()
    expect(pupil.get_by_text("Règle d'apprentissage", exact=True)).to_have_count(0)
    expect(pupil.get_by_text("identité")).to_have_count(1)  # the hidden rule is still Adaline


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_on_a_phone(visit, slug, scheme):
    page = visit(f"/{slug}", viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    assert_fits(page)
