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
_BETWEEN = {"skip", "link", "attribute", "degree", "picture", "quality", "pair", "one"}
HEADS = {"thing", "anything", "plural"}
_SMALL = {"skip", "link", "one"}


def whole(items: Sequence[Item], tens: dict[int, tuple[int, ...]]) -> list[Item]:
    """Numbers written as several words made one, ranges written out, "the digit 7" made a digit."""
    return _named_digits(_ranges(_compound(items, tens)))


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
        if (
            before is not None
            and item.kind == before.kind == "number"
            and not item.stop
            and not item.plain.isdigit()
            and item.value in tens.get(before.value, (1,) if item.joined else ())
        ):
            following = _next(items, place)
            counts = following is not None and (
                items[following].kind in HEADS or items[following].kind == "number"
            )
            if item.joined or counts or before.value >= 20:
                made[-1] = replace(before, value=before.value + item.value, end=item.end)
                continue
        made.append(item)
    return made


def _ranges(items: Sequence[Item]) -> list[Item]:
    """ "0 à 9": a digit each. Anywhere else the word between is a small word."""
    made, skip = list[Item](), False
    for place, item in enumerate(items):
        if skip:
            skip = False
        elif item.kind != "range":
            made.append(item)
        elif (
            made
            and place + 1 < len(items)
            and made[-1].kind == items[place + 1].kind == "number"
            and made[-1].value < items[place + 1].value < 10
        ):
            first, last = made.pop(), items[place + 1]
            made += [replace(first, kind="plural", value=n) for n in range(first.value, last.value + 1)]
            skip = True
        else:
            made.append(replace(item, kind="link"))
    return made


def _named_digits(items: Sequence[Item]) -> list[Item]:
    made = list(items)
    for place, item in enumerate(items):
        if item.kind != "anything" or item.value[0] != "digits":
            continue
        following = _next(items, place, _SMALL)
        if following is None:
            continue
        number = items[following]
        if number.kind in ("plural", "number"):
            made[place] = replace(item, kind="skip")
            made[following] = replace(number, kind="plural")
    return made


def _next(items: Sequence[Item], place: int, between: set[str] = _BETWEEN) -> int | None:
    """The first item after this one that is not one of `between`, unless a comma comes before it."""
    for k in range(place + 1, len(items)):
        if items[k].stop:
            return None
        if items[k].kind not in between:
            return k
    return None


def _role(items: Sequence[Item], place: int, found: Sequence[Role | None]) -> Role:
    item = items[place]
    following = _next(items, place)
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
    if before is not None and items[before].kind == "thing":
        counted = before and items[before - 1].kind in ("number", "one", "quantity")
        return "lost" if counted else "after"
    return "digit" if item.value < 10 else "lost"


def _before(items: Sequence[Item], place: int) -> int | None:
    """What stands before this, small words left out, unless a comma parts them."""
    while place > 0 and not items[place].stop:
        place -= 1
        if items[place].kind not in ("skip", "attribute"):
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
