"""The map of the latent space: opening it, hovering, picking, turning; t-SNE of 2,000 points."""

import os
from functools import partial

from playwright.sync_api import Page

from dashboard.datasets.maps import load
from dashboard.latent import tsne
from tests.benchmarks.browser import chromium
from tests.benchmarks.report import measure, print_report, spread
from tests.browser.conftest import heed, rest
from tests.conftest import serving

OPENINGS, PICKS = 15, 30
PAGE = "/latent_space?view=map&lang=fr"
_FIND = """
  const hosts = () => [...document.querySelectorAll("*")].filter((node) => node.shadowRoot);
  const find = (css) => hosts().map((host) => host.shadowRoot.querySelector(css)).find(Boolean);
  const pointer = (kind, options) => find(".points").dispatchEvent(
    new PointerEvent(kind, { pointerId: 1, pointerType: "mouse", bubbles: true, ...options }));
  const frame = () => new Promise(requestAnimationFrame);
"""
# Written by the page itself while it opens: when its title stands, when the points, when the thumbnails. The
# map tells that it is painted in an attribute; an observer hears of it in the same frame.
_WATCH = f"""() => {{ {_FIND}
  window.seen = {{}};
  const note = (name, there) => {{ if (there && !(name in seen)) seen[name] = performance.now(); }};
  const heed = (points) => {{
    note("points", points.dataset.zoom);
    note("thumbnails", points.dataset.sheet);
  }};
  const look = () => {{
    note("title", document.querySelector("h1"));
    const points = find(".points");
    if (!points) return setTimeout(look, 5);
    new MutationObserver(() => heed(points)).observe(points, {{ attributes: true }});
    heed(points);
  }};
  look();
}}"""
# Places of points under the pointer, found as a visitor finds them; and how long a thumbnail takes to show.
_HOVER = f"""async () => {{ {_FIND}
  const [points, card] = [find(".points"), find(".card")];
  const box = points.getBoundingClientRect();
  const [places, waits] = [[], []];
  for (let k = 0; k < 400 && places.length < 60; k++) {{
    const clientX = box.left + box.width * ((k * 0.137) % 1);
    const clientY = box.top + box.height * ((k * 0.311) % 1);
    delete points.dataset.at;
    await frame();
    const start = performance.now();
    pointer("pointermove", {{ clientX, clientY }});
    await frame(); // the map's own callback stands before this one
    if (!points.dataset.at || card.style.display !== "block") continue;
    places.push([clientX, clientY]);
    waits.push(performance.now() - start);
  }}
  return {{ places, waits }};
}}"""
# From the press of the button to a new decoded image beside the map, and to the numbers of its code.
_CLOCK = f"""() => {{ {_FIND}
  const decoded = () => find(".pictures figure:nth-child(2) canvas").toDataURL();
  const title = () => document.querySelector("h4").innerText;
  window.clock = {{}};
  window.addEventListener("pointerdown", () => {{
    const [image, words] = [decoded(), title()];
    Object.assign(clock, {{ start: performance.now(), image: 0, words: 0 }});
    const look = () => {{
      const now = performance.now() - clock.start;
      if (!clock.image && decoded() !== image) clock.image = now;
      if (!clock.words && title() !== words) clock.words = now;
      if (now < 5000 && !(clock.image && clock.words)) setTimeout(look, 1);
    }};
    look();
  }}, true);
}}"""
_SPIN = f"""async () => {{ {_FIND}
  find(".points").setPointerCapture = () => {{}};
  pointer("pointerdown", {{ clientX: 400, clientY: 300 }});
  const times = [];
  for (let k = 1; k < 90; k++) {{
    pointer("pointermove", {{ clientX: 400 + 3 * k, clientY: 300 }});
    times.push(await frame());
  }}
  pointer("pointerup", {{ clientX: 670, clientY: 300 }});
  return times.slice(1).map((t, i) => t - times[i]);
}}"""


def opening(page: Page, address: str) -> dict[str, float]:
    page.goto("about:blank")
    page.goto(address)
    page.evaluate(_WATCH)
    page.wait_for_function("'thumbnails' in seen", timeout=60_000)
    rest(page)
    return page.evaluate("seen")


def main() -> None:
    with serving() as app, chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 1200})
        page.set_default_timeout(60_000)
        heed(page)
        opening(page, app + PAGE)  # the first visitor warms the server up
        opened = [opening(page, app + PAGE) for _ in range(OPENINGS)]
        page.locator("canvas.points").scroll_into_view_if_needed()
        hovered = page.evaluate(_HOVER)
        page.evaluate(_CLOCK)
        page.wait_for_selector("canvas.points[data-answers]")
        picks = []
        for place in hovered["places"][:PICKS]:
            page.mouse.move(*place)
            page.mouse.click(*place)
            page.wait_for_function("clock.image && clock.words", polling=10)
            picks.append(page.evaluate("clock"))
            rest(page)
        page.goto(app + PAGE + "&dims=3")
        rest(page)
        spun = page.evaluate(_SPIN)
    runs = {
        f"size {size}, perplexity {perplexity}": measure(
            partial(tsne.run, load("digits").codes[size], perplexity), 1, warm_up=0
        )
        for size, perplexity in ((8, 30), (64, 30), (8, 2), (64, 100))
    }
    print_report(
        what="map of 2,000 digits: from title to points and thumbnails, hover, click to decoded image; t-SNE",
        title_to_points_ms=spread([each["points"] - each["title"] for each in opened]),
        title_to_thumbnails_ms=spread([each["thumbnails"] - each["title"] for each in opened]),
        hover_to_thumbnail_ms=spread(hovered["waits"]),
        click_to_decoded_ms=spread([each["image"] for each in picks]),
        click_to_panel_ms=spread([each["words"] for each in picks]),
        frame_of_a_turn_ms=spread(spun),
        tsne=runs,
        load=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
