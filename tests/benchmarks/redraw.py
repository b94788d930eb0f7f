"""From a change to what it changes on screen: `python -m tests.benchmarks.redraw PAGE`.

Of "latent" a bare app with the same images, one slider and nothing else is measured in the same run.
Milliseconds from the key that is pressed to the last change of what is drawn, to the new images of "latent"
and of "generation", or from the end of an upload to the headline of "recognition".
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page

from dashboard.perceptron.experiment import Settings, experiment
from dashboard.perceptron.views.board import film_of
from tests.benchmarks.browser import chromium, press, watch
from tests.benchmarks.report import measure, print_report, spread
from tests.benchmarks.times import jpeg
from tests.browser.conftest import file, heed, rest
from tests.conftest import ROOT, serving

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
# Draws every frame of the film once, as the scrubber does; milliseconds each.
_SCRUB = """() => {
  const host = [...document.querySelectorAll("*")].find((node) => node.shadowRoot?.querySelector(".net"));
  const range = host.shadowRoot.querySelector(".player input");
  return Array.from({ length: Number(range.max) + 1 }, (_, frame) => {
    const start = performance.now();
    range.value = frame;
    range.dispatchEvent(new Event("input"));
    return performance.now() - start;
  });
}"""
# The film's component builds its sheets and draws them in one go: the frame after that shows them.
_SHEETS = """() => {
  const nodes = [...document.querySelectorAll("*")];
  const host = nodes.find((node) => node.shadowRoot?.querySelector(".sheet canvas"));
  window.clock = { pressed: 0, shown: 0 };
  const drawn = () => requestAnimationFrame(() => { clock.shown ||= performance.now(); });
  new MutationObserver(drawn).observe(host.shadowRoot, { subtree: true, childList: true });
  window.addEventListener("keydown", () => { clock.pressed = performance.now(); clock.shown = 0; }, true);
}"""
_SHOWN = "() => clock.pressed && clock.shown && clock.shown - clock.pressed"
_HEADLINE = "document.querySelector('h2')?.innerText"


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(locale="fr-FR", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(120_000)
    heed(page)
    page.goto(address)
    if "?" in address:
        rest(page)
    else:  # a bare app
        page.wait_for_selector("img")
    return page


def perceptron() -> dict[str, Any]:
    """The noise slider to board and chart; a run of 1000 updates computed, and as it travels."""

    def run(seed: int) -> dict[str, Any]:
        """The film of 1000 updates on overlapping clouds."""
        settings = Settings(data="overlapping", noise=0.2, seed=seed)
        return film_of(settings, experiment(settings), 1.2)

    seeds = iter(range(100))  # each in no cache
    with serving() as app, chromium() as browser:
        page = opened(browser, f"{app}/perceptron?hide=bet")
        watch(page)
        shown = [press(page, "Bruit", "ArrowLeft" if k // 10 % 2 else "ArrowRight") for k in range(32)]
    computed = measure(lambda: run(next(seeds)), 30)
    return {"board": spread(shown[2:]), "run": computed, "bytes": len(json.dumps(run(0)).encode())}


def latent() -> dict[str, Any]:
    """The bottleneck's slider to the new images, and to the last change, beside a bare app with them."""
    bare_app = ROOT / "tests" / "benchmarks" / "bare_latent.py"
    images: dict[str, list[float]] = {"page": [], "bare": []}
    last: dict[str, list[float]] = {"page": [], "bare": []}
    with serving() as app, serving(bare_app) as bare, chromium() as browser:
        pages = {"page": opened(browser, f"{app}/latent_space?src=gallery"), "bare": opened(browser, bare)}
        time.sleep(3)
        for page in pages.values():
            watch(page)
            page.evaluate(_IMAGES)
        for change in range(-6, 30):  # all sizes once to warm up; down and up, so that caches serve alike
            for kind, page in pages.items():
                page.bring_to_front()
                took = press(page, "Combien de nombres", "ArrowLeft" if change // 3 % 2 else "ArrowRight")
                if change >= 0:
                    last[kind].append(took)
                    images[kind].append(page.evaluate("clock.image - clock.start"))
    figures = {kind: spread(values) for kind, values in images.items()}
    ratio = round(figures["page"]["median"] / figures["bare"]["median"], 2)
    return {**figures, "ratio": ratio, "last": {kind: spread(values) for kind, values in last.items()}}


def network() -> dict[str, Any]:
    """The noise slider to the film of 1000 epochs of spiral [8, 8, 8] at rest; one frame, with all maps."""
    with serving() as app, chromium() as browser:
        page = opened(browser, f"{app}/neural_network?data=spiral&net=8-8-8&ep=1000&lang=fr")
        page.wait_for_selector(".neuron")
        watch(page)
        # Each step of the noise slider asks for a run that is in no cache.
        clicks = [press(page, "Bruit", "ArrowRight") for _ in range(10)]
        return {"film": spread(clicks), "frame": spread(page.evaluate(_SCRUB))}


def generation() -> dict[str, Any]:
    """A click to the first image of another draw of nine digits in eight steps, film included."""
    with serving() as app, chromium() as browser:
        page = opened(browser, f"{app}/image_generation?how=choose&n=9&lang=en")
        page.locator(".sheet canvas").first.wait_for()
        page.evaluate(_SHEETS)
        times = []
        for _ in range(22):
            page.locator(".st-key-generation-again button").focus()
            page.evaluate("clock.pressed = clock.shown = 0")
            page.keyboard.press("Enter")
            times.append(page.wait_for_function(_SHOWN, polling=20).json_value())
            rest(page)
    return {"first_image": spread(times[2:])}


def recognition() -> dict[str, Any]:
    """The end of the upload of a JPEG of 1,600 x 1,066 to the new headline."""
    waits = []
    with serving() as app, chromium() as browser:
        for run in range(9):
            page = opened(browser, f"{app}/image_recognition?src=upload&lang=fr")
            ended: list[float] = []
            page.on(
                "requestfinished",
                lambda request, ended=ended: (
                    "upload_file" in request.url and ended.append(time.perf_counter())
                ),
            )
            before = page.evaluate(_HEADLINE)
            page.locator("input[type=file]").set_input_files(file(f"{run}.jpg", jpeg(run + 1)))
            page.wait_for_function(f"before => {_HEADLINE} !== before", arg=before)
            waits.append(1000 * (time.perf_counter() - ended[-1]))
            page.close()
    return {"headline": spread(waits[1:])}


PAGES: dict[str, Callable[[], dict[str, Any]]] = {
    page.__name__: page for page in (perceptron, latent, network, generation, recognition)
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("page", choices=PAGES)
    page = PAGES[parser.parse_args().page]
    print_report(what=page.__doc__, ms=page())


if __name__ == "__main__":
    main()
