"""The drawn world's codes in a real browser: a scene opens, a sentence finds those that say the same."""

import re

from playwright.sync_api import expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import place


def test_a_scene_opens_on_the_map_and_a_sentence_finds_those_that_say_the_same(visit):
    says, sentences = texts_in("latent_scenes", "fr"), texts_in("latent_sentences", "fr")
    page = visit("/latent_space", has_touch=True)
    page.get_by_text(texts_in("latent", "fr")["views"]["scenes"], exact=True).click()
    page.get_by_text(says["parts"]["map"], exact=True).click()
    title = page.get_by_role("heading", level=4, name=re.compile("^Scène"))
    expect(title).to_have_text(says["scene"].format(n=1))
    cells = page.locator(".js-plotly-plot").first.locator(".scatterlayer path.point")
    expect(cells.nth(20)).to_be_visible()
    page.touchscreen.tap(*place(cells.nth(20), 0.5, 0.5))  # once
    expect(page).to_have_url(re.compile(r"drawn=\d+"))
    expect(title).not_to_have_text(says["scene"].format(n=1))
    tapped = title.inner_text()
    page.mouse.click(*place(cells.nth(40), 0.5, 0.5))
    expect(title).not_to_have_text(tapped)
    expect(page.locator("p", has_text=says["said"])).to_contain_text(re.compile(r": .+\.$"))
    page.get_by_text(says["parts"]["sentences"], exact=True).click()
    line = page.get_by_label(sentences["yours"])
    line.fill("a cabin, yellow, at the seaside, and a kitty that is white")
    line.press("Enter")
    near = page.get_by_role("listitem").filter(has_text=re.compile(r"^(fr|en) "))
    expect(near).to_have_count(4)
    for k in range(4):
        expect(near.nth(k)).to_have_text(re.compile("jaune|yellow"))
    line.fill("Quelle heure est-il ?")
    line.press("Enter")
    expect(page.get_by_text(sentences["lost"])).to_be_visible()
