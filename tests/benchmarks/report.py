"""What every benchmark prints: one JSON object on its last line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np


def spread(values: Sequence[float], digits: int = 1) -> dict[str, Any]:
    """Median, p95 and number of runs."""
    return {
        "median": round(float(np.median(values)), digits),
        "p95": round(float(np.percentile(values, 95)), digits),
        "n": len(values),
    }


def print_report(**report: Any) -> None:
    """Print the report as the last line."""
    print(json.dumps(report, ensure_ascii=False), flush=True)
