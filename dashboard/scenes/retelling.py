"""What a text was taken to say, said again by the grammars: free words become sentences that others know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from dashboard.datasets.scenes import Scene, Subject
from dashboard.datasets.scenes.facts import INDEX, OPEN, QUESTIONS, facts
from dashboard.datasets.scenes.grammar import LANGUAGES, RELATION, LanguageName, order, relation
from dashboard.datasets.scenes.grammar.compose import Composer
from dashboard.datasets.scenes.world import COLOURS_OF, FACES, PLACES, POSES_OF, SIDES, Kind
from dashboard.scenes.reading import Understood

MOST = 2  # subjects of a scene


@dataclass(frozen=True)
class Meant:
    """A scene that a text could be about, and the facts of it that the text tells."""

    scene: Scene
    told: frozenset[int]

    def text(self, language: LanguageName) -> str:
        """These facts in one sentence, and no other."""
        return Composer(self.scene, self.told, LANGUAGES[language], 0).text()


def meant(understood: Understood) -> Meant | None:
    """The first scene that fits a text; none where it names no subject or asks for what no scene has.

    Of more subjects than a scene holds, the first are kept; a size that leaves no room is let go.
    """
    kinds = understood.kinds[:MOST]
    if not kinds:
        return None
    wanted = understood.relation if len(kinds) == MOST else ""
    for scene in _fitting(understood, kinds):
        if not wanted or relation(scene) == wanted:
            told = np.flatnonzero((understood.row != OPEN) & (understood.row == facts(scene)))
            sayable = order(scene, relative=bool(wanted))
            said = frozenset(fact for fact in sayable if fact in told or (fact == RELATION and wanted))
            return Meant(scene, said)
    return None


def _fitting(understood: Understood, kinds: Sequence[Kind]) -> Iterator[Scene]:
    """Scenes of these subjects with all that the text tells of them; what it leaves open is tried in turn."""

    def answers(kind: Kind | None, aspect: str, open_to: Sequence[str]) -> Sequence[str]:
        question = INDEX[kind, aspect]
        said = understood.row[question]
        return open_to if said == OPEN else (QUESTIONS[question].answers[said],)

    subjects = [
        [
            Subject(kind, colour, side, size, pose, facing)  # type: ignore[arg-type]
            for colour, side, size, pose, facing in product(
                answers(kind, "colour", COLOURS_OF[kind][:1]),
                answers(kind, "side", SIDES),
                (*answers(kind, "size", ()), "medium"),
                answers(kind, "pose", POSES_OF[kind]) or (None,),
                answers(kind, "facing", ("left", "right")) if kind in FACES else (None,),
            )
        ]
        for kind in kinds
    ]
    whole = (
        answers(None, "place", PLACES),
        answers(None, "shining", ("no",)),
        answers(None, "detail", ("0",)),
        answers(None, "reaching", ("no",)),
    )
    for place, shining, detail, reaching in product(*whole):
        for members in product(*subjects):
            try:
                yield Scene(place, members, shining == "yes", int(detail), reaching == "yes")  # type: ignore[arg-type]
            except ValueError:  # the world has no such scene: try the next
                continue
