"""What a class costs: every slider of every page, then crowds that move one slider a second each.

    python -m tests.benchmarks.crowd [--before COMMIT] [--visitors 1 10 50] [--seconds 10] [--only PAGE ...]
    python -m tests.benchmarks.crowd --replicas 2 --visitors 500 --every 10 --seconds 30 --only perceptron

With ``--before`` an older commit is served from a temporary folder and measured in the same run; with
``--replicas`` several processes behind nginx are (`deploy/local.py`), and sliders are not tried one by one,
as with ``--no-sliders``. Where a page has no slider, what its controls run is asked for again.
``--bystander`` adds to each crowd one visitor of another page, who moves once a second and whose waits are
told apart. Everything is on this machine and bounded: at most 500 visitors a page, 60 seconds each.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
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
    "message": ("message", ""),
    "message words": ("message", "view=words"),
    "image_recognition": ("image_recognition", ""),
    "image_recognition describe": ("image_recognition", "view=describe"),
    "image_recognition quality": ("image_recognition", "view=quality"),
    "image_generation": ("image_generation", ""),
    "image_generation choose": ("image_generation", "how=choose"),
    "image_generation measure": ("image_generation", "view=measure"),
    "neural_network": ("neural_network", ""),
}
STEPS = 12
"""Moves of one slider; the first are not counted."""
_WARM = 4
_TOGETHER = 5  # visitors who arrive at once
MOST_VISITORS, MOST_SECONDS = 500, 60.0
_READY = 300.0  # seconds until replicas must answer


def processor(pids: Sequence[int]) -> float:
    """Seconds of processor that processes have spent."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def megabytes(pids: Sequence[int]) -> float:
    """Memory that processes hold."""
    pages = (int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


async def sliders(address: str, pids: Sequence[int], name: str) -> dict[str, tuple[float, float]]:
    """Milliseconds of processor for a step of each slider of a view, one visitor alone: where nobody was
    before, what is computed for it included, and to the same places again, as the rest of a class does."""
    visitor = Visitor(address, *VIEWS[name])
    await visitor.open()
    found = {}
    for control in visitor.controls():
        costs = []
        for _ in range(2):
            chance = random.Random(0)
            for _ in range(_WARM):
                await visitor.move(control, chance)
            started = processor(pids)
            for _ in range(STEPS):
                await visitor.move(control, chance)
            costs.append((processor(pids) - started) * 1e3 / STEPS)
        found[control.label] = (costs[0], costs[1])
    await visitor.close()
    if visitor.failures:
        raise RuntimeError(f"{name}: {visitor.failures[0]}")
    return found


async def crowd(
    address: str,
    pids: Sequence[int],
    name: str,
    visitors: int,
    seconds: float,
    every: float,
    bystander: str | None = None,
) -> dict[str, object]:
    """Milliseconds of waiting of visitors who each move a slider about once in ``every`` seconds."""
    tabs = [Visitor(address, *VIEWS[name]) for _ in range(visitors)]
    other = [Visitor(address, *VIEWS[bystander])] if bystander else []
    alone = megabytes(pids)
    for first in range(0, visitors, _TOGETHER):
        await asyncio.gather(*(tab.open() for tab in tabs[first : first + _TOGETHER]))
    await asyncio.gather(*(tab.open() for tab in other))
    waited: list[float] = []
    aside: list[float] = []
    lost = 0
    held = megabytes(pids) - alone
    started = processor(pids)

    async def visit(tab: Visitor, chance: random.Random, every: float, waited: list[float]) -> None:
        nonlocal lost
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            await asyncio.sleep(every * chance.uniform(0.5, 1.5))
            if loop.time() >= end:
                return
            controls = tab.controls()
            change = tab.move(chance.choice(controls), chance) if controls else tab.run(tab.stage())
            try:
                waited.append(await change)
            except TimeoutError:
                lost += 1
                return

    await asyncio.gather(
        *(visit(tab, random.Random(k), every, waited) for k, tab in enumerate(tabs)),
        *(visit(tab, random.Random(-1), 1.0, aside) for tab in other),
    )
    spent = processor(pids) - started
    await asyncio.gather(*(tab.close() for tab in [*tabs, *other]))
    return {
        **({"bystander": spread(aside, 0)} if aside else {}),
        **spread(waited, 0),
        "lost": lost,
        "failed": sum(len(tab.failures) for tab in tabs),
        "mb_a_visitor": round(held / visitors, 2),
        "cpu_ms": round(spent * 1e3 / max(1, len(waited)), 1),
        "kb": round(sum(tab.received for tab in tabs) / 1e3 / max(1, len(waited) + visitors), 1),
    }


@contextmanager
def served(commit: str | None, replicas: int) -> Iterator[tuple[str, Sequence[int]]]:
    """Address and processes of the app as it is, on one process or several, or as it was at a commit."""
    if replicas:
        with behind_nginx(replicas) as served:
            yield served
    elif commit is None:
        with running(ROOT / "streamlit_app.py") as (address, pid):
            yield address, [pid]
    else:
        with checkout(commit) as folder, running(folder / "streamlit_app.py", folder) as (address, pid):
            yield address, [pid]


@contextmanager
def behind_nginx(replicas: int) -> Iterator[tuple[str, Sequence[int]]]:
    """Address and processes of what `deploy/local.py` starts, once all replicas are ready."""
    door, first = 18_080, 18_511
    options = [f"--replicas={replicas}", f"--port={door}", f"--first={first}"]
    with subprocess.Popen([sys.executable, "deploy/local.py", *options], cwd=ROOT) as local:
        try:
            deadline = time.monotonic() + _READY
            for port in (*range(first, first + replicas), door):
                while not answers(f"http://127.0.0.1:{port}/_stcore/health"):
                    if time.monotonic() > deadline:
                        raise RuntimeError(f"nothing answers on port {port}")
                    time.sleep(0.2)
            children = Path(f"/proc/{local.pid}/task/{local.pid}/children").read_text().split()
            serving = [int(pid) for pid in children if "serve" in Path(f"/proc/{pid}/cmdline").read_text()]
            yield f"http://127.0.0.1:{door}", serving
        finally:
            local.terminate()
            local.wait(timeout=40)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def main() -> None:
    """Print a table of sliders and one of crowds for each version, then the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--before", metavar="COMMIT")
    parser.add_argument("--visitors", type=int, nargs="*", default=[1, 10, 50])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--every", type=float, default=1.0, help="seconds between two changes of a visitor")
    parser.add_argument("--bystander", choices=VIEWS, metavar="VIEW")
    parser.add_argument("--no-sliders", action="store_true", help="crowds alone")
    parser.add_argument("--replicas", type=int, default=0, help="so many processes behind nginx")
    parser.add_argument("--only", nargs="*", default=list(VIEWS), choices=VIEWS, metavar="VIEW")
    chosen = parser.parse_args()
    if max(chosen.visitors, default=0) > MOST_VISITORS or chosen.seconds > MOST_SECONDS:
        parser.error(f"at most {MOST_VISITORS} visitors and {MOST_SECONDS:.0f} seconds")
    report = {}
    for commit in [chosen.before, None] if chosen.before else [None]:
        with served(commit, chosen.replicas) as (address, pids):
            report[commit or "now"] = measured(address, pids, chosen)
    print_report(
        what="milliseconds of processor a step of each slider; of waiting and of processor a step in crowds",
        **report,
    )


def measured(address: str, pids: Sequence[int], chosen: argparse.Namespace) -> dict[str, object]:
    """Both tables of one server."""
    steps = {}
    for name in [] if chosen.replicas or chosen.no_sliders else chosen.only:
        steps[name] = asyncio.run(sliders(address, pids, name))
        for label, (first, again) in steps[name].items():
            print(f"{name:26} {label:40.40} {first:7.1f} ms of processor, again {again:7.1f}", flush=True)
    crowds = {}
    for name in chosen.only:
        for visitors in chosen.visitors:
            how = (visitors, chosen.seconds, chosen.every, chosen.bystander)
            found = asyncio.run(crowd(address, pids, name, *how))
            crowds[f"{name} x{visitors}"] = found
            print(f"{name:26} x{visitors:<4} {found}", flush=True)
    summary = {}
    costs = [cost for each in steps.values() for cost in each.values()]
    for when, found in zip(("first", "again"), zip(*costs, strict=True), strict=False):
        summary[when] = {"median": round(statistics.median(found), 1), "most": round(max(found), 1)}
    return {"slider_cpu_ms": summary, "crowds": crowds}


if __name__ == "__main__":
    main()
