"""Facts as networks take them: a one for every answer asked for, and random choices of what is said."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes.facts import ANSWERS, ASPECTS, FIRST, INDEX, OPEN, QUESTIONS
from dashboard.datasets.scenes.world import KINDS

# How often a text tells each aspect; a terse text a third of that, a thorough one nearly twice as often.
TOLD = {
    "place": 0.85,
    "shining": 0.5,
    "detail": 0.4,
    "reaching": 0.9,
    "present": 1.0,
    "colour": 0.8,
    "pose": 0.75,
    "size": 0.4,
    "side": 0.55,
    "facing": 0.35,
}
TERSE, THOROUGH = 0.35, 1.8
_OFTEN = np.array([TOLD[question.aspect] for question in QUESTIONS])
# That something is not there is never said.
_ONLY_YES = np.array([question.aspect in ("present", "reaching") for question in QUESTIONS])


def one_hot(rows: NDArray[np.int8], said: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
    """Rows of facts (n, questions) as (n, answers): one where an answer is said, else zero."""
    sayable = (rows != OPEN) & ~(_ONLY_YES & (rows == 0))
    chosen = sayable if said is None else sayable & said
    asked = np.zeros((len(rows), ANSWERS), np.float32)
    row, question = np.nonzero(chosen)
    asked[row, FIRST[question] + rows[row, question]] = 1.0
    return asked


def some(rows: NDArray[np.int8], random: np.random.Generator) -> NDArray[np.bool_]:
    """What a text might say of each row, (n, questions) at random: its subjects, and some of the rest."""
    degree = random.random((len(rows), 1))
    factor = np.where(degree < 0.15, TERSE, np.where(degree < 0.35, THOROUGH, 1.0))
    said = random.random(rows.shape) < _OFTEN * factor
    for kind in KINDS:
        first = INDEX[kind, "present"]
        said[:, first] = True
        said[:, first + 1 : first + len(ASPECTS)] &= rows[:, first : first + 1] == 1
    return said


def parts(flat: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """(n, answers) cut at the questions: (n, answers of that question) one after the other."""
    yield from np.split(flat, FIRST[1:], axis=1)


def best(flat: NDArray[np.float32]) -> NDArray[np.int8]:
    """The likeliest answer to every question, (n, questions), of logits or probabilities (n, answers)."""
    return np.stack([part.argmax(1) for part in parts(flat)], axis=1).astype(np.int8)


def shares(flat: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The probabilities of each question's answers, from logits (n, answers)."""
    found = []
    for part in parts(flat):
        powers = np.exp(part - part.max(1, keepdims=True))
        found.append(powers / powers.sum(1, keepdims=True))
    return found


def right(
    found: NDArray[np.int8], rows: NDArray[np.int8], said: NDArray[np.bool_] | None = None
) -> dict[str, float]:
    """The share of right answers by aspect, over what there is to answer (or what was `said` of it).

    "kinds" counts the scenes whose subjects are all found, and no other.
    """
    scores: dict[str, list[float]] = {}
    there = [INDEX[kind, "present"] for kind in KINDS]
    asked = (rows != OPEN) if said is None else (rows != OPEN) & said
    for place, question in enumerate(QUESTIONS):
        if question.aspect != "present":
            scores.setdefault(question.aspect, []).extend(
                (found[:, place] == rows[:, place])[asked[:, place]].astype(float).tolist()
            )
    scores["kinds"] = (found[:, there] == rows[:, there]).all(1).astype(float).tolist()
    return {aspect: float(np.mean(values)) for aspect, values in scores.items() if values}
