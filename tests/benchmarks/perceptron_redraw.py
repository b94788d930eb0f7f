"""A control changed to figures redrawn, on the page and in a bare app with the same figures, in one run."""

from __future__ import annotations

import json
import time

from dashboard.perceptron.experiment import Settings, experiment
from dashboard.perceptron.views.board import film_of
from tests.benchmarks.browser import chromium, press, watch
from tests.benchmarks.report import print_report, spread
from tests.browser.conftest import rest
from tests.conftest import ROOT, serving

CHANGES = 30


def main() -> None:
    times: dict[str, list[float]] = {"page": [], "bare": []}
    bare_app = ROOT / "tests" / "benchmarks" / "bare_perceptron.py"
    with serving() as app, serving(bare_app) as bare, chromium() as browser:
        pages = {"page": browser.new_page(locale="fr-FR"), "bare": browser.new_page(locale="fr-FR")}
        for page in pages.values():
            page.set_default_timeout(120_000)
        pages["page"].goto(f"{app}/perceptron")
        pages["bare"].goto(bare)
        rest(pages["page"])
        pages["bare"].wait_for_selector(".js-plotly-plot")
        time.sleep(3)
        for page in pages.values():
            watch(page)
        for change in range(-2, CHANGES):  # two to warm up; up and down, so that caches serve both alike
            for name, page in pages.items():
                page.bring_to_front()
                took = press(page, "Bruit", "ArrowRight" if change % 20 < 10 else "ArrowLeft")
                if change >= 0:
                    times[name].append(took)
    film = [_film_seconds(seed) for seed in range(30)]
    ratio = spread(times["page"])["median"] / spread(times["bare"])["median"]
    print_report(
        what="noise slider to board and chart redrawn, ms; run of 1000 updates computed, ms",
        page=spread(times["page"]),
        bare=spread(times["bare"]),
        ratio=round(ratio, 2),
        run_ms=spread([wall * 1000 for wall, _ in film]),
        run_cpu_ms=spread([cpu * 1000 for _, cpu in film]),
        payload_bytes=_payload(),
    )


def _film_seconds(seed: int) -> tuple[float, float]:
    """Wall and CPU seconds of a run of 1000 updates on overlapping clouds, not cached."""
    settings = Settings(data="overlapping", noise=0.2, seed=seed)
    wall, cpu = time.perf_counter(), time.process_time()
    result = experiment(settings)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert result.run is not None and result.run.updates == 1000
    return wall, cpu


def _payload() -> int:
    """Bytes of the film of 1000 updates as it travels."""
    settings = Settings(data="overlapping", noise=0.2)
    return len(json.dumps(film_of(settings, experiment(settings), 1.2)).encode())


if __name__ == "__main__":
    main()
