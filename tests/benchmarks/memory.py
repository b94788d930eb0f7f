"""The memory of a process: all pages used, visitors who stay, a crowd that has left, and reruns without end.

    python -m tests.benchmarks.memory [--visitors 50] [--leavers 500] [--reruns 20000] [--minutes 3.5]

Who has left is kept for a while, so that a phone finds its visit again (`disconnectedSessionTTL`); here for
``KEPT`` seconds. The reruns stop after ``minutes``, however many they were.
"""

import argparse
import asyncio
import os
import random
import time

import numpy as np

from dashboard.shell import PAGES
from tests.benchmarks.crowd import megabytes
from tests.benchmarks.report import print_report
from tests.benchmarks.visitor import Visitor
from tests.conftest import ROOT, running

KEPT = 5
"""Seconds for which the server keeps a visit that has left."""
_TOGETHER = 10  # visitors who arrive at once
_SOAKING = ("", "perceptron", "latent_space")  # pages of those who move sliders without end


async def opened(address: str, count: int) -> list[Visitor]:
    """So many visitors, each on one of the pages."""
    addresses = ["" if page.slug == "home" else page.slug for page in PAGES]
    tabs = [Visitor(address, addresses[k % len(addresses)]) for k in range(count)]
    for first in range(0, count, _TOGETHER):
        await asyncio.gather(*(tab.open() for tab in tabs[first : first + _TOGETHER]))
    return tabs


async def left(tabs: list[Visitor]) -> None:
    """They leave, and are forgotten; a run afterwards sets the server's own tidying going."""
    await asyncio.gather(*(tab.close() for tab in tabs))
    await asyncio.sleep(2 * KEPT)


async def soak(address: str, pid: int, reruns: int, seconds: float) -> dict[str, float]:
    """Kilobytes that memory grows a rerun, after the first quarter: the slope of a line through the rest."""
    tabs = [Visitor(address, page) for page in _SOAKING]
    for tab in tabs:
        await tab.open()
    done, seen = 0, []
    end = time.monotonic() + seconds

    async def move(tab: Visitor, chance: random.Random) -> None:
        nonlocal done
        while done < reruns and time.monotonic() < end:
            await tab.move(chance.choice(tab.controls()), chance)
            done += 1
            seen.append((done, megabytes([pid])))

    await asyncio.gather(*(move(tab, random.Random(k)) for k, tab in enumerate(tabs)))
    await asyncio.gather(*(tab.close() for tab in tabs))
    counts, held = np.array(seen[len(seen) // 4 :]).T
    slope = float(np.polyfit(counts, held, 1)[0]) * 1024
    return {
        "reruns": done,
        "kb_a_rerun": round(slope, 2),
        "mb_first": round(held[0]),
        "mb_last": round(held[-1]),
    }


async def measured(address: str, pid: int, chosen: argparse.Namespace) -> dict[str, object]:
    """Megabytes, one situation after the other."""
    found: dict[str, object] = {"started": round(megabytes([pid]))}
    await left(await opened(address, len(PAGES)))
    pages = megabytes([pid])
    found["all_pages"] = round(pages)
    if chosen.visitors:
        tabs = await opened(address, chosen.visitors)
        there = megabytes([pid])
        found[f"{chosen.visitors}_visitors"] = round(there)
        found["a_visitor"] = round((there - pages) / chosen.visitors, 2)
        await left(tabs)
        found["without_them"] = round(megabytes([pid]))
    if chosen.leavers:
        before = megabytes([pid])
        for first in range(0, chosen.leavers, 100):
            await left(await opened(address, min(100, chosen.leavers - first)))
        found[f"{chosen.leavers}_have_left"] = round(megabytes([pid]))
        found["grown_percent"] = round(100 * (megabytes([pid]) / before - 1), 1)
    if chosen.reruns:
        found["soak"] = await soak(address, pid, chosen.reruns, chosen.minutes * 60)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--leavers", type=int, default=500)
    parser.add_argument("--reruns", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=10.0, help="of reruns, at most")
    chosen = parser.parse_args()
    os.environ["STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL"] = str(KEPT)
    with running(ROOT / "deploy" / "app.py") as (address, pid):
        found = asyncio.run(measured(address, pid, chosen))
    print_report(what="megabytes that the process holds", **found)


if __name__ == "__main__":
    main()
