"""The front page: a line that learns and can be held, cards, and what stands below."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from dashboard.shell import PAGES
from dashboard.ui.language import texts_in
from tests.browser.conftest import MOVING, PHONE, place, rest, until

HOME = texts_in("home", "fr")
DESKTOP = {"width": 1440, "height": 900}


def picture(page: Page) -> Locator:
    return page.locator(".st-key-home_line .line")


def test_the_machine_learns_by_itself_again_and_again(visit):
    page = visit("/", **MOVING)
    count = picture(page).locator(".machine b")
    for _ in range(2):
        expect(count).not_to_have_text("0")
        expect(count).to_have_text("0")
    expect(picture(page).locator(".machine span")).to_have_text(HOME["line"]["missed"])


def test_it_moves_before_the_page_is_there_and_stays_as_the_visitor_left_it(browser, app):
    context = browser.new_context(locale="fr-FR", viewport=DESKTOP, color_scheme="dark")
    page = context.new_page()
    held: list[Route] = []
    free = False
    page.route("**/static/js/*", lambda route: route.continue_() if free else held.append(route))
    page.goto(f"{app}/?lang=fr", wait_until="commit")
    first = page.locator("#first")
    expect(first.locator(".machine b")).not_to_have_text("")
    title, board = (first.locator(part).bounding_box() for part in ("h1", ".line"))
    ground = first.locator(".line").evaluate("node => getComputedStyle(node).backgroundColor")
    x, y = board["x"] + board["width"] / 2, board["y"] + board["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y - 150, steps=4)
    expect(first.locator(".you b")).to_have_text(re.compile(r"^\d+$"))
    free = True
    for route in held:
        route.continue_()
    # The same picture, where it was, with the line that the visitor holds.
    expect(picture(page).locator(".you b")).to_have_text(re.compile(r"^\d+$"))
    expect(first).to_have_count(0)
    until(picture(page).bounding_box, lambda box: box == board)
    above = page.get_by_role("heading", level=1)
    expect(above).to_have_count(1)
    until(above.bounding_box, lambda box: (box["x"], box["y"]) == (title["x"], title["y"]))
    expect(picture(page)).to_have_css("background-color", ground)
    context.close()


def test_who_leaves_before_the_page_is_there_leaves_its_picture_too(browser, app):
    context = browser.new_context(locale="fr-FR", viewport=DESKTOP)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/component/home_line.*", lambda route: held.append(route))
    page.goto(f"{app}/?lang=fr", wait_until="commit")
    first = page.locator("#first")
    drawn = first.locator("canvas").element_handle()
    page.locator("[data-testid=stTopNavLink]").filter(has_text="Perceptron").click()
    expect(page.locator(".st-key-bar h1")).to_have_text("Perceptron")
    expect(first).to_have_count(0)
    assert drawn.evaluate(STANDS_STILL)
    for route in held:
        route.continue_()
    page.go_back()
    expect(picture(page).locator(".machine b")).to_have_text(re.compile("[1-9]"))  # it learns there
    context.close()


# Nothing draws on it any more.
STANDS_STILL = """async (canvas) => {
  let drawings = 0;
  const pen = canvas.getContext("2d");
  pen.setTransform = () => drawings += 1;
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return drawings === 0;
}"""


def test_who_touches_the_line_plays_against_the_machine(visit):
    page = visit("/", **MOVING)
    board = picture(page)
    expect(board.locator(".machine b")).not_to_have_text("")
    x, y = place(board.locator("canvas"), 0.5, 0.5)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y - 150, steps=4)
    page.mouse.up()
    expect(board.locator(".you span")).to_have_text(HOME["line"]["you"])
    expect(board.locator(".you b")).to_have_text(re.compile(r"^\d+$"))
    expect(board.locator(".machine b")).to_have_text("0")
    expect(board.locator(".hint")).to_have_text(HOME["line"]["drag"])
    # The keyboard holds it too, and the same line gives the same score.
    before = board.locator(".you b").text_content()
    end = board.get_by_role("slider", name=HOME["line"]["left"])
    end.focus()
    for _ in range(40):
        page.keyboard.press("ArrowUp")
    expect(board.locator(".you b")).not_to_have_text(before or "")


def test_with_reduced_motion_all_stands_still_until_asked(visit):
    page = visit("/")
    count = picture(page).locator(".machine b")
    expect(count).to_have_text("0")  # the line has learnt: that is the picture to show
    play = picture(page).get_by_role("button", name=HOME["line"]["play"])
    play.click()
    expect(count).not_to_have_text("0")
    picture(page).get_by_role("button", name=HOME["line"]["pause"]).click()
    expect(play).to_be_visible()


def test_pictures_pause_out_of_view(visit):
    page = visit("/", viewport={"width": 1280, "height": 500}, **MOVING)
    count = picture(page).locator(".machine b")
    expect(count).not_to_have_text("0")
    page.locator(".st-key-road").scroll_into_view_if_needed()
    expect(picture(page)).not_to_be_in_viewport()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seen = count.text_content()  # of the last frame that it drew
    # Two loops of its own clock, had it run.
    page.wait_for_function(
        "start => performance.now() - start > 3000", arg=page.evaluate("performance.now()")
    )
    expect(count).to_have_text(seen or "")


@pytest.mark.parametrize(
    ("options", "smaller", "screens"),
    [({"viewport": DESKTOP}, (1280, 720), 1.5), (PHONE, (360, 740), 2.95)],
    ids=["desktop", "phone"],
)
def test_how_long_it_is_before_the_fold(visit, options, smaller, screens):
    page = visit("/", **options)
    fold = page.locator(".st-key-home-more")
    expect(fold).to_be_attached()
    for width, height in (tuple(options["viewport"].values()), smaller):
        page.set_viewport_size({"width": width, "height": height})
        until(fold.bounding_box, lambda box, height=height: box["y"] <= screens * height)
        # The first screen holds the question, the picture and the way on.
        for part in (page.get_by_role("heading", level=1), picture(page), way_on(page)):
            expect(part).to_be_in_viewport(ratio=0.99)


def way_on(page: Page) -> Locator:
    return page.locator(".st-key-front").get_by_role("link", name=HOME["line"]["link"])


def test_the_film_of_a_card_moves_and_leads_to_its_page(visit):
    page = visit("/", **MOVING)
    for slug in (page.slug for page in PAGES if page.sections):
        card = page.locator(f".st-key-card-{slug}")
        expect(card).to_contain_text(HOME["questions"][slug])
        film = card.locator("canvas")
        film.scroll_into_view_if_needed()
        first = film.evaluate("canvas => canvas.toDataURL()")
        until(
            lambda film=film: film.evaluate("canvas => canvas.toDataURL()"),
            lambda now, first=first: now != first,
        )
        page.mouse.click(*place(film, 0.5, 0.5))
        expect(page.get_by_role("heading", level=1)).to_have_text(
            texts_in("shell", "fr")["pages"][slug]["title"]
        )
        page.go_back()


def test_neither_plotly_nor_torch_until_the_fold_is_opened(visit):
    page = visit("/")
    plotly = "performance.getEntriesByType('resource').some(entry => entry.name.includes('Plotly'))"
    assert not page.evaluate(plotly)
    page.get_by_text(HOME["more"]).click()
    expect(page.locator(".st-key-home-more .js-plotly-plot")).to_be_visible()
    assert page.evaluate(plotly)


def test_a_message_is_counted_and_kept(visit):
    page = visit("/")
    box = page.get_by_label(HOME["analogy"]["label"])
    box.fill("x" * 1000)
    box.press("End")
    box.press_sequentially("yyy")
    expect(box).to_have_value("x" * 1000)
    box.fill("Un chat roux, de face, aux yeux verts.")
    expect(page.locator(".st-key-game")).to_contain_text("38/1000")
    box.blur()
    rest(page)
    way_on(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Perceptron")
    page.locator(".st-key-road").get_by_role("link", name="Accueil").click()
    expect(page.get_by_label(HOME["analogy"]["label"])).to_have_value(
        "Un chat roux, de face, aux yeux verts."
    )
