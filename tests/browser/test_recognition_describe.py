"""A drawn scene described under a limit, and by the visitor, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from dashboard.ui.language import room


def quoted(page: Page) -> str:
    return page.locator("blockquote").inner_text()


def test_the_network_describes_and_the_visitor_too(visit):
    page = visit("/image_recognition?lang=fr&chars=60")
    page.get_by_text(room("recognition", "fr")["views"]["describe"], exact=True).click()
    expect(page.locator("blockquote")).to_contain_text(re.compile("chat", re.I))
    assert len(quoted(page)) <= 60
    sheet = page.get_by_label(room("recognition_describe", "fr")["yours"])
    sheet.fill("Un chat noir et blanc dans l'herbe et une girafe")
    sheet.blur()
    expect(page.get_by_text(re.compile("^Vous"))).to_be_visible()
    expect(page.get_by_text(re.compile("jamais vu.*girafe"))).to_be_visible()
    before = quoted(page)
    page.get_by_role("button", name=room("recognition_describe", "fr")["another"]).click()
    expect(page.locator("blockquote")).not_to_have_text(before)


def test_a_link_holds_scene_limit_and_language(visit):
    page = visit("/image_recognition?view=describe&lang=en&chars=20&scene=0")
    expect(page.locator("blockquote")).to_contain_text(re.compile("cat", re.I))
    assert len(quoted(page)) <= 20
