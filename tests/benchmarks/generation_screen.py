"""From a click to the first image on screen: another draw of nine digits in eight steps, film included."""

from __future__ import annotations

from tests.benchmarks.browser import chromium
from tests.benchmarks.report import print_report, spread
from tests.browser.conftest import rest
from tests.conftest import serving

RUNS = 20
PAGE = "/image_generation?how=choose&n=9&lang=en"
# The film's component builds its sheets and draws them in one go: the frame after that shows them.
_WATCH = """() => {
  const nodes = [...document.querySelectorAll("*")];
  const host = nodes.find((node) => node.shadowRoot?.querySelector(".sheet canvas"));
  window.clock = { pressed: 0, shown: 0 };
  const drawn = () => requestAnimationFrame(() => { clock.shown ||= performance.now(); });
  new MutationObserver(drawn).observe(host.shadowRoot, { subtree: true, childList: true });
  window.addEventListener("keydown", () => { clock.pressed = performance.now(); clock.shown = 0; }, true);
}"""
_SHOWN = "() => clock.pressed && clock.shown && clock.shown - clock.pressed"


def main() -> None:
    with serving() as app, chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page.set_default_timeout(120_000)
        page.goto(app + PAGE)
        rest(page)
        page.locator(".sheet canvas").first.wait_for()
        page.evaluate(_WATCH)
        times = []
        for _ in range(RUNS + 2):
            page.get_by_role("button", name="Another draw").focus()
            page.evaluate("clock.pressed = clock.shown = 0")
            page.keyboard.press("Enter")
            times.append(page.wait_for_function(_SHOWN, polling=20).json_value())
            rest(page)
    print_report(what="click to first image on screen, ms", limit_ms=400, figures=spread(times[2:]))


if __name__ == "__main__":
    main()
