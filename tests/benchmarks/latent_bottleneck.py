"""The bottleneck's slider to the new reconstruction, on the page and in a bare app with the same images."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from tests.benchmarks.browser import chromium, press, watch
from tests.benchmarks.report import print_report, spread
from tests.browser.conftest import rest
from tests.conftest import ROOT, serving

CHANGES = 30
# Notes when the last image changed: the bare app's when loaded, the page's tiles when put up.
_IMAGES = """() => {
  document.addEventListener("load", ({ target }) => {
    if (target.tagName === "IMG") clock.image = performance.now();
  }, true);
  for (const host of document.querySelectorAll("*")) {
    const tiles = host.shadowRoot?.querySelector(".tiles");
    const note = () => { clock.image = performance.now(); };
    if (tiles?.children.length === 6)
      new MutationObserver(note).observe(tiles, { subtree: true, attributes: true });
  }
}"""


def slide(page: Page, key: str) -> tuple[float, float]:
    """Milliseconds from the key to the new images, and to the last change on the page."""
    page.bring_to_front()
    last = press(page, "Combien de nombres", key)
    return page.evaluate("clock.image - clock.start"), last


def main() -> None:
    images: dict[str, list[float]] = {"page": [], "bare": []}
    everything: dict[str, list[float]] = {"page": [], "bare": []}
    bare_app = ROOT / "tests" / "benchmarks" / "bare_latent.py"
    with serving() as app, serving(bare_app) as bare, chromium() as browser:
        pages = {name: browser.new_page(locale="fr-FR") for name in images}
        for page in pages.values():
            page.set_default_timeout(120_000)
        pages["page"].goto(f"{app}/latent_space?src=gallery")
        pages["bare"].goto(bare)
        rest(pages["page"])
        pages["bare"].wait_for_selector("img")
        time.sleep(3)
        for page in pages.values():
            watch(page)
            page.evaluate(_IMAGES)
        for change in range(
            -6, CHANGES
        ):  # all sizes once to warm up; down and up, so that caches serve alike
            for name, page in pages.items():
                first, last = slide(page, "ArrowLeft" if change // 3 % 2 else "ArrowRight")
                if change >= 0:
                    images[name].append(first)
                    everything[name].append(last)
    shown = {name: spread(values) for name, values in images.items()}
    print_report(
        what="bottleneck slider to the new reconstruction, and to the last change on the page, ms",
        **shown,
        ratio=round(shown["page"]["median"] / shown["bare"]["median"], 2),
        page_last=spread(everything["page"]),
        bare_last=spread(everything["bare"]),
    )


if __name__ == "__main__":
    main()
