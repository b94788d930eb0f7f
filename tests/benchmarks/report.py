"""What every benchmark prints: one JSON object on its last line."""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def spread(values: Sequence[float], digits: int = 1) -> dict[str, Any]:
    """Median, p95 and number of runs."""
    return {
        "median": round(float(np.median(values)), digits),
        "p95": round(float(np.percentile(values, 95)), digits),
        "n": len(values),
    }


def measure(action: Callable[[], Any], runs: int, warm_up: int = 5) -> dict[str, Any]:
    """Milliseconds that an action takes, on the clock and of the processor, after some runs to warm up."""
    wall, cpu = [], []
    for _ in range(warm_up):
        action()
    for _ in range(runs):
        started, spent = time.perf_counter(), time.process_time()
        action()
        wall.append((time.perf_counter() - started) * 1e3)
        cpu.append((time.process_time() - spent) * 1e3)
    return {"wall_ms": spread(wall, 2), "cpu_ms": spread(cpu, 2)}


def print_report(**report: Any) -> None:
    """Print the report as the last line."""
    print(json.dumps(report, ensure_ascii=False), flush=True)
