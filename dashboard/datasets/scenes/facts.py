"""A scene as a row of numbers: what networks learn to tell, and what a text says or leaves open.

A row has one number a question: four about the whole scene, then six for each kind of subject (is it there,
its colour, pose, size, side, and where it looks). `OPEN` stands where there is nothing to answer (the colour
of a dog that is not there) or where a text does not say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes.world import (
    COLOURS,
    DETAILS,
    FACINGS,
    KINDS,
    PLACES,
    POSES,
    SIDES,
    SIZES,
    Kind,
    Scene,
)

OPEN = -1
ASPECTS: dict[str, tuple[str, ...]] = {
    "present": ("no", "yes"),
    "colour": COLOURS,
    "pose": POSES,
    "size": SIZES,
    "side": SIDES,
    "facing": FACINGS,
}
WHOLE: dict[str, tuple[str, ...]] = {
    "place": PLACES,
    "shining": ("no", "yes"),
    "detail": tuple(str(number) for number in range(len(DETAILS["grass"]))),
    "reaching": ("no", "yes"),
}


@dataclass(frozen=True)
class Question:
    """One place of a row: an aspect of the whole scene (`kind` None) or of one kind of subject."""

    kind: Kind | None
    aspect: str
    answers: tuple[str, ...]


QUESTIONS: tuple[Question, ...] = (
    *(Question(None, aspect, answers) for aspect, answers in WHOLE.items()),
    *(Question(kind, aspect, answers) for kind in KINDS for aspect, answers in ASPECTS.items()),
)
INDEX: dict[tuple[Kind | None, str], int] = {(q.kind, q.aspect): i for i, q in enumerate(QUESTIONS)}
SIZES_OF_ANSWERS: tuple[int, ...] = tuple(len(question.answers) for question in QUESTIONS)
FIRST: NDArray[np.int64] = np.cumsum([0, *SIZES_OF_ANSWERS])[
    :-1
]  # each question's first answer in a flat list
ANSWERS = sum(SIZES_OF_ANSWERS)


def facts(scene: Scene) -> NDArray[np.int8]:
    """All that can be told of a scene: (questions,) answers by number, `OPEN` where there is none."""
    row = np.full(len(QUESTIONS), OPEN, np.int8)
    row[INDEX[None, "place"]] = PLACES.index(scene.place)
    row[INDEX[None, "shining"]] = scene.shining
    row[INDEX[None, "detail"]] = scene.detail
    row[INDEX[None, "reaching"]] = scene.reaching
    for kind in KINDS:
        row[INDEX[kind, "present"]] = 0
    for subject in scene.subjects:
        start = INDEX[subject.kind, "present"]
        row[start : start + len(ASPECTS)] = (
            1,
            COLOURS.index(subject.colour),
            POSES.index(subject.pose) if subject.pose else OPEN,
            SIZES.index(subject.size),
            SIDES.index(subject.side),
            FACINGS.index(subject.facing) if subject.facing else OPEN,
        )
    return row
