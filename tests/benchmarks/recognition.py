"""From a photograph to its answer: computed on one thread, and on screen from the end of the upload."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import numpy as np
import torch
from playwright.sync_api import Page

from dashboard import images
from dashboard.classifiers import CLASSIFIERS, classifier
from dashboard.datasets.photographs import photograph
from tests.benchmarks.browser import chromium
from tests.benchmarks.report import print_report, spread
from tests.browser.conftest import rest
from tests.conftest import serving

RUNS = 8
PAGE = "/image_recognition?src=upload&lang=fr"
_HEADLINE = "document.querySelector('h2')?.innerText"


def jpeg(run: int) -> bytes:
    """A photograph of 1,600 pixels that no cache holds."""
    image = photograph("coffee").crop((run, run, 600 - run, 400 - run)).resize((1600, 1066))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=90)
    return content.getvalue()


def clocked(work: Callable[[], object], runs: int = 20) -> tuple[list[float], list[float]]:
    """Milliseconds of wall clock and of processor."""
    wall, processor = [], []
    work()
    for _ in range(runs):
        started, worked = time.perf_counter(), time.process_time()
        work()
        wall.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - worked))
    return wall, processor


def upload(page: Page, run: int) -> float:
    """Milliseconds from the end of the upload to the new headline."""
    ended: list[float] = []
    page.on(
        "requestfinished",
        lambda request: ended.append(time.perf_counter()) if "upload_file" in request.url else None,
    )
    before = page.evaluate(_HEADLINE)
    page.locator("input[type=file]").set_input_files(
        {"name": f"{run}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(run)}
    )
    page.wait_for_function(f"before => {_HEADLINE} !== before", arg=before)
    return 1000 * (time.perf_counter() - ended[-1])


def main() -> None:
    torch.set_num_threads(1)
    report = {}
    for name, model in CLASSIFIERS.items():
        prepared = np.random.default_rng(0).random(
            (3, 224, 224) if name == "photos" else (1, 28, 28), dtype=np.float32
        )
        wall, processor = clocked(lambda model=model, prepared=prepared: model.answer(prepared))
        report[f"{name}_network_ms"] = spread(wall)
        report[f"{name}_network_cpu_ms"] = spread(processor)
    content, photos = jpeg(0), classifier("photos")
    wall, processor = clocked(lambda: photos.answer(photos.prepare(images.load(content))))
    report["file_to_answer_ms"] = spread(wall)
    report["file_to_answer_cpu_ms"] = spread(processor)
    waits = []
    with serving() as app, chromium() as browser:
        for run in range(RUNS + 1):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.set_default_timeout(120_000)
            page.goto(app + PAGE)
            rest(page)
            waits.append(upload(page, run + 1))
            page.close()
    print_report(
        what="a JPEG of 1600 x 1066: through each network; file to answer; end of the upload to the headline",
        **report,
        upload_to_screen_ms=spread(waits[1:]),
    )


if __name__ == "__main__":
    main()
