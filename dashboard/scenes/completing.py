"""From what a text says to a whole scene: what it leaves open is drawn by lot."""

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes.facts import ASPECTS, INDEX, OPEN, QUESTIONS
from dashboard.datasets.scenes.grammar import relation
from dashboard.datasets.scenes.sampling import WEIGHTS
from dashboard.datasets.scenes.world import (
    COLOURS_OF,
    DETAILS,
    FACES,
    FACINGS,
    KINDS,
    PLACES,
    POSES_OF,
    SIDES,
    SIZES,
    TALL,
    Kind,
    Scene,
    Subject,
)

TRIES = 500  # lots drawn before a text is held to ask for what no scene can show


def complete(row: NDArray[np.int8], kinds: Sequence[Kind], where: str, random: Random) -> Scene | None:
    """A scene at random that shows all that a row (questions,) tells; None when none can.

    Args:
        kinds: one or two subjects, in the order in which the text names them; none leaves them to chance.
        where: where the second subject is from the first, as `relation` names it, or empty.
    """

    def told(kind: Kind | None, aspect: str) -> Any:
        answer = int(row[INDEX[kind, aspect]])
        return None if answer == OPEN else QUESTIONS[INDEX[kind, aspect]].answers[answer]

    for _ in range(TRIES):
        place = told(None, "place") or random.choice(PLACES)
        possible = [kind for kind in KINDS if place != "room" or kind not in TALL]
        named = list(kinds) or random.choices(possible, [WEIGHTS[kind] for kind in possible])
        subjects = [_subject(kind, {one: told(kind, one) for one in ASPECTS}, random) for kind in named]
        shining, detail = told(None, "shining"), told(None, "detail")
        try:
            scene = Scene(
                place,
                tuple(subjects),
                random.random() < 0.4 if shining is None else shining == "yes",
                random.randrange(len(DETAILS[place])) if detail is None else int(detail),
                told(None, "reaching") == "yes",
            )
        except ValueError:  # the lots do not fit together: draw again
            continue
        if len(subjects) < 2 or not where or relation(scene) == where:
            return scene
    return None


def _subject(kind: Kind, told: dict[str, Any], random: Random) -> Subject:
    poses = POSES_OF[kind]
    return Subject(
        kind,
        told["colour"] or random.choice(COLOURS_OF[kind]),
        told["side"] or random.choice(SIDES),
        told["size"] or random.choice(SIZES),
        (told["pose"] or random.choice(poses)) if poses else None,
        (told["facing"] or random.choice(FACINGS)) if kind in FACES else None,
    )
