"""The map in a real browser: hover, pick, zoom, surround, a link, t-SNE live, a finger, the keyboard."""

import re

import numpy as np
from playwright.sync_api import Locator, Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import PHONE, assert_fits, place, rest, until

FR = texts_in("latent_map", "fr")
PAGE = "/latent_space?view=map"
# Nothing more goes to the server until `release()`.
_HOLD = """() => {
  const [send, held] = [WebSocket.prototype.send, []];
  WebSocket.prototype.send = function (message) { held.push([this, message]); };
  window.release = () => {
    WebSocket.prototype.send = send;
    for (const [socket, message] of held) socket.send(message);
  };
}"""


def the_map(page: Page) -> Locator:
    points = page.locator("canvas.points[data-zoom][data-sheet]")
    points.scroll_into_view_if_needed()
    return points


def hover(page: Page, points: Locator, low: float = 0.3) -> str:
    """Move over the map until the pointer meets a point; what its card says."""
    card = page.locator(".card")
    (left, top), (right, bottom) = place(points, 0, 0), place(points, 1, 1)
    for k in range(400):
        across, down = low + (k * 0.0617) % 0.4, 0.2 + (k * 0.0113) % 0.6
        page.mouse.move(left + across * (right - left), top + down * (bottom - top))
        page.evaluate("() => new Promise(requestAnimationFrame)")
        if card.is_visible():
            return card.inner_text().split("\n")[-1]
    raise AssertionError("no point under the pointer")


def grey(page: Page, css: str) -> np.ndarray:
    """The canvases (n, 28, 28) of this kind, 0 to 255."""
    pixels = page.locator(css).evaluate_all(
        "all => all.map(c => [...c.getContext('2d').getImageData(0, 0, 28, 28).data])"
    )
    return np.array(pixels, float)[:, ::4].reshape(-1, 28, 28)


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=4).first


def surround(page: Page, points: Locator) -> None:
    page.get_by_role("button", name=FR["atlas"]["lasso"]).click()
    page.mouse.move(*place(points, 0.2, 0.2))
    page.mouse.down()
    for corner in ((0.8, 0.2), (0.8, 0.6), (0.2, 0.6)):
        page.mouse.move(*place(points, *corner), steps=8)
    page.mouse.up()


def test_hover_pick_zoom_and_reopen(visit):
    page = visit(PAGE)
    expect(title(page)).to_have_text(FR["pick"]["example"])
    points = the_map(page)
    page.wait_for_selector("canvas.points[data-answers]")
    name = hover(page, points)
    assert re.fullmatch(r"\d, n°\s\d+", name)
    # The thumbnail has ink on it, and so has what the network redraws.
    inked = lambda images: all(15 < (image > 100).sum() < 500 for image in images)  # noqa: E731
    hovered = until(lambda: grey(page, ".card canvas"), inked)
    assert "point=" not in page.url
    # A click shows them beside the map without the server, which later sends what the sheets only resemble.
    page.evaluate(_HOLD)
    page.mouse.down()
    page.mouse.up()
    until(lambda: grey(page, ".pictures canvas")[:2], lambda shown: np.array_equal(shown, hovered))
    page.evaluate("release()")
    number = re.search(r"\d+$", name)[0]
    expect(page).to_have_url(re.compile(rf"point={number}\b"))
    expect(title(page)).to_contain_text(re.compile(rf"image n°\s{number}\b"))
    rest(page)
    until(lambda: grey(page, ".pictures canvas")[:2], lambda shown: np.abs(shown - hovered).mean() < 8)
    box = points.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)  # arms the wheel
    page.mouse.wheel(0, -1200)  # one step, one change
    expect(points).not_to_have_attribute("data-zoom", "1.00")
    zoom = points.get_attribute("data-zoom")
    # A neighbour is picked from its strip; the map stays where it was.
    strip = page.get_by_role("radiogroup", name=FR["pick"]["by_code"])
    expect(strip.get_by_role("radio")).to_have_count(10)
    strip.get_by_role("radio").first.click()
    expect(title(page)).not_to_contain_text(re.compile(rf"image n°\s{number}\b"))
    rest(page)
    expect(points).to_have_attribute("data-zoom", zoom)
    points.dblclick(position={"x": 5, "y": 5})
    expect(points).to_have_attribute("data-zoom", "1.00")
    shown = title(page).inner_text()
    again = visit(page.url[page.url.index("/latent_space") :])
    expect(title(again)).to_have_text(shown)


def test_surround_and_reopen_on_another_map(visit):
    page = visit(PAGE)
    surround(page, the_map(page))
    heading = page.get_by_role("heading", name="Votre sélection")
    expect(heading).to_be_visible()
    expect(page).to_have_url(re.compile("group=[A-Za-z0-9_-]{20,400}(&|$)"))
    rest(page)
    count = heading.inner_text()
    assert 50 < int(re.search(r"\d+", count)[0]) < 2000
    again = visit(page.url[page.url.index("/latent_space") :] + "&map=pca&dims=3")
    heading = again.get_by_role("heading", name="Votre sélection")
    expect(heading).to_have_text(count)
    again.get_by_role("button", name=FR["atlas"]["clear"]).click()
    expect(heading).to_have_count(0)
    expect(again).not_to_have_url(re.compile("group="))


def test_tsne_live_is_stopped_then_run_then_played(visit):
    page = visit(PAGE + "&perp=5")
    page.get_by_role("radio", name=FR["methods"]["live"]).click()
    page.get_by_role("button", name=texts_in("shell", "fr")["heavy"]["stop"]).click()
    expect(page.get_by_text("Arrêté à l’itération").first).to_be_visible()
    page.get_by_role("button", name=FR["live"]["again"]).click()
    film = page.get_by_role("slider", name=FR["atlas"]["player"]["scrub"])
    expect(page.get_by_text("divergence de Kullback-Leibler")).to_be_visible(timeout=60_000)
    expect(film).to_have_attribute("max", "33")
    page.get_by_role("button", name=FR["atlas"]["player"]["first"]).click()
    expect(page.locator(".film b")).to_contain_text("Itération 0")
    expect(page).to_have_url(re.compile("iter=0"))
    page.get_by_role("button", name=FR["atlas"]["player"]["last"]).click()
    expect(page.locator(".film b")).to_have_text("Itération 500")


def test_a_finger_and_the_keyboard_pick(visit):
    page = visit(PAGE + "&data=fashion&size=2", **PHONE)
    points = the_map(page)
    assert_fits(page)
    # In the overview a finger scrolls the page; to surround, it draws.
    expect(points).to_have_css("touch-action", "pan-y")
    page.touchscreen.tap(*place(points, 0.5, 0.5))
    expect(page).to_have_url(re.compile(r"point=\d+"))
    first = page.url
    points.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(first)
    page.get_by_role("button", name=FR["atlas"]["lasso"]).click()
    expect(points).to_have_css("touch-action", "none")
