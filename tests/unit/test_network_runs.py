"""Results kept for all visitors."""

import numpy as np

from dashboard.datasets import plane
from dashboard.network.settings import Settings
from dashboard.network.views.runs import key_of
from dashboard.ui.interrupt import waiting
from dashboard.ui.recent import Recent


def test_the_one_asked_for_longest_ago_goes_first():
    kept: Recent[int] = Recent(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_the_key_knows_the_visitors_own_points_apart():
    split = plane.make("xor", 40, 0.0, 0.5, 0)
    other = plane.split(
        np.concatenate([split.train_points, split.test_points]),
        1 - np.concatenate([split.train_targets, split.test_targets]),
        0.5,
        np.random.default_rng(0),
        "classes",
        2,
    )
    settings = Settings(data="own")
    assert key_of(settings, split) == key_of(Settings(data="own"), plane.make("xor", 40, 0.0, 0.5, 0))
    assert key_of(settings, split) != key_of(settings, other)


def test_nobody_waits_outside_a_page():
    assert not waiting()
