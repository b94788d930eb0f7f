"""From a changed control to the film on screen: 1,000 epochs of spiral [8, 8, 8] with every neuron's map."""

from __future__ import annotations

from tests.benchmarks.browser import chromium, press, watch
from tests.benchmarks.report import print_report, spread
from tests.browser.conftest import rest
from tests.conftest import serving

RUNS = 10
PAGE = "/neural_network?data=spiral&net=8-8-8&ep=1000&lang=fr"
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


def main() -> None:
    with serving() as app, chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(app + PAGE)
        rest(page)
        page.wait_for_selector(".neuron")
        watch(page)
        # Each step of the noise slider asks for a run that is in no cache.
        clicks = [press(page, "Bruit", "ArrowRight") for _ in range(RUNS)]
        frames = page.evaluate(_SCRUB)
    print_report(
        what="noise slider to the film of 1000 epochs of spiral [8,8,8] at rest on screen; drawing one frame",
        click_to_film_ms=spread(clicks),
        frame_ms=spread(frames),
    )


if __name__ == "__main__":
    main()
