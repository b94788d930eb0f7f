"""The walk and the visitor's own training, in a real browser."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.latent.coders import coder
from dashboard.latent.planes import plane as plane_of
from dashboard.ui.language import texts_in
from tests.browser.conftest import PHONE, assert_fits, rest, swipe, until, without_the_server

WALK, TRAIN = texts_in("latent_walk", "fr"), texts_in("latent_train", "fr")
HASH = """c => { let sum = 0; const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
    for (let i = 0; i < d.length; i += 4) sum = (sum * 31 + d[i]) % 1000003; return sum; }"""


def test_drag_the_point_and_the_image_follows_without_the_server(visit):
    page = visit("/latent_space?view=walk")
    image = page.locator(".plane-view .image")
    expect(image).to_have_attribute("data-exact", "true")
    plane = page.locator(".plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    with without_the_server(page):
        seen = [image.evaluate(HASH)]
        page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.3 * box["height"])
        page.mouse.down()
        for share in (0.35, 0.5, 0.65, 0.8):
            page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.6 * box["height"])
            seen.append(until(lambda: image.evaluate(HASH), other_than(*seen)))
        page.mouse.up()
    expect(page).to_have_url(re.compile(r"xy=-?[\d.]+_-?[\d.]+"))
    # The place is a link; and what stands there is what torch decodes there.
    place = [float(part) for part in re.search(r"xy=([-\d.e]+)_([-\d.e]+)", page.url).groups()]
    expected = coder("digits", 2).decode([place])[0]
    shown = until(lambda: page_pixels(page), near(255 * expected, 1.5))
    again = visit(page.url[page.url.index("/latent_space") :])
    expect(again.locator(".plane-view .image")).to_have_attribute("data-exact", "true")
    until(lambda: page_pixels(again), near(shown, 1))
    # The arrow keys move it too.
    again.locator(".plane").focus()
    before = again.locator(".plane").get_attribute("data-at")
    again.keyboard.press("ArrowUp")
    expect(again.locator(".plane")).not_to_have_attribute("data-at", before)


def test_until_the_decoder_has_come_the_nearest_image_stands_in(visit):
    """A slow connection: the plane is there at once, the weights are not."""
    never = "globalThis.dashboardDecoders = new (class extends Map { get() { return undefined; } })();"
    page = visit("/latent_space?view=walk&by=vae", script=never)
    expect(page.get_by_text(WALK["plane"]["waiting"])).to_be_visible()
    image, plane = page.locator(".plane-view .image"), page.locator(".plane")
    by = plane_of(coder("digits", 2, "vae"))
    plane.click(position={"x": 10, "y": 10})
    until(lambda: page_pixels(page), near(by.images[0], 1))
    expect(image).not_to_have_attribute("data-exact", re.compile(""))


def other_than(*seen: object) -> Callable[[object], bool]:
    return lambda now: now not in seen


def near(expected: np.ndarray, tolerance: float) -> Callable[[np.ndarray], bool]:
    return lambda now: bool(np.abs(now - expected).max() <= tolerance)


def sight(canvas: Locator) -> int:
    """What a canvas of a page at rest shows, as one number."""
    rest(canvas.page)
    return canvas.evaluate(HASH)


def page_pixels(page: Page) -> np.ndarray:
    values = page.locator(".plane-view .image").evaluate(
        """c => [...c.getContext("2d").getImageData(0, 0, 28, 28).data].filter((v, i) => i % 4 === 0)"""
    )
    return np.array(values, float).reshape(28, 28)


def test_a_finger_drags_and_does_not_scroll(visit):
    page = visit("/latent_space?view=walk&data=fashion&by=vae", **PHONE)
    plane = page.locator(".plane")
    expect(page.locator(".plane-view .image")).to_have_attribute("data-exact", "true")
    assert_fits(page)
    plane.scroll_into_view_if_needed()
    box, before = plane.bounding_box(), plane.get_attribute("data-at")
    swipe(plane, *((share, share) for share in np.linspace(0.2, 0.7, 6)))
    expect(plane).not_to_have_attribute("data-at", before)
    assert abs(plane.bounding_box()["y"] - box["y"]) < 1


def test_slide_a_number_and_go_back(visit):
    page = visit("/latent_space?view=walk&way=dials&size=16")
    image = page.locator(".dials-view .image")
    expect(image).to_have_attribute("data-exact", "true")
    before = sight(image)
    first = page.locator(".dials-view .row input").first
    first.focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"edit=\d+_"))
    until(lambda: image.evaluate(HASH), other_than(before))
    page.get_by_role("button", name=WALK["dials"]["more"].format(n=10)).click()
    expect(page.locator(".dials-view .row")).to_have_count(16)
    page.get_by_role("button", name=WALK["dials"]["home"]).click()
    expect(page).not_to_have_url(re.compile("edit="))
    until(lambda: image.evaluate(HASH), lambda now: now == before)


def test_walk_from_a_to_b(visit):
    page = visit("/latent_space?view=walk&way=between")
    rest(page)
    line, fade = page.locator(".between-view .line"), page.locator(".between-view .fade")
    expect(page.get_by_text(WALK["between"]["exact"])).to_be_visible()
    scrub = page.get_by_role("slider", name=WALK["between"]["player"]["scrub"])
    page.get_by_role("button", name=WALK["between"]["player"]["first"]).click()
    expect(scrub).to_have_value("0")
    start = sight(line), sight(fade)
    page.get_by_role("button", name=WALK["between"]["player"]["last"]).click()
    expect(scrub).to_have_value("40")
    end = until(lambda: line.evaluate(HASH), other_than(start[0]))
    until(lambda: fade.evaluate(HASH), other_than(start[1]))
    # At the ends line and arc meet.
    until(lambda: page.locator(".between-view .arc").evaluate(HASH), lambda arc: arc == end)
    # Another B: the film ends elsewhere.
    page.get_by_role("button", name=WALK["between"]["choose"]).nth(1).click()
    page.get_by_role("radiogroup", name=WALK["between"]["b"]).get_by_role("radio").nth(5).click()
    expect(page).to_have_url(re.compile(r"[?&]b=\d+"))
    rest(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=WALK["between"]["player"]["last"]).click()
    other = until(lambda: line.evaluate(HASH), other_than(end, *start))
    expect(page).not_to_have_url(re.compile(r"[?&]step="))  # a link's film plays to its end by itself
    again = visit(page.url[page.url.index("/latent_space") :])
    expect(again.get_by_text(WALK["between"]["exact"])).to_be_visible()
    until(lambda: again.locator(".between-view .line").evaluate(HASH), lambda now: now == other)


@pytest.mark.parametrize("way", ["algebra", "holes"])
@pytest.mark.parametrize("data", ["digits", "fashion"])
def test_the_other_walks(visit, way, data):
    page = visit(f"/latent_space?view=walk&way={way}&data={data}&lang=en")
    english = texts_in("latent_walk", "en")
    expect(page.get_by_text(english[way]["honest"].replace("**", "")[:40])).to_be_visible()
    # The image at hand; then three chosen, the result, the nearest known one, or two sheets of draws.
    expect(page.get_by_test_id("stImage")).to_have_count({"algebra": 6, "holes": 3}[way])


def test_a_training_goes_on_when_its_page_is_left_and_opened_again(visit):
    page = visit("/latent_space?view=train&ep=10&neck=2")
    page.get_by_role("button", name=TRAIN["start"]).click()
    expect(page.locator(".training-view")).to_have_attribute("data-moments", re.compile(r"^([2-9]|\d\d)$"))
    page.get_by_role("link", name="Perceptron").first.click()
    expect(page.locator(".board .point")).to_have_count(60)
    page.go_back()
    expect(page.get_by_role("heading", name=TRAIN["after"]["title"].strip("# "))).to_be_visible()
    expect(page.get_by_role("button", name=TRAIN["start"])).to_be_enabled()
    expect(page.locator(".training-view")).to_have_attribute("data-moments", "51")


def test_train_stop_and_walk_there(visit):
    page = visit("/latent_space?view=train&ep=100&neck=2")
    page.get_by_role("button", name=TRAIN["start"]).click()
    view = page.locator(".training-view")
    expect(view).to_have_attribute("data-moments", re.compile(r"^([3-9]|\d\d)$"), timeout=180_000)
    page.get_by_role("button", name=TRAIN["stop"]).click()
    expect(page.get_by_role("heading", name=TRAIN["after"]["title"].strip("# "))).to_be_visible()
    rest(page)
    expect(view).to_have_attribute("data-moments", re.compile(r"^([3-9]|[1-4]\d|50)$"))
    after = view.locator(".after")
    end = sight(after)
    page.get_by_role("button", name=TRAIN["watch"]["player"]["first"]).click()
    until(lambda: after.evaluate(HASH), other_than(end))
    page.get_by_role("button", name=TRAIN["after"]["plane"]).click()
    expect(page.locator(".plane-view .image")).to_have_attribute("data-exact", "true")
    expect(page).to_have_url(re.compile(r"by=own"))
    expect(page.get_by_text(WALK["note"]["own"])).to_be_visible()
