"""A replica is killed under visitors: seconds until each is back on the other one, with what they had set.

    python -m tests.benchmarks.death [--visitors 40]

Two replicas behind nginx (`deploy/local.py`). A visitor comes back as the front end does: with the address
that it has, and another try after half a second.
"""

import argparse
import asyncio
import os
import random
import signal
import time
from collections.abc import Sequence

import websockets

from tests.benchmarks.crowd import behind_nginx
from tests.benchmarks.report import print_report, spread
from tests.benchmarks.visitor import Visitor

PAGE = "perceptron"
_AGAIN = 0.5
"""Seconds after which the front end tries again."""
_TOGETHER = 5  # visitors who arrive at once
_LOST = (OSError, EOFError, TimeoutError, websockets.WebSocketException)


def shown(tab: Visitor) -> dict[str, float]:
    """Where the page's sliders stand, by their names, when the page is drawn."""
    return {each.label: each.slider.default[0] for each in tab.controls()}


async def back(address: str, tab: Visitor, killed: float) -> float | None:
    """Seconds until a visitor's page stands there again as it was; None if its replica lives.

    Raises:
        RuntimeError: another state came back.
    """
    await tab.run()
    before = shown(tab)
    while time.monotonic() < killed:
        await asyncio.sleep(0.01)
    try:
        await asyncio.wait_for(tab.run(), 3)
        await tab.close()
        return None
    except _LOST:
        pass
    while True:
        again = Visitor(address, PAGE, tab.query)
        try:
            await again.open()
        except _LOST:
            await asyncio.sleep(_AGAIN)
            continue
        seconds = time.monotonic() - killed
        if shown(again) != before:
            raise RuntimeError(f"{before} were set, {shown(again)} came back")
        await again.close()
        return seconds


async def killed_under(address: str, pids: Sequence[int], visitors: int) -> list[float | None]:
    """What `back` says for each of the visitors, who have all moved a slider."""
    tabs, chance = [Visitor(address, PAGE) for _ in range(visitors)], random.Random(0)
    for first in range(0, visitors, _TOGETHER):
        await asyncio.gather(*(tab.open() for tab in tabs[first : first + _TOGETHER]))
    for tab in tabs:
        await tab.move(chance.choice(tab.controls()), chance)
    moment = time.monotonic() + 5
    waiting = [asyncio.create_task(back(address, tab, moment)) for tab in tabs]
    await asyncio.sleep(moment - time.monotonic() - 0.01)
    os.kill(pids[0], signal.SIGKILL)
    return await asyncio.gather(*waiting)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--visitors", type=int, default=40)
    visitors = parser.parse_args().visitors
    with behind_nginx(2) as (address, pids):
        found = asyncio.run(killed_under(address, pids, visitors))
    seconds = [each for each in found if each is not None]
    print_report(
        what="seconds until those whose replica was killed are back, with what they had set",
        visitors=visitors,
        theirs_lived=visitors - len(seconds),
        seconds=spread(seconds, 2),
        most=round(max(seconds), 2),
    )


if __name__ == "__main__":
    main()
