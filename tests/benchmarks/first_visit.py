"""What the first visitor of a fresh replica waits for: every page once, and once more, all received.

    python -m tests.benchmarks.first_visit

A replica as it is hosted (`deploy/local.py`), from the moment it says that it is ready.
"""

import asyncio

from dashboard.shell import PAGES
from tests.benchmarks.crowd import behind_nginx
from tests.benchmarks.report import print_report
from tests.benchmarks.visitor import Visitor


async def opened(address: str) -> dict[str, int]:
    """Milliseconds until each page was drawn, each for a visitor of its own."""
    found = {}
    for page in PAGES:
        visitor = Visitor(address, "" if page is PAGES[0] else page.slug)
        found[page.slug] = round(await visitor.open())
        await visitor.close()
        if visitor.failures:
            raise RuntimeError(f"{page.slug}: {visitor.failures[0]}")
    return found


def main() -> None:
    with behind_nginx(1) as (address, _):
        first, again = (asyncio.run(opened(address)) for _ in range(2))
    print_report(what="milliseconds until a page is drawn", first=first, again=again)


if __name__ == "__main__":
    main()
