"""Every view on a museum's screen, a desktop, a projector and a phone: what must be on the first screen, and
what axe finds.

A page is opened once a theme and its views are walked through by clicks: in French and light on the three
large screens, in English and dark on the phone.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from dashboard.shell import PAGES
from dashboard.ui.language import texts_in
from tests.browser.conftest import PHONE, rest

MUSEUM, DESKTOP, PROJECTOR = ((1920, 1080), (1440, 900), (1280, 720))
HEAD = 48  # pixels of the row of title and views
HIGHEST_PLAY = 600  # on a phone
SETTLED = 10  # seconds in which a page stands well on another screen
PROSE = 70  # words of a paragraph in view, and of all that stands before the stage
SERIOUS = ("serious", "critical")
# What each view is there to be changed by, on all large screens: names of controls, or selectors.
POINTS, IMAGES = ".st-key-data_pictures", ".st-key-gallery"
MAIN = {
    "perceptron": {
        "learn": f"{POINTS} rule rate noise .dice",
        "hand": f"{POINTS} .sliders",
        "compare": f"{POINTS} rate noise",
        "images": "a z split image",
    },
    "network": {
        "points": f"{POINTS} .depth noise act lr",
        "landscape": f"{POINTS} net-text act lr",
        "bend": f"{POINTS} net-text act lr",
        "luck": f"{POINTS} net-text act lr",
        "compare": f"{POINTS} net-text act lr b_net-text b_act b_lr",
        "digits": "src model canvas[data-strokes]",
    },
    "latent": {
        "bottleneck": "size data src",
        "hourglass": "size data src .st-key-stages",
        "map": "by size map dims colour",
        "deceive": ".player",
        "walk": "by way data src",
        "scenes": "part .st-key-latent_scenes_a .st-key-latent_scenes_b",
        "train": ".st-key-latent-train layer1 layer2 layer3 neck",
    },
    "message": {"signs": f"do src {IMAGES} n", "words": "game most"},
    "recognition": {
        "answer": f"src {IMAGES} model",
        "layers": f".kernels src {IMAGES}",
        "why": f"rank how-pills .st-key-why-hands src {IMAGES}",
        "robustness": "shake mix .look",
        "quality": "model .st-key-quality-cell",
        "own": "[class*=st-key-own-set] [class*=st-key-own-][class*=-files]",
        "describe": f"chars src {IMAGES}",
    },
    "generation": {
        "ask": "how q-text .st-key-generation-again",
        "world": "scene-text .st-key-generation-again",
        "field": ".field .tools",
        "compare": "game .st-key-generation_game .tools",
        "mix": "mix how q-text q2-text .st-key-generation-again",
        "measure": "x",
    },
}
TEXTS = {"neural_network": "network", "latent_space": "latent"}

# The topmost picture of a view that is no thumbnail and no control, and its player; after two frames, so that
# what draws itself anew for another size has.
BOXES = """async () => {
  for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
  const PICTURES = "canvas, img, svg, .js-plotly-plot, .tiles, .list, [data-testid=stFileUploaderDropzone]";
  const found = { head: 0, stage: null, play: null, sideways: 0 };
  const box = (node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { x, y, width, height, bottom: y + height };
  };
  const beside = (node) => {
    for (let at = node; at; at = at.closest ? at.getRootNode().host : null) {
      if (at.closest(".st-key-side, .st-key-tools, [data-testid=stHeader]")) return true;
    }
    return false;
  };
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.matches(PICTURES)) {
        const { y, width, height } = node.getBoundingClientRect();
        const higher = !found.stage || y < found.stage.y; // a column may stand before those that it follows
        if (width >= 100 && height >= 60 && higher && !beside(node)) found.stage = box(node);
      }
      if (!found.play && node.matches(".player [data-do=play]") && node.offsetParent) found.play = box(node);
    }
  };
  const main = document.querySelector("[data-testid=stMain]");
  walk(main);
  found.sideways = main.scrollWidth - main.clientWidth;
  const bar = document.querySelector(".st-key-bar");
  if (bar) found.head = bar.getBoundingClientRect().height;
  return found;
}"""


def views(page: Page) -> Iterator[str]:
    """The views of the page, each open when it is given; a page without views is one."""
    switch = page.locator(".st-key-bar [role=radio]")
    names = switch.all_inner_texts()
    if not names:
        yield "the page"
    for k, name in enumerate(names):
        if switch.nth(k).get_attribute("aria-checked") != "true":
            switch.nth(k).click()
        rest(page)
        yield name


def faults(page: Page, width: int, height: int, main: Sequence[str] = ()) -> list[str]:
    """What does not stand where it must on this screen, once what answers to its size has; ``main`` too."""
    page.set_viewport_size({"width": width, "height": height})
    deadline = time.monotonic() + SETTLED
    while said := misplaced(page, width, height) + below(page, height, main):
        if time.monotonic() > deadline:
            break
    return [f"{width} x {height}: {fault}" for fault in said]


def main_controls(slug: str, view: str) -> list[str]:
    """Selectors of the main controls of a view, given by its French name."""
    topic = TEXTS.get(slug, slug.removeprefix("image_"))
    if topic not in MAIN:
        return []
    names = texts_in(topic, "fr")["views"]
    wanted = MAIN[topic][next(name for name in names if names[name] == view)].split()
    return [name if re.match(r"\W|canvas", name) else f".st-key-{slug}-{name}" for name in wanted]


def below(page: Page, height: int, controls: Sequence[str]) -> list[str]:
    """The controls that are not on the screen."""
    boxes = {name: page.locator(f"{name} >> visible=true").first.bounding_box() for name in controls}
    ends = {name: box["y"] + box["height"] for name, box in boxes.items() if box}
    return [f"{name} ends at {ends[name]:.0f}" for name in controls if ends[name] > height]


def misplaced(page: Page, width: int, height: int) -> list[str]:
    found = page.evaluate(BOXES)
    stage, play, said = found["stage"], found["play"], []
    if found["sideways"] > 0:
        said.append(f"it scrolls sideways by {found['sideways']}")
    if width > 640 and found["head"] > HEAD:
        said.append(f"a head of {found['head']:.0f} pixels")
    if stage is None or stage["bottom"] > height:
        said.append(f"the stage ends at {stage and round(stage['bottom'])}")
    if play and play["bottom"] > (height if width > 640 else HIGHEST_PLAY + play["height"]):
        said.append(f"Play at {play['y']:.0f}")
    return said


TOLD = """(top) => {
  const all = [...document.querySelectorAll("[data-testid=stMain] :is(p, li)")];
  const left = ".st-key-card, .st-key-bar, button, label";
  const seen = all.filter((node) => node.checkVisibility() && !node.closest(left));
  const words = (node) => node.innerText.trim().split(/\\s+/).length;
  const before = seen.filter((node) => node.getBoundingClientRect().y < top);
  const longest = seen.toSorted((a, b) => words(b) - words(a))[0];
  const sum = before.reduce((total, node) => total + words(node), 0);
  return [sum, longest ? words(longest) : 0, longest?.innerText];
}"""


def wordy(page: Page) -> list[str]:
    """What of a view's text is too long, explanations and what is folded left out."""
    stage = page.evaluate(BOXES)["stage"]
    before, most, text = page.evaluate(TOLD, stage["y"] if stage else 0)
    said = [f"{before} words before the stage"] if before > PROSE else []
    return said + ([f"{most} words: {text}"] if most > PROSE else [])


def unchosen(page: Page) -> list[str]:
    """Rows of buttons of which none is down."""
    rows = page.locator(
        "[data-testid=stButtonGroup]:visible:has([role=radio]):not(:has([aria-checked=true]))"
    )
    return [f"nothing is chosen of: {row}" for row in rows.all_inner_texts()]


def violations(page: Page) -> list[str]:
    """What axe holds for serious or critical."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
    return [
        f"axe: {one['id']} {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_every_view_on_large_screens_in_the_light(visit: Callable[..., Page], slug: str):
    page = visit(f"/{slug}")
    found = []
    for view in views(page):
        screens = () if slug == "about" else (MUSEUM, DESKTOP, PROJECTOR)
        main = main_controls(slug, view)
        found += [f"{view}: {fault}" for screen in screens for fault in faults(page, *screen, main)]
        found += [f"{view}: {fault}" for fault in unchosen(page)]
        found += [f"{view}: {fault}" for fault in violations(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_every_view_on_a_phone_in_the_dark(visit: Callable[..., Page], slug: str):
    width, height = PHONE["viewport"].values()
    page = visit(f"/{slug}", locale="en-GB", color_scheme="dark", **PHONE)
    found = []
    for view in views(page):
        if slug != "about":
            found += [f"{view}: {fault}" for fault in faults(page, width, height) + wordy(page)]
        found += [f"{view}: {fault}" for fault in violations(page)]
    assert not found, "\n".join(found)
