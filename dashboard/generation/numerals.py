"""Numbers in a request: one made of several words, and whether it says how many or which digit.

« trois sept » are three sevens, « un 7 » is one, « sept » is the digit, « vingt-deux bottes » are 22 boots.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from dashboard.generation.lexicon import Item

# count: of what comes; after: of the thing just named; digit: to be drawn; lost: of nothing that is known.
Role = Literal["count", "after", "digit", "lost"]

# Between a number and what it counts these may stand.
_BETWEEN = {"skip", "link", "attribute", "degree", "picture", "quality", "pair", "one", "among", "times"}
HEADS = {"thing", "anything", "plural"}
SMALL = {"skip", "link", "one", "times"}


def whole(items: Sequence[Item], tens: dict[int, tuple[int, ...]]) -> list[Item]:
    """Numbers written as several words made one, ranges written out, "the digit 7" made a digit."""
    for power in (100, 1000):
        items = _multiplied(items, power)
    return _named_digits(_ranges(_years(_compound(items, tens))))


def roles(items: Sequence[Item]) -> list[Role | None]:
    """What each number is; None for what is no number."""
    found: list[Role | None] = [None] * len(items)
    for place in reversed(range(len(items))):
        if items[place].kind == "number":
            found[place] = _role(items, place, found)
    for run in _runs(items):
        values = [items[place].value for place in run]
        rising = all(b - a == 1 for a, b in pairwise(values))
        if len(run) >= 3 and found[run[-1]] == "digit" and max(values) < 10 and (rising or len(run) % 2):
            for place in run:
                found[place] = "digit"  # "1 2 3"
    return found


def _compound(items: Sequence[Item], tens: dict[int, tuple[int, ...]]) -> list[Item]:
    made = list[Item]()
    for place, item in enumerate(items):
        before = made[-1] if made else None
        if before is not None and item.kind == "and" and item.plain == "and" and _hundreds(items, place):
            continue  # "a hundred and three"
        if before is not None and _words(before, item) and item.value < _round(before.value):
            made[-1] = replace(before, value=before.value + item.value, end=item.end)
            continue
        if (
            before is not None
            and _words(before, item)
            and item.value in tens.get(before.value % 100, (1,) if item.joined else ())
        ):
            following = next_item(items, place)
            counts = following is not None and (
                items[following].kind in HEADS or items[following].kind == "number"
            )
            if item.joined or counts or before.value % 100 >= 20:
                made[-1] = replace(before, value=before.value + item.value, end=item.end)
                continue
        made.append(item)
    return made


def _words(first: Item, second: Item) -> bool:
    """Whether both are numbers, side by side, in words."""
    return (
        first.kind == second.kind == "number"
        and not second.stop
        and not first.plain.isdigit()
        and not second.plain.isdigit()
    )


def _round(value: int) -> int:
    """Less than this may follow a number of hundreds or thousands to make one with it."""
    return next((power for power in (1000, 100) if value >= power and value % power == 0), 0)


def _hundreds(items: Sequence[Item], place: int) -> bool:
    if not 0 < place < len(items) - 1:
        return False
    before, after = items[place - 1], items[place + 1]
    return _words(before, after) and after.value < min(_round(before.value), 100)


def _multiplied(items: Sequence[Item], power: int) -> list[Item]:
    """ "deux cents", "neuf mille": one number."""
    made = list[Item]()
    for item in items:
        if made and item.value == power and _words(made[-1], item) and 1 < made[-1].value < power:
            made[-1] = replace(made[-1], value=made[-1].value * power, end=item.end)
        else:
            made.append(item)
    return made


def _years(items: Sequence[Item]) -> list[Item]:
    """ "nineteen eighty-four": one number."""
    made = list[Item]()
    for item in items:
        if made and _words(made[-1], item) and 11 <= made[-1].value < 21 and 20 <= item.value < 100:
            made[-1] = replace(made[-1], value=made[-1].value * 100 + item.value, end=item.end)
        else:
            made.append(item)
    return made


def _ranges(items: Sequence[Item]) -> list[Item]:
    """ "0 à 9", "9 à 0", "1-5": a number each. Anywhere else the word between is a small word."""
    made, skip = list[Item](), False
    for place, item in enumerate(items):
        if skip:
            skip = False
        elif item.kind == "number" and item.joined and made and _figures(made[-1], item) and not item.stop:
            made += _each(made.pop(), item)
        elif item.kind != "range":
            made.append(item)
        elif (
            made
            and place + 1 < len(items)
            and made[-1].kind == items[place + 1].kind == "number"
            and made[-1].value < 10
            and items[place + 1].value < 13
        ):
            made += _each(made.pop(), items[place + 1])
            skip = True
        else:
            made.append(replace(item, kind="link"))
    return made


def _figures(first: Item, last: Item) -> bool:
    """Whether both are digits in figures: "0-9", but not "deux-trois"."""
    return first.kind == "number" and all(
        each.plain.isdigit() and len(each.plain) == 1 for each in (first, last)
    )


def _each(first: Item, last: Item) -> list[Item]:
    way = 1 if last.value >= first.value else -1
    return [replace(first, kind="plural", value=n) for n in range(first.value, last.value + way, way)]


def _named_digits(items: Sequence[Item]) -> list[Item]:
    made = list(items)
    for place, item in enumerate(items):
        if item.kind != "anything" or item.value[0] != "digits":
            continue
        following = next_item(items, place, SMALL)
        if following is None:
            continue
        number = items[following]
        if number.kind in ("plural", "number"):
            made[place] = replace(item, kind="skip")
            made[following] = replace(number, kind="plural")
    return made


def next_item(items: Sequence[Item], place: int, between: set[str] = _BETWEEN) -> int | None:
    """The first item after this one that is not one of `between`, unless a comma comes before it."""
    for k in range(place + 1, len(items)):
        if items[k].stop:
            return None
        if items[k].kind not in between:
            return k
    return None


def _role(items: Sequence[Item], place: int, found: Sequence[Role | None]) -> Role:
    item = items[place]
    following = next_item(items, place)
    kind = items[following].kind if following is not None else None
    passed = {i.kind for i in items[place + 1 : following]} if following is not None else set[str]()
    if kind in HEADS or (following is not None and found[following] in ("digit", "lost")):
        return "count"
    if kind == "other" and not passed & {"link"}:
        return "lost"
    close = kind == "unknown" and following is not None and not passed & {"link", "quality"}
    # "sept zblorg" may be an odd seven, "sept zblorgs" and "un zblorg" are something else.
    if close and (item.value == 1 or items[following or 0].plain[-1] in "sx"):
        return "lost"
    if place + 1 < len(items) and items[place + 1].kind == "picture" and not items[place + 1].stop:
        return "count"
    before = _before(items, place)
    if _times(items, place) and before is not None and items[before].kind == "number":
        return "after"
    if before is not None and items[before].kind == "thing":
        counted = before and items[before - 1].kind in ("number", "one", "quantity")
        return "lost" if counted else "after"
    return "digit" if item.value < 10 else "lost"


def _times(items: Sequence[Item], place: int) -> bool:
    """Whether "times" ends what is said here: "draw 8 five times"."""
    if [item.kind for item in items[place + 1 : place + 2]] != ["times"]:
        return False
    return place + 2 == len(items) or items[place + 2].stop or items[place + 2].kind == "and"


def _before(items: Sequence[Item], place: int) -> int | None:
    """What stands before this, small words left out, unless a comma parts them."""
    while place > 0 and not items[place].stop:
        place -= 1
        if items[place].kind not in ("skip", "attribute", "times"):
            return place
    return None


def _runs(items: Sequence[Item]) -> list[list[int]]:
    """Places of numbers that stand side by side."""
    runs = list[list[int]]()
    for place, item in enumerate(items):
        if item.kind != "number":
            continue
        if runs and runs[-1][-1] == place - 1 and not item.stop:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
