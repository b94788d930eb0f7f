"""A visit: from a cold front page by clicks alone, the frame stands whole after each."""

import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from dashboard.languages import LANGUAGES
from dashboard.shell import PAGES
from dashboard.ui.language import texts_in
from tests.browser.conftest import MOVING, rest

LOCALE = {"fr": "fr-FR", "en": "en-GB"}
SCREENS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
SLUGS = [page.slug for page in PAGES]
# What a click may lead out of the app or into a dialog of the browser with.
LEFT_ALONE = "[data-testid=stDownloadButton] *, [data-testid=stFileUploader] *, [data-testid=stCameraInput] *"


def assert_whole(page: Page, slug: str, language: str) -> None:
    """The page's frame: its title, the language chosen, both tools, its texts; no error box."""
    shell = texts_in("shell", language)
    expect(page.get_by_role("heading", level=1)).to_have_text(shell["pages"][slug]["title"])
    name = {"fr": "Français", "en": "English"}[language]
    expect(page.get_by_role("radio", name=name)).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("button", name=shell["link"]["copy"])).to_be_visible()
    sections = next(page for page in PAGES if page.slug == slug).sections
    if sections:  # elsewhere there is no control to hide
        expect(page.get_by_role("button", name=shell["teacher"]["name"])).to_be_visible()
    for section in sections:
        expect(page.locator(f".st-key-{slug}-{section}")).to_contain_text(shell["sections"][section])
    assert_no_error(page)


def assert_no_error(page: Page) -> None:
    expect(page.get_by_test_id("stException")).to_have_count(0)
    failed = "|".join(re.escape(texts_in("shell", language)["failed"][:20]) for language in LANGUAGES)
    expect(page.get_by_text(re.compile(failed))).to_have_count(0)


def menu_entry(page: Page, slug: str, language: str) -> Locator:
    """The page's entry in the menu, which a phone folds away."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    entry = page.locator("[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]").filter(
        has_text=texts_in("shell", language)["pages"][slug]["name"]
    )
    expect(entry.or_(opener).first).to_be_visible()
    if opener.is_visible():
        expect(opener).to_have_accessible_name(texts_in("streamlit", language)["expand"])
        opener.click()
    return entry.first


def front(visit: Callable[..., Page], screen: str, language: str) -> Page:
    """The front page, cold."""
    phone = {"has_touch": True, "is_mobile": True} if screen == "phone" else {}
    page = visit("/", locale=LOCALE[language], viewport=SCREENS[screen], **phone)
    assert_whole(page, "home", language)
    return page


@pytest.mark.parametrize(("screen", "language"), [("desktop", "en"), ("phone", "fr")])
def test_every_entry_of_the_menu_and_back_and_forward(visit, screen, language):
    page = front(visit, screen, language)
    for before, slug in itertools.pairwise((*SLUGS, SLUGS[0])):
        menu_entry(page, slug, language).click()
        expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()  # folded, on a phone
        assert_whole(page, slug, language)
        if screen == "desktop":
            page.go_back()
            assert_whole(page, before, language)
            page.go_forward()
            assert_whole(page, slug, language)


@pytest.mark.parametrize(("screen", "language"), [("desktop", "fr"), ("phone", "en")])
def test_previous_and_next_lead_through_the_exhibition_and_back(visit, screen, language):
    page = front(visit, screen, language)
    names = {slug: texts_in("shell", language)["pages"][slug]["name"] for slug in SLUGS}
    road = page.locator(".st-key-road")
    for slug, after in itertools.pairwise(SLUGS):
        road.get_by_role("link", name=texts_in("shell", language)["road"][slug]).click()
        assert_whole(page, after, language)
    for slug in SLUGS[-2::-1]:
        rest(page)  # a link of the page before, still on screen, leads nowhere
        road.get_by_role("link", name=names[slug]).click()
        assert_whole(page, slug, language)


def test_what_was_chosen_on_a_page_is_there_on_return(visit):
    page = visit("/")
    menu_entry(page, "perceptron", "fr").click()
    page.get_by_role("radio", name=texts_in("perceptron", "fr")["views"]["compare"]).click()
    expect(page).to_have_url(re.compile("view=compare"))
    menu_entry(page, "home", "fr").click()
    assert_whole(page, "home", "fr")
    menu_entry(page, "perceptron", "fr").click()
    assert_whole(page, "perceptron", "fr")
    expect(
        page.get_by_role("radio", name=texts_in("perceptron", "fr")["views"]["compare"])
    ).to_have_attribute("aria-checked", "true")
    expect(page).to_have_url(re.compile("view=compare"))


def test_controls_add_nothing_to_the_history(visit):
    """Back leaves the page, whatever was changed on it; Forward opens it as it was left."""
    page = visit("/")
    menu_entry(page, "perceptron", "fr").click()
    assert_whole(page, "perceptron", "fr")
    for view in ("compare", "learn", "hand"):
        page.get_by_role("radio", name=texts_in("perceptron", "fr")["views"][view]).click()
        rest(page)
    page.go_back()
    assert_whole(page, "home", "fr")
    page.go_forward()
    assert_whole(page, "perceptron", "fr")
    expect(page.get_by_role("radio", name=texts_in("perceptron", "fr")["views"]["hand"])).to_be_checked()
    page.go_back()
    assert_whole(page, "home", "fr")
    page.go_back()  # the app wrote the language into its first address
    expect(page).to_have_url("about:blank")


def test_a_page_left_in_the_middle_of_a_run(visit):
    page = visit("/")
    for slug in ("neural_network", "latent_space", "image_recognition", "image_generation", "perceptron"):
        menu_entry(page, slug, "fr").click()  # at once, while the page before is still being drawn
    assert_whole(page, "perceptron", "fr")


def test_the_language_changed_on_one_page_is_the_language_of_the_next(visit):
    page = visit("/")
    menu_entry(page, "perceptron", "fr").click()
    assert_whole(page, "perceptron", "fr")
    page.get_by_role("radio", name="English").click()
    assert_whole(page, "perceptron", "en")
    menu_entry(page, "latent_space", "en").click()
    assert_whole(page, "latent_space", "en")
    page.get_by_role("radio", name="Français").click()
    assert_whole(page, "latent_space", "fr")


@settings(
    max_examples=1,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(clicks=st.lists(st.integers(0, 10_000), min_size=30, max_size=30))
def test_thirty_clicks_anywhere(visit, clicks):
    page = visit("/", **MOVING)
    for click in clicks:
        choices = page.locator("[data-testid=stMain], [data-testid=stHeader]").locator(
            "button, a[href], label"
        )
        choices = choices.locator(f"visible=true >> :scope:not({LEFT_ALONE})")
        expect(choices.first).to_be_visible()
        chosen = choices.nth(click % choices.count())
        if chosen.is_enabled() and not chosen.get_attribute("target"):
            chosen.click(force=True)
        rest(page)
        assert_no_error(page)
