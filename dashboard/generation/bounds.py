"""Which digits, and how many things, a request names by others: "entre 2 et 5", "after 4", "at least 3"."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.generation.lexicon import Item
from dashboard.generation.numerals import HEADS, SMALL, next_item

Bounds = tuple[int, int]


def preferred(items: Sequence[Item], pairs: Sequence[tuple[str, str]]) -> list[Item]:
    """What is less liked made a negation: "plutôt des sandales que des bottes", "rather this than that".

    Args:
        pairs: the words before what is liked more and before what is liked less, in plain form.
    """
    made = list(items)
    for place, item in enumerate(items):
        for first, second in pairs:
            if item.plain != first:
                continue
            for k in range(place + 2, len(items) - 1):
                if items[k].stop:
                    break
                if items[k].plain == second:
                    made[k] = replace(items[k], kind="negation", value=None)
                    if items[place + 1].kind != "attribute":
                        made[place] = replace(item, kind="skip")
    return made


def bounded(items: Sequence[Item]) -> list[Item]:
    """Bounds made the digits within them, or a count: "moins de 3" 0 1 2, "moins de 3 bottes" two of them."""
    made, place = list[Item](), 0
    while place < len(items):
        item, length = items[place], 1
        if item.kind == "bound":
            found, length = _bound(items, place)
            made += found
        elif item.kind == "beside":
            found, length = _beside(items, place)
            made += found
        else:
            made.append(item)
        place += length
    return made


def _number(items: Sequence[Item], place: int) -> int | None:
    """The place of the number that comes after this item, small words left out."""
    k = next_item(items, place, SMALL)
    return k if k is not None and items[k].kind in ("number", "plural") else None


def _bound(items: Sequence[Item], place: int) -> tuple[list[Item], int]:
    item = items[place]
    relation, otherwise = item.value
    last = first = _number(items, place)
    if last is not None and relation == "between":
        link = last + 1
        is_link = link < len(items) and items[link].kind in ("and", "range") and not items[link].stop
        last = _number(items, link) if is_link else None
    after = place > 0 and not item.stop and items[place - 1].kind == "number"
    begins = place == 0 or item.stop or after
    if first is None or last is None or (relation == "minus" and not begins):
        return [replace(item, kind=otherwise, value=None)], 1
    length = last - place + 1
    if relation == "minus":
        return [replace(item, kind="sign" if after else "unknown"), items[last]], length
    low, high = _within(relation, items[first].value, items[last].value)
    counted = next_item(items, last)
    if counted is not None and items[counted].kind in {*HEADS, "number"} and items[last].kind == "number":
        count = low if relation in (">", ">=") else high
        return [replace(items[last], value=max(count, 0), start=item.start)], length
    digits = tuple(range(max(low, 0), min(high, 9) + 1))
    if not digits:
        return [replace(item, kind="unknown", value=None, end=items[last].end)], length
    return [replace(item, kind="among", value=digits, end=items[last].end)], length


def _within(relation: str, first: int, last: int) -> Bounds:
    """The least and the greatest of what is meant."""
    match relation:
        case "<":
            return 0, last - 1
        case "<=":
            return 0, last
        case ">":
            return last + 1, max(last + 1, 9)
        case ">=":
            return last, max(last, 9)
        case "up to":
            return 1, last
    return min(first, last), max(first, last)


def _beside(items: Sequence[Item], place: int) -> tuple[list[Item], int]:
    item = items[place]
    k = _number(items, place)
    if k is None:
        return [replace(item, kind="unknown", value=None)], 1
    n = items[k].value
    found = {"after": n + 1, "before": n - 1, "double": 2 * n, "half": n // 2 if n % 2 == 0 else -1}[
        item.value
    ]
    if found < 0:
        return [replace(item, kind="unknown", value=None, end=items[k].end)], k - place + 1
    return [replace(items[k], kind="plural", value=found, start=item.start)], k - place + 1
