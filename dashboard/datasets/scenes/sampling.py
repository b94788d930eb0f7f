"""Scenes at random, as training needs them: every fact often enough to be learnt."""

from random import Random

from dashboard.datasets.scenes.world import (
    COLOURS_OF,
    DETAILS,
    FACES,
    FACINGS,
    KINDS,
    PETS,
    PLACES,
    POSES_OF,
    REACHED,
    REACHING,
    SIDES,
    SIZES,
    TALL,
    Kind,
    Place,
    Scene,
    Side,
    Subject,
    toward,
)

# How often each kind comes first: pets have the most to learn.
WEIGHTS = {"cat": 28, "dog": 22, "bird": 14, "butterfly": 9, "ball": 9, "tree": 8, "house": 10}
FAR = 0.5  # how often two subjects side by side stand at both ends
PAW = 0.6  # how often a pet that could stretch a paw does


# The scene of the text that this project grew from.
ORIGINAL = Scene(
    "grass",
    (
        Subject("cat", "black-white", "centre", "medium", "back", "right"),
        Subject("butterfly", "spotted", "right", "medium", "flying"),
    ),
    shining=True,
    reaching=True,
)
SHOWN = 2_000_000_000  # the seed of the first scene that is shown and served for nothing else


def shown(number: int) -> Scene:
    """The scene of a number: 0 for the original, any other for one that no network learnt from."""
    return sample(Random(SHOWN + number)) if number else ORIGINAL


def sample(random: Random, subjects: int | None = None, place: Place | None = None) -> Scene:
    """A scene of `subjects` subjects (one or two; by default two of three times two), all else at random."""
    where: Place = random.choice(PLACES) if place is None else place
    kinds = [kind for kind in KINDS if where != "room" or kind not in TALL]
    first = _subject(random, random.choices(kinds, [WEIGHTS[kind] for kind in kinds])[0])
    members = [first]
    reaching = False
    if subjects == 2 or (subjects is None and random.random() < 2 / 3):
        others = [kind for kind in kinds if kind != first.kind]
        wanted = [2 if first.kind in PETS and kind in REACHED else 1 for kind in others]
        second = _subject(random, random.choices(others, wanted)[0])
        first, second = _apart(random, first, second)
        if first.kind in PETS and first.pose in REACHING and second.kind in REACHED:
            reaching = random.random() < PAW
        if reaching and first.side != second.side:
            first = _with(first, facing=toward(first, second))
        members = [first, second]
    return Scene(
        where, tuple(members), random.random() < 0.4, random.randrange(len(DETAILS[where])), reaching
    )


def _subject(random: Random, kind: Kind) -> Subject:
    return Subject(
        kind,
        random.choice(COLOURS_OF[kind]),
        random.choice(SIDES),
        random.choice(SIZES),
        random.choice(POSES_OF[kind]) if POSES_OF[kind] else None,
        random.choice(FACINGS) if kind in FACES else None,
    )


def _apart(random: Random, first: Subject, second: Subject) -> tuple[Subject, Subject]:
    """Both subjects, moved and made smaller so that neither hides the other."""
    low = second if first.aloft else first
    stacked = first.aloft != second.aloft and low.kind not in TALL
    if first.aloft == second.aloft:
        first, second = (_with(one, size="medium") if one.size == "large" else one for one in (first, second))
        if random.random() < FAR:
            left, right = random.sample(("left", "right"), 2)
            return _with(first, side=left), _with(second, side=right)
    sides: list[Side] = [side for side in SIDES if stacked or side != first.side]
    return first, _with(second, side=random.choice(sides))


def _with(subject: Subject, **changes: object) -> Subject:
    return Subject(**{**subject.__dict__, **changes})  # dataclasses.replace at a third of its cost
