"""The answers of a network that is asked about a scene, and how many are right."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes.facts import FIRST, INDEX, OPEN, QUESTIONS
from dashboard.datasets.scenes.world import KINDS


def parts(flat: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """(n, answers) cut at the questions: (n, answers of that question) one after the other."""
    yield from np.split(flat, FIRST[1:], axis=1)


def best(flat: NDArray[np.float32]) -> NDArray[np.int8]:
    """The likeliest answer to every question, (n, questions), of logits or probabilities (n, answers)."""
    return np.stack([part.argmax(1) for part in parts(flat)], axis=1).astype(np.int8)


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
