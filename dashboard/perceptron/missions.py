"""The missions' automatic checks: what the state of the page says about each."""

from dataclasses import replace

import numpy as np

from dashboard.missions import Outcome
from dashboard.perceptron.experiment import Settings, experiment
from dashboard.perceptron.learning import misclassified

MISSIONS = ("noise", "hand", "xor", "slow")
BY_HAND = ("hand", "xor")  # done with the line in hand
NOISES = tuple(round(0.02 * k, 2) for k in range(31))  # the steps of the noise slider
_CROWD = 6  # points allowed in the slow mission
_MANY = 100  # corrections asked for in the slow mission

# What a mission sets on the page before it begins.
STARTS = {
    "noise": Settings(data="separable"),
    "hand": Settings(data="overlapping"),
    "xor": Settings(data="xor"),
    "slow": Settings(data="own"),
}


def breaking_noise(start: Settings) -> float:
    """The smallest noise at which no line separates the clouds any more; infinite if there is none."""
    for noise in NOISES:
        facts = experiment(replace(start, noise=noise)).separability
        if facts is not None and facts.separator is None:
            return noise
    return float("inf")


def check(mission: str, settings: Settings, hand: tuple[float, float, float]) -> Outcome:
    """Compare the page with what the mission asks.

    Args:
        mission: one of ``MISSIONS``.
        settings: of the experiment on the page.
        hand: the weights set by hand.

    Raises:
        KeyError: for an unknown mission.
    """
    start, result = STARTS[mission], experiment(settings)
    points, labels = result.data.points, result.data.labels
    by_hand = int(misclassified(points, labels, np.array(hand)).sum())
    if mission == "noise":
        limit = breaking_noise(replace(start, size=settings.size, margin=settings.margin, seed=settings.seed))
        answer = "abcd"[int(np.searchsorted([0.11, 0.21, 0.41], limit))]
        return Outcome(
            settings.data == start.data and settings.noise == limit, answer, {"noise": settings.noise}
        )
    if mission == "xor":
        clean = settings.data == "xor" and settings.noise == 0
        return Outcome(clean and by_hand == 1, "c", {"errors": by_hand})
    run = result.run
    if mission == "hand":
        machine = 0 if run is None else int(misclassified(points, labels, run.answer[-1]).sum())
        return Outcome(
            settings.data == start.data and by_hand < machine, "a", {"mine": by_hand, "machine": machine}
        )
    if mission == "slow":
        done = (
            settings.data == start.data
            and settings.rule == "rosenblatt"
            and run is not None
            and run.converged
            and len(points) <= _CROWD
            and run.updates >= _MANY
        )
        return Outcome(done, "a", {"points": len(points), "updates": 0 if run is None else run.updates})
    raise KeyError(mission)
