"""A stopwatch inside the page: from the key that changes a control to the last change of what is drawn."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import BROWSERS, FLAGS

# Observes the document and every open shadow root; the clock starts at the key.
_WATCH = """() => {
  const clock = (window.clock = { start: 0, last: 0 });
  const look = () => { clock.last = performance.now(); };
  const seen = new WeakSet();
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  const observe = (root) => {
    if (!seen.has(root)) new MutationObserver(look).observe(root, all);
    seen.add(root);
    for (const host of root.querySelectorAll("*")) if (host.shadowRoot) observe(host.shadowRoot);
  };
  observe(document);
  window.addEventListener("keydown", () => { clock.start = performance.now(); observe(document); }, true);
}"""
_AT_REST = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app.getAttribute("data-test-script-state") === "notRunning" && clock.start &&
    performance.now() - clock.last > 250 && clock.last - clock.start;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium or Chrome, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None), args=FLAGS
        )
        yield browser
        browser.close()


def watch(page: Page) -> None:
    """Put the stopwatch into a page that has been drawn."""
    page.evaluate(_WATCH)


def press(page: Page, slider: str, key: str) -> float:
    """Press a key on the slider with this label; milliseconds until the last change before rest."""
    page.get_by_role("slider", name=slider).first.focus()
    page.evaluate("clock.start = 0")
    page.keyboard.press(key)
    return page.wait_for_function(_AT_REST, polling=20).json_value()
