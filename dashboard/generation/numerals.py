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
HEADS = {"thing", "anything", "plural", "long"}
SMALL = {"skip", "link", "one", "times"}


def whole(items: Sequence[Item], tens: dict[int, tuple[int, ...]]) -> list[Item]:
    """Numbers written as several words made one, ranges written out, "the digit 7" made a digit."""
    for power in (100, 1000):
        items = _multiplied(items, power)
    return _named_digits(_ends(_long(_ranges(_years(_compound(items, tens))))))


def roles(items: Sequence[Item]) -> list[Role | None]:
    """What each number is; None for what is no number."""
    found: list[Role | None] = [None] * len(items)
    for place in reversed(range(len(items))):
        if items[place].kind == "number":
            found[place] = _role(items, place, found)
    for run in _runs(items):
        values = [items[place].value for place in run]
        rising = all(b - a == 1 for a, b in pairwise(values))
        listed = len(run) > 2 and (rising or len(run) % 2)
        listed = listed or (len(run) == 2 and rising and all(items[place].plain.isdigit() for place in run))
        if listed and found[run[-1]] == "digit" and max(values) < 10:
            for place in run:
                found[place] = "digit"  # "1 2 3", "6 7"
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
    """ "0 à 9", "9 à 0", "1-5": a number each, "7-2" two; "3 à 5 bottes", "3 ou 5 bottes": five of them.
    Anywhere else the word of a range is a small word."""
    made, skip = list[Item](), False
    for place, item in enumerate(items):
        last = items[place + 1] if item.kind in ("range", "or") and place + 1 < len(items) else item
        apart = not made or made[-1].kind != "number" or last.kind != "number" or skip
        counted = next_item(items, place + (last is not item)) if not apart else None
        counts = counted is not None and items[counted].kind in HEADS
        if skip:
            skip = False
        elif apart or (last is item and not (item.joined and _figures(made[-1], item) and not item.stop)):
            made.append(replace(item, kind="link") if item.kind == "range" else item)
        elif counts and [each.kind for each in made[-2:-1]] not in (["number"], ["one"]):
            made[-1] = replace(last, value=max(made[-1].value, last.value), start=made[-1].start)
            skip = last is not item
        elif last is item and item.value <= made[-1].value:
            made += [replace(item, kind="sign", value=None, plain="-"), replace(item, joined=False)]
        elif item.kind != "or" and made[-1].value < 10 and last.value < 13:
            made += _each(made.pop(), last)
            skip = last is not item
        else:
            made.append(replace(item, kind="link") if item.kind == "range" else item)
    return made


def _long(items: Sequence[Item]) -> list[Item]:
    """ "Un nombre à deux chiffres", "a two-digit number": one thing of so many digits."""
    made = list(items)
    for place in reversed(range(len(made))):
        if not _digits(made, place):
            continue
        number = next_item(made, place, {"link", "skip", "with", "among"})
        if number not in (None, place + 1) and made[number].kind == "number" and _digits(made, number + 1):
            among = [each for each in made[place:number] if each.kind == "among"]
            long = replace(made[place], kind="long", value=made[number].value, end=made[number + 1].end)
            made[place : number + 2] = [long, *among]
        elif place and made[place - 1].kind == "number" and _digits(made, place + 1):
            long = replace(made[place - 1], kind="long", end=made[place + 1].end)
            made[place - 1 : place + 2] = [long]
    return made


def _digits(items: Sequence[Item], place: int) -> bool:
    return place < len(items) and items[place].kind == "anything" and items[place].value[0] == "digits"


def _ends(items: Sequence[Item]) -> list[Item]:
    """ "Les trois premiers chiffres", "the last even digit": those digits. Elsewhere a quality."""
    made = [*items]
    for place in reversed(range(len(items))):
        if items[place].kind != "end":
            continue
        begin, stop = place, place + 1
        numbers = [k for k in (place - 1, place + 1) if 0 <= k < len(items) and items[k].kind == "number"]
        begin, stop = min([place, *numbers]), max([place, *numbers]) + 1
        head = next_item(items, stop - 1, {"among"})
        if head is None or not _digits(items, head) or not (numbers or items[head].plain[-1] != "s"):
            made[place] = replace(items[place], kind="quality")
            continue
        stop = head + 1 + (head + 1 < len(items) and items[head + 1].kind == "among")
        among = next((each.value for each in items[begin:stop] if each.kind == "among"), range(10))
        n = items[numbers[0]].value if numbers else 1
        chosen = tuple(among)[:n] if items[place].value == "first" else tuple(among)[-n:]
        made[begin:stop] = [
            replace(items[begin], kind="among", value=chosen, end=items[stop - 1].end, plain="")
        ]
    return made


def _figures(first: Item, last: Item) -> bool:
    """Whether both are digits in figures: "0-9", but not "deux-trois"."""
    return first.kind == "number" and all(
        each.plain.isdigit() and len(each.plain) == 1 for each in (first, last)
    )


def _each(first: Item, last: Item) -> list[Item]:
    way = 1 if last.value >= first.value else -1
    values = tuple(range(first.value, last.value + way, way))
    if max(values) < 10:
        return [replace(first, kind="among", value=values, end=last.end)]
    return [replace(first, kind="plural", value=n) for n in values]


def _named_digits(items: Sequence[Item]) -> list[Item]:
    made = list(items)
    for place, item in enumerate(items):
        if item.kind != "anything" or item.value[0] != "digits":
            continue
        following = next_item(items, place, SMALL)
        if following is None:
            continue
        number = items[following]
        if number.kind in ("plural", "number") and not _times(items, following):
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
    if following is not None and found[following] == "lost" and item.value > 9:
        both = item.plain.isdigit() and items[following].plain.isdigit() and following == place + 1
        return "lost" if both else "count"  # "12 34"
    if kind in HEADS or (following is not None and found[following] in ("digit", "lost")):
        return "count"
    if kind == "all":
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
    if _times(items, place) and before is not None and items[before].kind in ("number", "anything"):
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
