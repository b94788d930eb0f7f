"""The slowest of the awkward inputs: files made to overwhelm the image loader, endless requests in words."""

from __future__ import annotations

import contextlib

from dashboard.generation.understand import understand
from dashboard.images import ImageRefused, load
from tests.benchmarks.report import measure, print_report
from tests.unit.odd_images import Odd, damaged, excessive, foreign, good
from tests.unit.test_generation_understand import FILES, LONG

RUNS = 3


def opened(odd: Odd) -> None:
    with contextlib.suppress(ImageRefused):
        load(odd.data, odd.name)


def cost(figures: dict) -> float:
    return figures["cpu_ms"]["median"]


def main() -> None:
    files = {
        odd.name: measure(lambda odd=odd: opened(odd), RUNS, warm_up=1)
        for kind in (good, excessive, damaged, foreign)
        for odd in kind()
    }
    texts = {
        f"{text[:12]}… ({language})": measure(lambda t=text, v=language: understand(t, v), RUNS, warm_up=1)
        for language in FILES
        for text in LONG
    }
    slowest_file, slowest_text = (max(each, key=lambda name: cost(each[name])) for each in (files, texts))
    print_report(
        files=len(files),
        slowest_file={slowest_file: files[slowest_file]},
        texts_of_ten_thousand_characters=len(texts),
        slowest_text={slowest_text: texts[slowest_text]},
    )


if __name__ == "__main__":
    main()
