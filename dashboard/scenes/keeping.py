"""Which facts of a scene a text tells, which an image shows, and what is left of them from round to round."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard import zoo
from dashboard.datasets.scenes import Scene
from dashboard.datasets.scenes.asking import best
from dashboard.datasets.scenes.facts import INDEX, OPEN, QUESTIONS, facts
from dashboard.datasets.scenes.grammar import (
    LANGUAGES,
    LONGEST,
    RELATION,
    SHORTEST,
    LanguageName,
    order,
)
from dashboard.datasets.scenes.grammar.compose import brief
from dashboard.datasets.scenes.grammar.plan import between
from dashboard.languages import typeset
from dashboard.scenes.describing import tell, tell_all
from dashboard.scenes.drawing import draw
from dashboard.scenes.images import as_input
from dashboard.scenes.reading import Understood, read

EYE = "scenes-eye"
LIMITS = (
    *range(SHORTEST, 40),
    *range(40, 70, 2),
    *range(70, 200, 5),
    *range(200, 400, 10),
    *range(400, LONGEST + 1, 25),
)
"""Characters that a text may be limited to: each where one word more may fit, then ever larger steps."""

CURVE = (12, 20, 30, 50, 80, 130, 200, 300, 600, 1000)  # of these, the ones of a curve
_ONLY_YES = np.array([question.aspect in ("present", "reaching") for question in QUESTIONS])
Fate = Literal["told", "open", "wrong"]


@dataclass(frozen=True)
class Round:
    """One passage of the telephone game: an image, what was said of it, and what of the first scene is left.

    Attributes:
        image: (64, 64, 3); text: what the describer said of it, empty for the last image.
        shown: (facts,) which facts of the first scene the image shows.
    """

    image: NDArray[np.uint8]
    text: str
    shown: NDArray[np.bool_]


def sayable(scene: Scene) -> list[int]:
    """The facts of a scene, as questions of its row, most important first."""
    return [fact for fact in order(scene) if fact != RELATION]


def named(scene: Scene, language: LanguageName) -> list[str]:
    """Each of `sayable` in a few words."""
    return [typeset(brief(scene, fact, LANGUAGES[language]), language) for fact in sayable(scene)]


def told(scene: Scene, understood: Understood) -> list[Fate]:
    """What became of each of `sayable` in a text: told, left open, or told otherwise than it is."""
    right, said = facts(scene), understood.row.copy()
    said[(said == 0) & _ONLY_YES] = OPEN  # that something is not there is never said
    if {one.kind for one in scene.subjects} == {*understood.kinds} and len(scene.subjects) == 2:
        lead, other = sorted(scene.subjects, key=lambda one: understood.kinds.index(one.kind))
        if understood.relation == between(lead, other):
            beside = INDEX[other.kind, "side"]  # told from the subject that the text begins with
            said[beside] = right[beside]
    fates: list[Fate] = []
    for fact in sayable(scene):
        fates.append("open" if said[fact] == OPEN else "told" if said[fact] == right[fact] else "wrong")
    return fates


def seen(images: NDArray[np.uint8]) -> NDArray[np.int8]:
    """The rows (n, questions) that the eye, a classifier of facts, makes of images (n, 64, 64, 3)."""
    with zoo.inference():
        return best(zoo.load(EYE)(as_input(images)).numpy())


def shown(scene: Scene, images: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which of `sayable` each image shows to the eye: (n, facts). What is not there shows nothing."""
    asked = sayable(scene)
    if not len(images):
        return np.zeros((0, len(asked)), bool)
    rows, right = seen(images), facts(scene)
    there = np.stack(
        [
            np.ones(len(rows), bool)
            if (kind := QUESTIONS[fact].kind) is None
            else rows[:, INDEX[kind, "present"]] == 1
            for fact in asked
        ],
        axis=1,
    )
    return (rows[:, asked] == right[asked]) & there


def curve(
    scene: Scene,
    image: NDArray[np.uint8],
    language: LanguageName,
    count: int = 1,
    seed: int = 0,
    progress: Callable[[float], object] = lambda share: None,
) -> tuple[NDArray[np.int_], NDArray[np.float64]]:
    """Under each of CURVE, how many of `sayable` the text tells, and its drawings show (mean of `count`).

    `progress` is told the share done, 0 to 1.
    """
    texts = tell_all(np.repeat(image[None], len(CURVE), axis=0), CURVE, language)
    telling = [told(scene, read(one.text)).count("told") for one in texts]
    showing = []
    for k, one in enumerate(texts, 1):
        showing.append(shown(scene, draw(one.text, count, seed).images).sum(1))
        progress(k / len(texts))
    return np.array(telling), np.array([float(found.mean()) if len(found) else 0.0 for found in showing])


def telephone(
    scene: Scene, image: NDArray[np.uint8], limit: int, language: LanguageName, rounds: int, seed: int = 0
) -> Iterator[Round]:
    """Image to text to image, so many rounds, each from what the last one gave; fewer when a text is void.

    Args:
        image: (64, 64, 3) of the scene, the first image of the game.
    """
    for turn in range(rounds + 1):
        text = tell(image, limit, language).text if turn < rounds else ""
        yield Round(image, text, shown(scene, image[None])[0])
        drawn = draw(text, 1, seed + turn).images if text else image[None][:0]
        if not len(drawn):
            return
        image = drawn[0]
