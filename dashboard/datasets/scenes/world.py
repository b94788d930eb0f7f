"""What a scene can hold: five places, seven kinds of subject, their colours, poses and positions."""

from dataclasses import dataclass
from typing import Literal, get_args

Place = Literal["grass", "beach", "snow", "night", "room"]
Kind = Literal["cat", "dog", "bird", "butterfly", "ball", "tree", "house"]
Colour = Literal[
    "black", "white", "black-white", "grey", "orange", "brown", "red", "blue", "yellow", "green", "spotted"
]
Pose = Literal["sitting", "walking", "asleep", "back", "flying", "standing"]
Size = Literal["small", "medium", "large"]
Side = Literal["left", "centre", "right"]
Facing = Literal["left", "right"]

PLACES: tuple[Place, ...] = get_args(Place)
KINDS: tuple[Kind, ...] = get_args(Kind)
COLOURS: tuple[Colour, ...] = get_args(Colour)
POSES: tuple[Pose, ...] = get_args(Pose)
SIZES: tuple[Size, ...] = get_args(Size)
SIDES: tuple[Side, ...] = get_args(Side)
FACINGS: tuple[Facing, ...] = get_args(Facing)

_COAT: tuple[Colour, ...] = ("black", "white", "black-white", "grey", "orange", "brown")
COLOURS_OF: dict[Kind, tuple[Colour, ...]] = {
    "cat": _COAT,
    "dog": _COAT,
    "bird": ("red", "blue", "yellow", "black", "white"),
    "butterfly": ("spotted", "blue", "yellow", "red", "white"),
    "ball": ("red", "blue", "yellow", "green", "spotted"),
    "tree": ("green", "orange", "red"),
    "house": ("white", "red", "yellow", "blue", "brown"),
}
POSES_OF: dict[Kind, tuple[Pose, ...]] = {
    "cat": ("sitting", "walking", "asleep", "back"),
    "dog": ("sitting", "walking", "asleep", "back"),
    "bird": ("flying", "standing"),
    "butterfly": ("flying",),
    "ball": (),
    "tree": (),
    "house": (),
}
FACES: tuple[Kind, ...] = ("cat", "dog", "bird")  # what looks one way or the other
PETS: tuple[Kind, ...] = ("cat", "dog")
TALL: tuple[Kind, ...] = ("tree", "house")  # nothing fits above these, and no room holds them
REACHED: tuple[Kind, ...] = ("butterfly", "bird", "ball")  # what a pet stretches a paw toward
REACHING: tuple[Pose, ...] = ("sitting", "back")

# What a place has besides, by number: none first. The names are the grammar's.
DETAILS: dict[Place, tuple[str, str, str]] = {
    "grass": ("none", "yellow-flowers", "pink-flowers"),
    "beach": ("none", "boat", "umbrella"),
    "snow": ("none", "firs", "snowman"),
    "night": ("none", "stars", "village"),
    "room": ("none", "red-rug", "blue-rug"),
}


@dataclass(frozen=True)
class Subject:
    """One thing or animal. `pose` is None for what has none, `facing` for what looks nowhere."""

    kind: Kind
    colour: Colour
    side: Side
    size: Size = "medium"
    pose: Pose | None = None
    facing: Facing | None = None

    @property
    def aloft(self) -> bool:
        return self.pose == "flying"


@dataclass(frozen=True)
class Scene:
    """One or two subjects of different kinds in a place, the one that is spoken of first at the front.

    Attributes:
        shining: the sun is out, or the moon at night.
        detail: index in `DETAILS` of the place.
        reaching: the first subject stretches a paw toward the second.

    Raises:
        ValueError: the world has no such scene; the message says which rule it breaks.
    """

    place: Place
    subjects: tuple[Subject, ...]
    shining: bool = False
    detail: int = 0
    reaching: bool = False

    def __post_init__(self) -> None:
        if broken := fault(self):
            raise ValueError(broken)


def fault(scene: Scene) -> str:
    """Which rule of the world a scene breaks; empty when it breaks none."""
    if scene.place not in PLACES or not 0 <= scene.detail < len(DETAILS[scene.place]):
        return "no such place or detail"
    if len(scene.subjects) not in (1, 2):
        return "a scene has one or two subjects"
    for one in scene.subjects:
        if one.colour not in COLOURS_OF[one.kind]:
            return f"no {one.kind} is {one.colour}"
        if (one.pose not in POSES_OF[one.kind]) if POSES_OF[one.kind] else one.pose is not None:
            return f"no {one.kind} is {one.pose}"
        if (one.facing in FACINGS) != (one.kind in FACES):
            return f"whether a {one.kind} faces a side"
        if one.side not in SIDES or one.size not in SIZES:
            return "no such side or size"
        if scene.place == "room" and one.kind in TALL:
            return f"a {one.kind} does not fit in a room"
    return _pair_fault(scene)


def _pair_fault(scene: Scene) -> str:
    first, second = scene.subjects[0], scene.subjects[-1]
    if len(scene.subjects) == 2:
        if first.kind == second.kind:
            return "two subjects are of different kinds"
        if first.side == second.side and (
            first.aloft == second.aloft or (second if first.aloft else first).kind in TALL
        ):
            return "two subjects in the same spot"
        if first.aloft == second.aloft and "large" in (first.size, second.size):
            return "no room for a large subject beside another"
    if scene.reaching:
        if len(scene.subjects) != 2 or first.kind not in PETS or first.pose not in REACHING:
            return "only a pet that sits or lies on its back stretches a paw"
        if second.kind not in REACHED:
            return f"no paw is stretched toward a {second.kind}"
        if first.side != second.side and first.facing != toward(first, second):
            return "a pet faces what it reaches for"
    return ""


def toward(first: Subject, second: Subject) -> Facing:
    """On which side of the first subject the second is; "right" when it is above."""
    return "left" if SIDES.index(second.side) < SIDES.index(first.side) else "right"
