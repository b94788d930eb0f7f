"""A drawn scene described word after word, in a real browser; what is not of that world is not described."""

import re

from playwright.sync_api import expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import assert_fits


def test_the_text_is_written_word_after_word_and_each_lights_where_it_was_looked_for(visit):
    page = visit("/image_recognition?lang=fr&chars=60")
    page.get_by_text(texts_in("recognition", "fr")["views"]["describe"], exact=True).click()
    view = page.locator(".describe-view")
    expect(view.locator(".said span").first).to_be_visible()
    view.get_by_role("button", name=texts_in("recognition_describe", "fr")["shown"]["player"]["last"]).click()
    expect(view.locator(".said .unsaid")).to_have_count(0)
    expect(view.locator(".said")).to_have_text(re.compile("^.{12,60}$"))
    word = view.locator(".said span", has_text="chat")
    word.hover()
    expect(word).to_have_class("here")
    expect(view.locator(".shade")).to_have_class("shade on")
    expect(view.locator(".others li").first).to_contain_text("chat")
    expect(view.locator(".others li").first).to_contain_text("%")


def test_a_link_holds_limit_and_language_and_a_photograph_is_not_described(visit):
    page = visit("/image_recognition?view=describe&lang=en&chars=20", viewport={"width": 390, "height": 844})
    expect(page.locator(".said")).to_contain_text("cat", ignore_case=True)
    assert_fits(page)
    page.get_by_role("radio", name=texts_in("recognition", "en")["photographs"]["chelsea"]).click()
    expect(page.get_by_text(texts_in("recognition_describe", "en")["strange"])).to_be_visible()
