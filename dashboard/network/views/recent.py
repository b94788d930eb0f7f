"""The key by which runs are kept for all visitors."""

from __future__ import annotations

from collections.abc import Hashable

from dashboard.datasets.plane import Split
from dashboard.network.settings import Settings


def key_of(settings: Settings, split: Split) -> Hashable:
    """What decides a run: its settings, and the points in case they are the visitor's own."""
    arrays = (split.train_points, split.train_targets, split.test_points, split.test_targets)
    return settings, *(array.tobytes() for array in arrays)
