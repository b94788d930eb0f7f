"""Images asked for in words, their film scrubbed, their link opened again, in a real browser."""

import re

from playwright.sync_api import Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import place, rest, until

FR, EN = texts_in("generation", "fr"), texts_in("generation", "en")
BLANK = ""
SEEN = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value) ? canvas.toDataURL() : "";
}"""


def pixels(page: Page, sheet: int = 0) -> str:
    """What a sheet of the film shows, once the app is at rest and the sheet is drawn."""
    rest(page)
    return until(lambda: now(page, sheet), lambda seen: seen != BLANK)


def now(page: Page, sheet: int = 0) -> str:
    """What a sheet of the film shows at this moment; BLANK if nothing is drawn on it."""
    return page.locator(".sheet canvas").nth(sheet).evaluate(SEEN)


def write(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Enter")


def scrub(page: Page, label: str, frame: int) -> None:
    page.get_by_role("slider", name=label).fill(str(frame))


def test_ask_in_words_and_be_told_what_was_read(visit):
    page = visit("/image_generation")
    expect(page.get_by_text("J’ai lu")).to_contain_text("3 × bottine")
    boots = pixels(page)
    write(page, FR["words"], "deux sept très épais et rouges")
    expect(page.get_by_text("J’ai lu")).to_contain_text("2 × le chiffre 7")
    expect(page.get_by_text("J’ai lu")).to_contain_text("épais")
    expect(page.get_by_test_id("stAlert")).to_contain_text("rouges")
    until(lambda: now(page), lambda seen: seen not in (boots, BLANK))
    expect(page).to_have_url(re.compile("q=deux"))
    expect(page.get_by_text("Un classifieur, entraîné à part")).to_be_visible()
    # Nonsense is told, and something is shown all the same, of which nobody says that it was asked for.
    write(page, FR["words"], "un cheval")
    expect(page.get_by_text("Je n’ai trouvé ni chiffre")).to_be_visible()
    expect(page.locator(".sheet canvas")).to_have_count(2)
    expect(page.get_by_text("Un classifieur, entraîné à part")).to_have_count(0)
    # What cannot be drawn offers what can.
    write(page, FR["words"], "deux jupes")
    page.get_by_role("button", name="robe", exact=True).click()
    expect(page.get_by_label(FR["words"])).to_have_value("robe")
    expect(page.get_by_text("J’ai lu")).to_contain_text("robe")
    rest(page)
    page.get_by_text(FR["examples"][1], exact=True).click()
    expect(page.get_by_text("J’ai lu")).to_contain_text("1 × 7")
    expect(page.get_by_label(FR["words"])).to_have_value(FR["examples"][1])


def test_ask_in_english_scrub_and_look(visit):
    page = visit("/image_generation?lang=en&q=three+thin+sevens&steps=4")
    expect(page.get_by_text("I read")).to_contain_text("3 × the digit 7")
    expect(page.get_by_text("Step 4 of 4")).to_be_visible()
    end = pixels(page)
    until(lambda: now(page, 1), lambda expected: expected == end)  # at the end nothing is left to expect
    scrub(page, EN["watch"]["player"]["scrub"], 1)
    expect(page.get_by_text("Step 1 of 4")).to_be_visible()
    noise = until(lambda: now(page), lambda seen: seen not in (end, BLANK))
    assert pixels(page, 1) != noise
    # Pointing at an image tells what a classifier reads in it.
    page.locator(".sheet canvas").first.press("ArrowRight")
    expect(page.locator(".told")).to_contain_text("the classifier says: “I read: 7")
    # Playing leads back to the end.
    page.get_by_role("button", name=EN["watch"]["player"]["play"], exact=True).click()
    expect(page.get_by_text("Step 4 of 4")).to_be_visible()
    until(lambda: now(page), lambda seen: seen == end)
    # A drawing is learned in the browser, and the points are carried to it.
    page.get_by_role("radio", name=EN["views"]["field"]).click()
    sheet = page.locator("canvas.sheet")
    expect(sheet).to_have_attribute("data-learned", "1")
    page.mouse.move(*place(sheet, 0.15, 0.15))
    page.mouse.down()
    page.mouse.move(*place(sheet, 0.5, 0.4), steps=4)
    page.mouse.up()
    expect(sheet).to_have_attribute("data-learned", "2")
    expect(page.get_by_text(re.compile("Learned in 1,000 steps"))).to_be_visible()
    # The drawn world: a word lights up what it painted.
    page.get_by_text(EN["views"]["world"], exact=True).click()
    expect(page.locator(".row canvas")).to_have_count(4)
    page.locator(".words").get_by_role("button", name="cat", exact=True).click()
    expect(page.locator(".row canvas").first).to_have_attribute("data-word", "cat")


def test_another_draw_and_a_link_that_makes_it_again(visit):
    page = visit("/image_generation?q=quatre+huit")
    first = pixels(page)
    page.get_by_role("button", name=FR["settings"]["again"]).click()
    expect(page).to_have_url(re.compile("seed=1"))
    rest(page)
    second = until(lambda: now(page), lambda seen: seen not in (first, BLANK))
    again = visit("/" + page.url.split("/", 3)[3])
    until(lambda: now(again), lambda seen: seen == second)


def test_which_are_real(visit):
    page = visit("/image_generation?view=compare&q=sept")
    tiles = page.locator(".tiles button")
    expect(tiles).to_have_count(12)
    check = page.get_by_role("button", name=FR["game"]["check"])
    expect(check).to_be_disabled()  # nothing marked is no guess
    for k in range(6):
        tiles.nth(k).click()
    tiles.nth(6).click()
    expect(check).to_be_disabled()  # one too many
    tiles.nth(6).click()
    check.click()
    real = page.locator(".tiles small").filter(has_text=FR["game"]["sources"]["matched"])
    expect(real).to_have_count(6)
    found = page.locator(".tiles [aria-pressed=true].correct").count()
    expect(page.locator(".result")).to_have_text(FR["game"]["score"].format(right=found, real=6, chance=3))
    page.get_by_role("button", name=FR["game"]["again"]).click()
    expect(page.locator(".tiles .correct, .tiles .wrong")).to_have_count(0)
