"""The missions can be fulfilled, and only by what they ask for."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.datasets.points import PointSet, pack, snap
from dashboard.perceptron.experiment import Settings, experiment
from dashboard.perceptron.missions import MISSIONS, NOISES, STARTS, breaking_noise, check

HAND = (1.0, -1.0, 0.0)


@pytest.mark.parametrize("mission", MISSIONS)
def test_missions_are_not_done_at_the_start(mission):
    assert not check(mission, STARTS[mission], HAND).done


def test_noise_is_the_first_that_breaks_separability():
    start = STARTS["noise"]
    limit = breaking_noise(start)
    assert limit in NOISES
    for noise in NOISES:
        outcome = check("noise", replace(start, noise=noise), HAND)
        assert outcome.done == (noise == limit)
    before = experiment(replace(start, noise=round(limit - 0.02, 2), updates=2000)).run
    assert before.converged and not experiment(replace(start, noise=limit, updates=2000)).run.converged


def test_xor_at_most_three():
    rng = np.random.default_rng(0)
    done = [check("xor", STARTS["xor"], tuple(w)).facts["errors"] for w in rng.uniform(-2, 2, (2000, 3))]
    assert min(done) == 1
    assert check("xor", STARTS["xor"], (1.0, 1.0, 0.5)).done


def test_hand_can_beat_the_machine():
    settings = STARTS["hand"]
    pocket = experiment(replace(settings, rule="pocket")).run.answer[-1]
    assert check("hand", settings, tuple(pocket)).done


def test_slow_can_be_reached_with_four_points():
    points = snap(np.array([[0.5, 0.5], [0.5, 0.66], [-0.9, -0.74], [-0.9, -0.9]]))
    own = pack(PointSet(points, np.array([-1, 1, 1, -1])))
    outcome = check("slow", Settings(data="own", own=own), HAND)
    assert outcome.done and outcome.facts["points"] == 4
