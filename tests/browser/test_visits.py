"""Three whole visits, from the front page by clicks alone."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import MOVING, PHONE, draw, place, rest

SHELL, NETWORK, PERCEPTRON = (texts_in(name, "fr") for name in ("shell", "network", "perceptron"))
PROJECTOR = {"viewport": {"width": 1280, "height": 720}}


def arrived(page: Page, slug: str) -> None:
    """On a page, its bet skipped if it has one."""
    expect(page.get_by_role("heading", level=1)).to_have_text(SHELL["pages"][slug]["title"])
    rest(page)
    skip = page.locator(".st-key-bet-skip button")
    if skip.count():
        skip.click()
        expect(skip).to_have_count(0)
        rest(page)


def assert_lines(ribbon: Locator, lines: int) -> None:
    """A mission is so many lines, of what is written or of buttons."""
    fits = "([ribbon, most]) => ribbon.offsetHeight <= most"
    ribbon.page.wait_for_function(fits, arg=[ribbon.element_handle(), 50 * lines])


def follow_the_road(page: Page, slug: str, after: str) -> None:
    page.locator(".st-key-road").get_by_role("link", name=SHELL["road"][slug]).click()
    arrived(page, after)


def show(page: Page, view: str) -> None:
    page.get_by_role("radio", name=NETWORK["views"][view]).click()


def test_a_visitor_with_a_phone(visit: Callable[..., Page]):
    """The line, the Perceptron, then one's own digit: squeezed, sent, recognised and drawn."""
    page = visit("/", **PHONE, **MOVING)
    board = page.locator(".st-key-home_line .line")
    expect(board.locator(".machine b")).to_have_text("0")
    page.touchscreen.tap(*place(board.locator("canvas"), 0.3, 0.2))
    expect(board.locator(".you b")).to_have_text(re.compile(r"^\d+$"))
    page.locator(".st-key-front").get_by_role("link").tap()
    arrived(page, "perceptron")
    follow_the_road(page, "perceptron", "neural_network")
    ribbon = page.locator(".st-key-ribbon")
    expect(ribbon).to_contain_text(NETWORK["missions"]["xor"]["question"])
    assert_lines(ribbon, 2)
    follow_the_road(page, "neural_network", "latent_space")
    draw(page, (0.3, 0.2), (0.7, 0.2), (0.45, 0.85))  # a seven
    expect(page.get_by_text(texts_in("latent", "fr")["seen"]["original"]).first).to_be_visible()
    rest(page)
    follow_the_road(page, "latent_space", "message")
    expect(page).to_have_url(re.compile("src=draw"))
    expect(page.locator(".before")).to_be_visible()
    follow_the_road(page, "message", "image_recognition")
    expect(page.get_by_role("heading", name=re.compile("7"))).to_be_visible()
    follow_the_road(page, "image_recognition", "image_generation")
    expect(page).to_have_url(re.compile("how=sketch"))
    expect(page.locator(".sheet canvas").first).to_be_visible()
    expect(page.locator(".dots li")).to_have_count(6)
    expect(page.locator(".dots .seen")).to_have_count(6)


def test_a_teacher(visit: Callable[..., Page]):
    """Prepares a page, hides what would distract, copies the link; the class opens it on a projector."""
    page = visit("/", **MOVING)
    page.locator("[data-testid=stTopNavLink]").filter(has_text="Réseau").click()
    arrived(page, "neural_network")
    page.get_by_role("radio", name=NETWORK["data"]["moons"]).click()
    expect(page).to_have_url(re.compile("data=moons"))
    rest(page)
    page.get_by_role("button", name=NETWORK["board"]["more_layers"]).click()
    expect(page).to_have_url(re.compile("net=4-2-2"))
    rest(page)
    page.get_by_role("button", name=SHELL["teacher"]["name"]).click()
    hidden = ("hidden", "data", "noise", "activation", "rate")
    for name in hidden:
        page.get_by_role("button", name=NETWORK["controls"][name], exact=True).click()
        rest(page)
    page.keyboard.press("Escape")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=SHELL["link"]["copy"]).click()
    expect(page.get_by_text(SHELL["link"]["copied"])).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")  # written before the page says so
    projected = visit(link[link.index("/neural_network") :], **PROJECTOR)
    expect(projected.locator(".neuron")).to_have_count(2 + 4 + 2 + 2 + 1)
    for control in ("more_layers", "fewer_layers"):
        expect(projected.get_by_role("button", name=NETWORK["board"][control])).to_have_count(0)
    for control in hidden[1:]:
        expect(projected.get_by_label(NETWORK["controls"][control], exact=True)).to_have_count(0)
    expect(projected.get_by_role("button", name=NETWORK["board"]["player"]["play"])).to_be_in_viewport()


def test_a_student(visit: Callable[..., Page]):
    """Meets what a line cannot do, adds a layer, sees the plane fold and takes the code home."""
    page = visit("/")
    page.locator(".st-key-front").get_by_role("link").click()
    arrived(page, "perceptron")
    page.get_by_role("combobox", name=texts_in("missions", "fr")["title"]).click()
    page.get_by_role("option", name=PERCEPTRON["missions"]["xor"]["name"]).click()
    ribbon = page.locator(".st-key-ribbon")
    expect(ribbon).to_contain_text(PERCEPTRON["missions"]["xor"]["question"])
    assert_lines(ribbon, 1)
    page.get_by_role("button", name=PERCEPTRON["missions"]["xor"]["guesses"]["c"], exact=True).click()
    expect(ribbon).to_contain_text(PERCEPTRON["missions"]["xor"]["task"])
    assert_lines(ribbon, 1)
    rest(page)
    for weight, value in (("w₁", "1"), ("w₂", "1"), ("b", "0.5")):
        slider = page.get_by_role("slider", name=weight, exact=True)
        slider.fill(value)
        slider.dispatch_event("change")
    onward = ribbon.get_by_role("link", name=SHELL["road"]["perceptron"])
    expect(onward).to_be_visible()
    assert_lines(ribbon, 1)
    onward.click()
    arrived(page, "neural_network")
    # No hidden layer: it ends stuck, says so and offers the dice.
    ribbon.get_by_role("button", name=NETWORK["missions"]["xor"]["guesses"]["c"], exact=True).click()
    offer = page.locator(".player .next")
    expect(offer).to_contain_text(NETWORK["board"]["stuck"].split("{")[0])
    expect(offer.get_by_role("button", name=NETWORK["board"]["dice"])).to_be_visible()
    page.get_by_role("button", name=NETWORK["board"]["more_layers"]).click()
    expect(page).to_have_url(re.compile("net=4"))
    ribbon.get_by_role("button", name=NETWORK["onward"]["bend"]).click()
    expect(page.locator(".st-key-bend canvas").first).to_be_visible()
    page.get_by_role("button", name=NETWORK["onward"]["digits"]).click()
    expect(page.get_by_role("heading", name=texts_in("activations", "fr")["layers"]["title"])).to_be_visible()
    show(page, "points")
    with page.expect_download() as download:
        page.get_by_role("button", name=NETWORK["take"]["script"]).click()
    script = download.value.path().read_text(encoding="utf-8")
    assert "xor" in script
    compile(script, "network.py", "exec")
