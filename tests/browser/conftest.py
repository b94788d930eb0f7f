"""A real browser on the real app. Without a browser these tests fail; they are never skipped."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mimetypes import guess_type
from typing import TypeVar
from weakref import WeakKeyDictionary

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect, sync_playwright

from dashboard.images import to_png
from dashboard.languages import LANGUAGES
from dashboard.ui.language import texts_in
from tests.browser.traffic import Traffic
from tests.conftest import serving

BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 60  # seconds: of a machine that is busy with something else
MOVING = {"reduced_motion": "no-preference"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
expect.set_options(timeout=1000 * PATIENCE)
T = TypeVar("T")
_traffic: WeakKeyDictionary[Page, Traffic] = WeakKeyDictionary()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed Chromium or Chrome; only without one does Playwright install its own."""
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    if installed is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> dict[str, list[BrowserContext]]:
    """Browser contexts that no test holds, by their options: their cache still has the app's scripts, without
    which a page takes a third longer to open."""
    return {}


# What the guard says in the place of a view.
BROKEN = re.compile("|".join(re.escape(texts_in("shell", language)["failed"][:20]) for language in LANGUAGES))


@pytest.fixture
def visit(
    browser: Browser, app: str, profiles: dict[str, list[BrowserContext]]
) -> Iterator[Callable[..., Page]]:
    """Open a path as a fresh visitor, after a script of the test's; at the end no page may have raised, nor
    asked anything of another address.

    Bets hide what most tests look at: unless a test wants ``bets``, the page that it opens has none. A film
    that plays keeps a processor busy: unless a test wants it ``MOVING``, all stands at its end.
    """
    held: list[tuple[str, BrowserContext]] = []
    errors: list[str] = []
    foreign: list[str] = []

    def open_page(
        path: str, address: str = app, script: str = "", bets: bool = False, **options: object
    ) -> Page:
        if not bets and "hide=" not in path and path.partition("?")[0] != "/":
            path = f"{path}{'&' if '?' in path else '?'}hide=bet"
        usual = {"locale": "fr-FR", "viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
        options = {**usual, **options}
        name = repr(sorted(options.items()))
        free = profiles.setdefault(name, [])
        context = free.pop() if free else browser.new_context(**options)
        held.append((name, context))
        context.set_default_timeout(1000 * PATIENCE)
        page = context.new_page()
        page.add_init_script(script)
        heed(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        own = (address, address.replace("http", "ws", 1), "data:", "blob:")
        for event in ("request", "websocket"):
            page.on(event, lambda asked: asked.url.startswith(own) or foreign.append(asked.url))
        page.goto(address + path)
        rest(page)
        return page

    yield open_page
    pages = [page for _, context in held for page in context.pages]
    raised = [
        box for p in pages for box in (*p.get_by_test_id("stException").all(), *p.get_by_text(BROKEN).all())
    ]
    for page in pages:
        page.close()
    for name, context in held:
        context.clear_permissions()
        context.set_storage_state({"cookies": [], "origins": []})  # the next visitor is another one
        profiles[name].append(context)
    assert not errors and not raised and not foreign


def heed(page: Page) -> None:
    """Before it opens a page that `rest` will wait for: hear what it and the server say to each other."""
    _traffic[page] = Traffic(page)


def rest(page: Page) -> None:
    """Wait until the app has drawn the page, runs nothing, and has begun every run that was asked for.
    Nothing may have failed on the way."""
    page.wait_for_selector("h1")
    traffic = _traffic[page]
    deadline = time.monotonic() + PATIENCE
    while True:
        asked, answered = traffic.asked, traffic.answered
        traffic.patience()
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        expect(page.locator("#first:visible")).to_have_count(0)  # the page has taken its picture over
        if answered and traffic.asked == asked:
            assert not page.get_by_text(BROKEN).count(), page.get_by_text(BROKEN).first.inner_text()
            return
        assert time.monotonic() < deadline, "the app does not come to rest"


@contextmanager
def without_the_server(page: Page) -> Iterator[None]:
    """What is done in the ``with`` block asks nothing of the server, neither at once nor later."""
    rest(page)
    before = _traffic[page].asked
    yield
    _traffic[page].patience()
    assert _traffic[page].asked == before, "the server was asked"


def until(read: Callable[[], T], fits: Callable[[T], bool]) -> T:
    """Read again until what is read fits, and give it: for what no ``expect`` can look at."""
    deadline = time.monotonic() + PATIENCE
    while not fits(value := read()):
        assert time.monotonic() < deadline, f"still {str(value)[:300]}"
        time.sleep(0.05)
    return value


def assert_fits(page: Page) -> None:
    """At rest nothing of the page has to be scrolled sideways."""
    rest(page)
    sideways = "main => main.scrollWidth - main.clientWidth"
    until(lambda: page.get_by_test_id("stMain").evaluate(sideways), lambda pixels: pixels <= 0)


def place(element: Locator, x: float, y: float) -> tuple[float, float]:
    """Where shares of the width and height of an element are on the page, once it stands still."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def file(name: str, content: bytes | Image.Image) -> FilePayload:
    """What a visitor chooses on the disk; an image as PNG, whatever its name says."""
    content = content if isinstance(content, bytes) else to_png(content)
    return {"name": name, "mimeType": guess_type(name)[0] or "", "buffer": content}


def swipe(element: Locator, *shares: tuple[float, float]) -> None:
    """A finger over an element, through places given in shares of its width and height."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    touch = element.page.context.new_cdp_session(element.page)
    places = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in shares]
    for kind, points in (("Start", places[:1]), *(("Move", [one]) for one in places[1:]), ("End", [])):
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})


def draw(page: Page, *points: tuple[float, float]) -> None:
    """One stroke on the drawing sheet through points given in shares of its width and height."""
    sheet = page.locator("canvas[data-strokes]")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    corners = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in corners[1:]:
        page.mouse.move(*corner, steps=6)
    page.mouse.up()
