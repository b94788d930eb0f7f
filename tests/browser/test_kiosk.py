"""A touch screen in an exhibition: it starts anew by itself, and nothing leads out."""

import re

from playwright.sync_api import expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import draw, rest

HOME = texts_in("home", "fr")
PROJECTOR = {"viewport": {"width": 1280, "height": 720}}
TITLES = {language: texts_in("shell", language)["pages"] for language in ("fr", "en")}


def test_left_alone_it_starts_anew_and_forgets(visit):
    page = visit("/?kiosk=5&lang=fr", has_touch=True)
    box = page.get_by_label(HOME["analogy"]["label"])
    box.fill("Un secret")
    box.blur()
    rest(page)
    page.evaluate("window.before = true")
    page.locator(".st-key-front").get_by_role("link", name=HOME["line"]["link"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Perceptron")
    expect(page).to_have_url(re.compile("kiosk=5"))
    for slug in ("message", "about"):  # from page to page by the menu, whose links say nothing of it
        page.get_by_role("link", name=TITLES["fr"][slug]["name"]).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["fr"][slug]["title"])
        expect(page).to_have_url(re.compile("kiosk=5"))
    page.get_by_role("radio", name="English").click()
    # Nobody touches it any more.
    title = page.get_by_test_id("stMain").get_by_role("heading", level=1)  # not that of the first picture
    expect(title).to_have_text(TITLES["fr"]["home"]["title"])
    expect(page).to_have_url(re.compile("kiosk=5"))
    expect(page.get_by_label(HOME["analogy"]["label"])).to_have_value("")
    assert not page.evaluate("window.before ?? false")  # a fresh load, hence a session of its own


def test_the_drawing_of_the_visitor_before_is_gone(visit):
    page = visit("/latent_space?kiosk=5&src=draw", has_touch=True)
    draw(page, (0.3, 0.2), (0.7, 0.2), (0.45, 0.85))
    title = page.get_by_test_id("stMain").get_by_role("heading", level=1)
    expect(title).to_have_text(TITLES["fr"]["home"]["title"])
    rest(page)
    page.get_by_role("link", name=TITLES["fr"]["latent_space"]["name"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["fr"]["latent_space"]["title"])
    expect(page.get_by_text(texts_in("sources", "fr")["waiting"]["draw"].split("{")[0][:20])).to_be_visible()


def test_an_untouched_front_page_goes_on(visit):
    page = visit("/?kiosk=5")
    page.evaluate("window.before = true")
    page.wait_for_function(
        "start => performance.now() - start > 6500", arg=page.evaluate("performance.now()")
    )
    assert page.evaluate("window.before")


def test_touches_put_it_off(visit):
    page = visit("/perceptron?kiosk=5")
    for _ in range(3):
        page.wait_for_function(
            "start => performance.now() - start > 2000", arg=page.evaluate("performance.now()")
        )
        page.mouse.wheel(0, 10)
    expect(page.get_by_role("heading", level=1)).to_have_text("Perceptron")


def test_nothing_leads_out(visit):
    page = visit("/image_generation?kiosk=90", **PROJECTOR)
    shell = texts_in("shell", "fr")
    expect(page.get_by_role("radio", name="English")).to_be_visible()
    # Letters are larger: not every page has room in the menu. The rest has a name of Streamlit's.
    expect(page.get_by_test_id("stTopNavSection")).to_have_text(re.compile(r"^\d autres$"))
    expect(page.get_by_role("button", name=shell["teacher"]["name"])).to_have_count(0)
    expect(page.get_by_role("button", name=shell["link"]["copy"])).to_be_hidden()
    targets = page.locator(
        ".stApp button:visible, .stApp [data-testid=stPageLink] a:visible, .player input:visible"
    )
    heights = targets.evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().height)")
    assert min(heights) >= 40  # pixels, for a finger
    for download in page.get_by_test_id("stDownloadButton").all():
        expect(download).to_be_hidden()
    page.evaluate(
        """() => {
            const link = document.createElement("a");
            Object.assign(link, { href: "https://example.org", id: "out", textContent: "out" });
            link.style = "position: fixed; top: 40%; left: 40%; z-index: 999999; background: red";
            document.body.append(link);
        }"""
    )
    page.locator("#out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["fr"]["image_generation"]["title"])
