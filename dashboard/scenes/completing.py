"""What a text about subjects leaves open of its scene, settled by lot in further words.

Where a text tells neither place nor side, pose or gaze, the drawer follows several at once: a meadow that
ends in the sea, two butterflies for one, a cat with a head at both ends. So each drawing's text goes on with
words of the grammar that a lot has chosen: « dans l'herbe. Le chat est à droite, assis. ».
"""

from collections.abc import Sequence
from itertools import product
from random import Random

from dashboard.datasets.scenes.facts import INDEX, OPEN, QUESTIONS
from dashboard.datasets.scenes.grammar.evidence import evidence
from dashboard.datasets.scenes.grammar.text import split
from dashboard.datasets.scenes.grammar.words import LANGUAGES
from dashboard.datasets.scenes.world import (
    FACES,
    FACINGS,
    PETS,
    PLACES,
    POSES_OF,
    REACHING,
    SIDES,
    TALL,
    Kind,
    Pose,
    Side,
)
from dashboard.scenes.reading import Understood

ALONE = ("tout", "seul")  # of a text that names one subject: nobody asked for a second
SURE = 0.95  # probability of "not said" from which on nothing may contradict what is added
_MOST = 2  # subjects of a scene
_FRENCH = LANGUAGES["fr"]

Addition = tuple[Kind | None, tuple[str, ...]]  # plain words, and which subject they are about, if any


def completed(understood: Understood, seed: str) -> list[Addition]:
    """What a text of one or two subjects goes on with, in one drawing; nothing for any other text.

    Args:
        seed: of the lots; other words of the same subjects meet the same ones.
    """
    kinds = sorted(understood.kinds, key=lambda kind: _first_named(understood, kind))
    if not 1 <= len(kinds) <= _MOST:
        return []
    lots = Random(seed)
    poses = [_pose(understood, kind, lots) for kind in kinds]
    sides = _sides(understood, kinds, poses, lots)
    found: list[Addition] = [(kinds[0], ALONE)] if len(kinds) == 1 else []
    where = lots.choice([one for one in PLACES if one != "room" or not {*kinds} & {*TALL}])
    if _open(understood, None, "place"):
        found.append((None, tuple(split(f", {_FRENCH.places[where][0]}"))))
    for place, kind in enumerate(kinds):
        pose, facing = poses[place], lots.choice(FACINGS)
        if _reaches(understood, kind):
            facing = "left" if SIDES.index(sides[1 - place]) < SIDES.index(sides[place]) else "right"
        settled = {
            "side": _FRENCH.sides[sides[place]][0],
            "pose": _FRENCH.poses[pose][0] if pose and len(POSES_OF[kind]) > 1 else "",
            "facing": _FRENCH.facings[facing][0] if kind in FACES else "",
        }
        phrases = [phrase for aspect, phrase in settled.items() if phrase and _open(understood, kind, aspect)]
        if phrases:
            found.append((kind, _sentence(kind, ", ".join(phrases))))
    return found


def _open(understood: Understood, kind: Kind | None, aspect: str) -> bool:
    """Whether a text surely tells nothing of an aspect."""
    question = INDEX[kind, aspect]
    return bool(understood.row[question] == OPEN and understood.sure[question] >= SURE)


def _told(understood: Understood, kind: Kind, aspect: str) -> str:
    """What a text says of an aspect of a subject, empty where it does not."""
    question = INDEX[kind, aspect]
    answer = understood.row[question]
    return "" if answer == OPEN else QUESTIONS[question].answers[answer]


def _reaches(understood: Understood, kind: Kind) -> bool:
    """Whether this subject stretches a paw toward the other."""
    return understood.row[INDEX[None, "reaching"]] == 1 and kind in PETS and len(understood.kinds) == _MOST


def _pose(understood: Understood, kind: Kind, lots: Random) -> Pose | None:
    """The pose that a text tells of a subject, or one of those that it leaves possible; None without any."""
    possible = REACHING if _reaches(understood, kind) else POSES_OF[kind]
    if not possible:
        return None
    chosen, told = lots.choice(possible), _told(understood, kind, "pose")
    return next((pose for pose in POSES_OF[kind] if pose == told), chosen)


def _first_named(understood: Understood, kind: Kind) -> int:
    """The place of the first word that names a subject: relations are told from the one that comes first."""
    names = evidence()[INDEX[kind, "present"]][1]
    return next((place for place, word in enumerate(understood.words) if word in names), 0)


def _sides(
    understood: Understood, kinds: Sequence[Kind], poses: Sequence[str | None], lots: Random
) -> tuple[Side, ...]:
    """One side for each subject: different ones where the text does not tell otherwise, and the two ends for
    two on the ground, which would hide one another elsewhere."""
    told = [_told(understood, kind, "side") for kind in kinds]
    ways: list[tuple[Side, ...]] = [
        way
        for way in product(SIDES, repeat=len(told))
        if all(side in ("", chosen) for side, chosen in zip(told, way, strict=True))
    ]
    lot = lots.random()
    if len(told) == _MOST:
        ways = [way for way in ways if _agrees(way, understood.relation)] or ways
        if (poses[0] == "flying") == (poses[1] == "flying"):
            ways = [way for way in ways if "centre" not in way] or ways
    return ways[int(lot * len(ways))]


def _agrees(way: Sequence[Side], relation: str) -> bool:
    """Whether two subjects on these sides are as a text relates them; where it does not, apart."""
    first, second = map(SIDES.index, way)
    if relation in ("above", "below"):
        return first == second
    return (second < first) if relation == "left" else (second > first) if relation else second != first


def _sentence(kind: Kind, phrase: str) -> tuple[str, ...]:
    """A sentence of the grammar about a subject, as plain words, after the end of the one before."""
    noun = _FRENCH.nouns[kind][0]
    the = _FRENCH.article(_FRENCH.definite, noun.feminine, noun.word) + noun.word
    return (".", *split(f"{the} est {phrase.format(e='e' if noun.feminine else '')}"))
