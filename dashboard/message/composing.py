"""The scene of the game: the original, one by its number, or one that a visitor puts together."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes import Scene, Subject, render
from dashboard.datasets.scenes.sampling import shown
from dashboard.datasets.scenes.world import (
    COLOURS_OF,
    FACES,
    KINDS,
    PETS,
    PLACES,
    POSES_OF,
    REACHED,
    REACHING,
    TALL,
    Kind,
    Place,
)

NUMBERS = 9_999  # the last scene that can be asked for by number
_SEPARATORS = ("~", ".")  # between parts and between the words of one, in an address


class Wanted(NamedTuple):
    """A subject as the visitor asks for it; what does not exist gives way to what does."""

    kind: str
    colour: str = ""
    pose: str = ""


def kinds(place: str, but: str = "") -> tuple[Kind, ...]:
    """What can stand in a place, beside a subject of another kind."""
    return tuple(kind for kind in KINDS if kind != but and (place != "room" or kind not in TALL))


def compose(place: str, wanted: Sequence[Wanted], shining: bool = True, reaching: bool = False) -> Scene:
    """A scene of one or two subjects, the first on the left of the second.

    What the world has not gives way to what it has. A paw is stretched only where one can be.
    """
    where: Place = _first(place, PLACES)
    subjects: list[Subject] = []
    for i, one in enumerate(wanted[:2]):
        others = kinds(where, subjects[0].kind if subjects else "")
        kind: Kind = _first(one.kind, others)
        poses = POSES_OF[kind]
        subjects.append(
            Subject(
                kind,
                _first(one.colour, COLOURS_OF[kind]),
                "centre" if len(wanted) == 1 else ("left", "right")[i],
                "medium",
                _first(one.pose, poses) if poses else None,
                ("right", "left")[i] if kind in FACES else None,
            )
        )
    return Scene(where, tuple(subjects), shining, 0, reaching and can_reach(subjects))


def can_reach(subjects: Sequence[Subject]) -> bool:
    """Whether the first subject could stretch a paw toward the second."""
    if len(subjects) < 2:
        return False
    first, second = subjects[:2]
    return first.kind in PETS and first.pose in REACHING and second.kind in REACHED


def read(text: str) -> Scene:
    """A scene from an address: its number, or its parts as `written` writes them.

    Raises:
        ValueError: there is no such scene.
    """
    if (number := _number(text)) is not None:
        return shown(number)
    between, within = _SEPARATORS
    whole, *parts = text.split(between)
    try:
        place, shining, detail, reaching = whole.split(within)
        members = []
        for part in parts:
            kind, colour, side, size, pose, facing = part.split(within)
            members.append(Subject(kind, colour, side, size, pose or None, facing or None))  # type: ignore[arg-type]
        return Scene(place, tuple(members), shining == "1", int(detail), reaching == "1")  # type: ignore[arg-type]
    except (ValueError, KeyError) as error:
        raise ValueError(f"no scene is written {text!r}") from error


def written(scene: Scene) -> str:
    """A scene for an address."""
    between, within = _SEPARATORS
    whole = (scene.place, str(int(scene.shining)), str(scene.detail), str(int(scene.reaching)))
    parts = [(s.kind, s.colour, s.side, s.size, s.pose or "", s.facing or "") for s in scene.subjects]
    return between.join(within.join(words) for words in (whole, *parts))


def picture(text: str) -> NDArray[np.uint8]:
    """The image (64, 64, 3) of the scene of an address: the same for the same address."""
    return render(read(text), _number(text) or 0)


def _number(text: str) -> int | None:
    """The number of a scene that a text writes, if it writes one."""
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else None


def _first(wanted: str, options: Sequence[Any]) -> Any:
    """What is wanted where there is such a thing, else the first."""
    return wanted if wanted in options else options[0]
