"""What a class costs: every slider of every page, then crowds that move one slider a second each.

    python -m tests.benchmarks.crowd [--before COMMIT] [--visitors 1 10 50] [--seconds 10] [--only PAGE ...]

With ``--before`` an older commit is served from a temporary folder and measured in the same run. Everything
is on this machine and bounded: at most 200 visitors a page, 60 seconds each.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.checkout import checkout
from tests.benchmarks.report import print_report, spread
from tests.benchmarks.visitor import Visitor
from tests.conftest import ROOT, running

# Pages and views with sliders; training, sampling and attributions are heavy work on purpose.
VIEWS = {
    "home": ("", ""),
    "perceptron": ("perceptron", ""),
    "perceptron compare": ("perceptron", "view=compare"),
    "perceptron images": ("perceptron", "view=images"),
    "latent_space": ("latent_space", ""),
    "latent_space hourglass": ("latent_space", "view=hourglass"),
    "latent_space map": ("latent_space", "view=map"),
    "latent_space walk": ("latent_space", "view=walk"),
    "image_recognition": ("image_recognition", ""),
    "image_recognition good": ("image_recognition", "view=good"),
    "image_generation": ("image_generation", ""),
    "image_generation measure": ("image_generation", "view=measure"),
    "neural_network": ("neural_network", ""),
}
STEPS = 12
"""Moves of one slider; the first are not counted."""
_WARM = 4
_TOGETHER = 5  # visitors who arrive at once
MOST_VISITORS, MOST_SECONDS = 200, 60.0


def processor(pid: int) -> float:
    """Seconds of processor that a process has spent."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def sliders(address: str, pid: int, name: str) -> dict[str, float]:
    """Milliseconds of processor for a step of each slider of a view, one visitor alone."""
    visitor = Visitor(address, *VIEWS[name])
    await visitor.open()
    chance = random.Random(0)
    found = {}
    for control in visitor.controls():
        for _ in range(_WARM):
            await visitor.move(control, chance)
        started = processor(pid)
        for _ in range(STEPS):
            await visitor.move(control, chance)
        found[control.label] = (processor(pid) - started) * 1e3 / STEPS
    await visitor.close()
    if visitor.failures:
        raise RuntimeError(f"{name}: {visitor.failures[0]}")
    return found


async def crowd(address: str, pid: int, name: str, visitors: int, seconds: float) -> dict[str, object]:
    """Milliseconds of waiting of visitors who each move a slider about once a second."""
    tabs = [Visitor(address, *VIEWS[name]) for _ in range(visitors)]
    for first in range(0, visitors, _TOGETHER):
        await asyncio.gather(*(tab.open() for tab in tabs[first : first + _TOGETHER]))
    waited: list[float] = []
    lost = 0
    started = processor(pid)

    async def visit(tab: Visitor, chance: random.Random) -> None:
        nonlocal lost
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            await asyncio.sleep(chance.uniform(0.5, 1.5))
            if loop.time() >= end:
                return
            controls = tab.controls()
            try:
                waited.append(await (tab.move(chance.choice(controls), chance) if controls else tab.run()))
            except TimeoutError:
                lost += 1
                return

    await asyncio.gather(*(visit(tab, random.Random(k)) for k, tab in enumerate(tabs)))
    spent = processor(pid) - started
    await asyncio.gather(*(tab.close() for tab in tabs))
    return {
        **spread(waited, 0),
        "lost": lost,
        "failed": sum(len(tab.failures) for tab in tabs),
        "cpu_ms": round(spent * 1e3 / max(1, len(waited)), 1),
        "kb": round(sum(tab.received for tab in tabs) / 1e3 / max(1, len(waited) + visitors), 1),
    }


@contextmanager
def served(commit: str | None) -> Iterator[tuple[str, int]]:
    """Address and process of the app as it is, or as it was at a commit."""
    if commit is None:
        with running(ROOT / "streamlit_app.py") as server:
            yield server
        return
    with checkout(commit) as folder, running(folder / "streamlit_app.py", folder) as server:
        yield server


def main() -> None:
    """Print a table of sliders and one of crowds for each version, then the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--before", metavar="COMMIT")
    parser.add_argument("--visitors", type=int, nargs="*", default=[1, 10, 50])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--only", nargs="*", default=list(VIEWS), choices=VIEWS, metavar="VIEW")
    chosen = parser.parse_args()
    if max(chosen.visitors, default=0) > MOST_VISITORS or chosen.seconds > MOST_SECONDS:
        parser.error(f"at most {MOST_VISITORS} visitors and {MOST_SECONDS:.0f} seconds")
    report = {}
    for commit in [chosen.before, None] if chosen.before else [None]:
        with served(commit) as (address, pid):
            report[commit or "now"] = measured(address, pid, chosen)
    print_report(
        what="milliseconds of processor a step of each slider; of waiting and of processor a step in crowds",
        **report,
    )


def measured(address: str, pid: int, chosen: argparse.Namespace) -> dict[str, object]:
    """Both tables of one server."""
    steps = {}
    for name in chosen.only:
        steps[name] = asyncio.run(sliders(address, pid, name))
        for label, cost in steps[name].items():
            print(f"{name:26} {label:40.40} {cost:7.1f} ms of processor")
    crowds = {}
    for name in chosen.only:
        for visitors in chosen.visitors:
            found = asyncio.run(crowd(address, pid, name, visitors, chosen.seconds))
            crowds[f"{name} x{visitors}"] = found
            print(f"{name:26} x{visitors:<4} {found}", flush=True)
    costs = [cost for each in steps.values() for cost in each.values()]
    summary = {"median": round(statistics.median(costs), 1), "most": round(max(costs), 1)} if costs else {}
    return {"slider_cpu_ms": summary, "crowds": crowds}


if __name__ == "__main__":
    main()
