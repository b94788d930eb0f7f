"""What of a scene is worth saying first."""

from dashboard.datasets.scenes.facts import INDEX
from dashboard.datasets.scenes.world import DETAILS, POSES_OF, SIDES, Scene, Subject

RELATIONS = ("left", "right", "above", "below")
RELATION = -1  # stands among the questions of a row for where the second subject is from the first


def relation(scene: Scene) -> str:
    """Where the second subject is, seen from the first: one of `RELATIONS`."""
    return between(*scene.subjects)


def between(first: Subject, second: Subject) -> str:
    """Where the second of two subjects is, seen from the first: one of `RELATIONS`."""
    if first.side == second.side:
        return "above" if second.aloft else "below"
    return "left" if SIDES.index(second.side) < SIDES.index(first.side) else "right"


def order(scene: Scene, relative: bool = False) -> list[int]:
    """All that can be said of a scene, as questions of its row, most important first.

    Args:
        relative: say where the second subject is from the first, before where both are in the image.
    """
    first, *others = scene.subjects
    second = others[0] if others else None
    both = [one for one in (first, second) if one]

    def of(subject: Subject | None, aspect: str) -> list[int]:
        return [INDEX[subject.kind, aspect]] if subject else []

    def posed(subject: Subject | None) -> list[int]:
        return of(subject, "pose") if subject and len(POSES_OF[subject.kind]) > 1 else []

    sides = [*of(first, "side"), *of(second, "side")]
    if relative and second:
        sides = [RELATION, *of(first, "side")]
    shining, detail = [INDEX[None, "shining"]], [INDEX[None, "detail"]]
    bare = DETAILS[scene.place][scene.detail] == "none"
    return [
        *of(first, "present"),
        *of(first, "colour"),
        *of(second, "present"),
        INDEX[None, "place"],
        *posed(first),
        *([INDEX[None, "reaching"]] if scene.reaching else []),
        *of(second, "colour"),
        *sides,
        *posed(second),
        *(shining if scene.shining else []),
        *([] if bare else detail),
        *(place for one in both if one.size != "medium" for place in of(one, "size")),
        *(place for one in both if one.facing for place in of(one, "facing")),
        *(place for one in both if len(POSES_OF[one.kind]) == 1 for place in of(one, "pose")),
        *([] if scene.shining else shining),
        *(place for one in both if one.size == "medium" for place in of(one, "size")),
        *(detail if bare else []),
    ]
