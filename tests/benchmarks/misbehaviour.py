"""What a bystander waits for while others misbehave, on a replica as it is hosted.

Hundreds of runs asked for by a visitor who reads, and by ten who read nothing; a hundred who come and vanish
while their page is drawn. The rest of what may be done to a server (broken frames, values of no control,
forged uploads) is Streamlit's to refuse.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable

from tests.benchmarks.report import print_report, spread
from tests.benchmarks.visitor import Visitor
from tests.conftest import ROOT, running

PAGE = "perceptron"
PAUSE = 0.2
"""Seconds between two changes of the bystander."""


async def quiet(address: str) -> None:
    """Nobody else."""
    await asyncio.sleep(3)


async def flood(address: str) -> None:
    """One visitor asks for 500 runs at once."""
    visitor = Visitor(address, PAGE)
    await visitor.open()
    for _ in range(500):
        await visitor.ask()
    await visitor.run()
    await visitor.close()


async def slow_readers(address: str) -> None:
    """Ten visitors ask for 300 runs each and read nothing."""
    visitors = [Visitor(address, PAGE) for _ in range(10)]
    for visitor in visitors:
        await visitor.open()
        visitor.stop_reading()
    for _ in range(300):
        for visitor in visitors:
            with contextlib.suppress(TimeoutError, OSError):
                await asyncio.wait_for(visitor.ask(), 1)
    await asyncio.sleep(3)
    for visitor in visitors:
        visitor.vanish()


async def vanishing(address: str) -> None:
    """A hundred visitors, ten at a time, gone while their page is drawn."""
    chance = random.Random(0)

    async def one() -> None:
        visitor = Visitor(address, PAGE)
        await visitor.connect()
        await visitor.ask()
        await asyncio.sleep(chance.uniform(0, 0.1))
        visitor.vanish()

    for _ in range(10):
        await asyncio.gather(*(one() for _ in range(10)))


async def beside(address: str, act: Callable[[str], Awaitable[None]]) -> dict[str, float]:
    """Milliseconds that a bystander waits for a run of the page meanwhile."""
    waited: list[float] = []
    bystander = Visitor(address, PAGE)
    await bystander.open()

    acting = asyncio.create_task(act(address))
    while not acting.done():
        waited.append(await bystander.run())
        await asyncio.sleep(PAUSE)
    await acting
    await bystander.close()
    return {**spread(waited, 0), "most": round(max(waited))}


def main() -> None:
    with running(ROOT / "deploy" / "app.py") as (address, _):
        found = {
            act.__name__: asyncio.run(beside(address, act)) for act in (quiet, flood, slow_readers, vanishing)
        }
    print_report(what="milliseconds that a bystander waits for a run", **found)


if __name__ == "__main__":
    main()
