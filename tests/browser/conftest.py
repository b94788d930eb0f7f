"""A real browser on the real app. Without a browser these tests fail; they are never skipped."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.languages import LANGUAGES
from dashboard.ui.language import room
from tests.conftest import serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
expect.set_options(timeout=30_000)


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


@pytest.fixture
def visit(browser: Browser, app: str) -> Iterator[Callable[..., Page]]:
    """Open a path as a fresh visitor; at the end no page may have raised an error."""
    contexts, errors = [], []

    def open_page(path: str, address: str = app, **options: object) -> Page:
        options = {"locale": "fr-FR", "viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + path)
        rest(page)
        return page

    yield open_page
    broken = re.compile("|".join(re.escape(room("shell", language)["failed"][:20]) for language in LANGUAGES))
    pages = [page for context in contexts for page in context.pages]
    raised = [
        box for p in pages for box in (*p.get_by_test_id("stException").all(), *p.get_by_text(broken).all())
    ]
    for context in contexts:
        context.close()
    assert not errors and not raised


def rest(page: Page) -> None:
    """Wait until the app has drawn the page and runs nothing."""
    page.wait_for_selector("h1")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


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
