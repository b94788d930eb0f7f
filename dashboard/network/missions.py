"""The missions' automatic checks: what the settings on the page and their run say about each."""

import numpy as np

from dashboard.missions import Outcome
from dashboard.network.luck import SOLVED
from dashboard.network.settings import Settings
from dashboard.network.trainer import layer_views
from dashboard.network.training import Film

MISSIONS = ("xor", "circle", "features", "spiral", "overfit", "zeros", "diverge")
FEW_ON_XOR = 4
FEW_ON_CIRCLE = 3  # two tanh neurons in one layer cut out wedges and bands, never a closed shape
FEW_ON_SPIRAL = 16
BY_HEART = 0.99  # score on the training points in the overfitting mission
GAP = 0.15  # by how much the score on the test points must stay below
_ALIKE = 1e-4  # rounding tells twins apart a little

# What a mission sets on the page before it begins.
STARTS = {
    "xor": Settings(data="xor", hidden=()),
    "circle": Settings(data="circle", hidden=(2,)),
    "features": Settings(data="circle", hidden=()),
    "spiral": Settings(data="spiral", optimiser="adam", learning_rate=0.03, epochs=1000),
    "overfit": Settings(data="moons", noise=0.3, optimiser="adam", epochs=500),
    "zeros": Settings(data="circle"),
    "diverge": Settings(data="plane", learning_rate=0.03),
}

# Which prediction is right, whatever the visitor's own run.
_ANSWERS = {
    "xor": "c",
    "circle": "c",
    "features": "c",
    "spiral": "a",
    "overfit": "a",
    "zeros": "b",
    "diverge": "b",
}


def check(mission: str, settings: Settings, film: Film) -> Outcome:
    """Compare the page with what the mission asks.

    Args:
        mission: one of ``MISSIONS``.
        settings: as the controls stand.
        film: the run of these settings.

    Returns:
        Scores among the facts are percentages.

    Raises:
        KeyError: for an unknown mission.
    """
    train, test = float(film.train_score[-1]), float(film.test_score[-1])
    ran = settings.data == STARTS[mission].data and film.diverged_at is None
    solved = ran and test >= SOLVED
    plain = settings.inputs == ("x1", "x2")
    neurons = sum(settings.hidden)
    facts: dict[str, float] = {
        "neurons": neurons,
        "train": round(100 * train),
        "test": round(100 * test),
    }
    if mission == "xor":
        few = len(settings.hidden) == 1 and neurons <= FEW_ON_XOR
        done = solved and plain and few and settings.activation == "tanh"
    elif mission == "circle":
        few = len(settings.hidden) == 1 and neurons <= FEW_ON_CIRCLE
        done = solved and plain and few and settings.activation == "tanh"
    elif mission == "features":
        done = solved and not settings.hidden
    elif mission == "spiral":
        done = solved and plain and neurons <= FEW_ON_SPIRAL
    elif mission == "overfit":
        done = ran and train >= BY_HEART and train - test >= GAP
    elif mission == "zeros":
        done = ran and settings.initialisation == "zeros" and twins(film)
    else:
        done = settings.data == STARTS[mission].data and film.diverged_at is not None
        facts = {
            "epoch": film.diverged_at or 0,
            "first": float(film.train_loss[0]),
            "rate": settings.learning_rate,
        }
    return Outcome(done, _ANSWERS[mission], facts)


def twins(film: Film) -> bool:
    """Whether at the end all neurons of each hidden layer have the same weights (and some layer has two)."""
    hidden = layer_views(film.weights[-1], film.sizes)[:-1]
    return any(len(matrix) > 1 for matrix in hidden) and all(
        bool((np.ptp(matrix, axis=0) <= _ALIKE).all()) for matrix in hidden
    )
