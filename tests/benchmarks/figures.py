"""Processor time from arrays to the JSON that travels, of every figure, here and at an older commit.

    python -m tests.benchmarks.figures [COMMIT]

The commit must have ``tests/unit/figure_cases.py``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

RUNS = 15
ROUNDS = 3
BEFORE = "8e673d8"
"""Figures were still built up by ``add_scatter`` and ``update_layout``."""


def here() -> dict[str, tuple[float, int]]:
    """Of each figure, the median milliseconds of processor and the bytes of its JSON."""
    import plotly.io
    from streamlit.elements.lib.streamlit_plotly_theme import configure_streamlit_plotly_theme

    from tests.unit.figure_cases import CASES

    configure_streamlit_plotly_theme()
    found = {}
    for name, build in CASES.items():
        spent, size = [], 0
        for _ in range(RUNS):
            started = time.process_time()
            size = len(plotly.io.to_json(build().to_dict(), validate=False))
            spent.append((time.process_time() - started) * 1e3)
        found[name] = (float(np.median(spent)), size)
    return found


def there(folder: Path) -> dict[str, tuple[float, int]]:
    """The same in a process of its own, on the code in ``folder``."""
    command = [sys.executable, __file__, "--here"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    printed = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return json.loads(printed.stdout.splitlines()[-1])


def main(commit: str) -> None:
    """Print a line a figure, then the report."""
    from tests.benchmarks.checkout import checkout
    from tests.benchmarks.report import print_report
    from tests.conftest import ROOT

    with checkout(commit) as old:
        rounds = [(there(old), there(ROOT)) for _ in range(ROUNDS)]
    rows = {}
    for name in rounds[0][0].keys() & rounds[0][1].keys():
        before, after = (float(np.median([pair[k][name][0] for pair in rounds])) for k in (0, 1))
        rows[name] = (round(before, 2), round(after, 2), *(rounds[0][k][name][1] for k in (0, 1)))
        print(f"{name:32}{before:8.2f} ->{after:6.2f} ms {rows[name][2]:8} ->{rows[name][3]:6} bytes")
    before, after, *sizes = (round(float(np.median([row[k] for row in rows.values()])), 2) for k in range(4))
    print_report(
        what="a figure from arrays to JSON, median of all: ms of processor and bytes, before and after",
        commit=commit,
        ms=[before, after],
        bytes=sizes,
        most_ms=[max(row[k] for row in rows.values()) for k in (0, 1)],
        figures=len(rows),
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--here"]:
        print(json.dumps(here()))
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else BEFORE)
