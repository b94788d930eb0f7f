"""Scenes in words: French and English sentences under any limit of characters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from dashboard.datasets.scenes.facts import INDEX, QUESTIONS
from dashboard.datasets.scenes.grammar.compose import Composer
from dashboard.datasets.scenes.grammar.plan import RELATION, RELATIONS, order, relation
from dashboard.datasets.scenes.grammar.words import LANGUAGES, NAMES, LanguageName
from dashboard.datasets.scenes.world import Scene

__all__ = [
    "LANGUAGES",
    "LONGEST",
    "NAMES",
    "RELATION",
    "RELATIONS",
    "SHORTEST",
    "TELEGRAM",
    "LanguageName",
    "Said",
    "needed",
    "order",
    "relation",
    "say",
    "spoken",
]

SHORTEST, LONGEST = 12, 1000  # characters that a text may be limited to
TELEGRAM = 60  # under this limit, a text may do without articles, and takes the shortest nouns
RELATIVE = 0.4  # how often positions are told from one subject to the other
ROOMY, VAST = 120, 300  # from these limits on, a text may, and does, have several sentences


def spoken(language: str) -> LanguageName:
    """The language of texts for whoever reads this one: the same, or English where the networks have not
    learnt it."""
    return next((name for name in NAMES if name == language), "en")


@dataclass(frozen=True)
class Said:
    """A text and the facts that it tells, as questions of the scene's row (and `RELATION`)."""

    text: str
    facts: frozenset[int]


def say(
    scene: Scene,
    limit: int,
    language: LanguageName,
    random: Random,
    facts: Sequence[int] | None = None,
    further: bool = True,
) -> Said:
    """A text of at most `limit` characters about a scene, most important facts first.

    Args:
        facts: what to say, most important first, in place of `order(scene)`; the first subject leads.
        further: let a text that has said everything go on about shapes, light and distances.

    Raises:
        ValueError: nothing fits in so few characters.
    """
    wanted = order(scene, random.random() < RELATIVE) if facts is None else list(facts)
    needs = needed(scene)
    wanted = [one for one in wanted if needs(one) <= set(wanted)]
    seed, short = random.getrandbits(32), limit < ROOMY or (limit < VAST and random.random() < 0.3)

    def text(chosen: Sequence[int], bare: bool) -> str:
        return Composer(
            scene, frozenset(chosen), LANGUAGES[language], seed, bare, short, limit < TELEGRAM
        ).text()

    best: list[int] = []
    telegram = False
    for bare in (False, True) if limit < TELEGRAM else (False,):
        fitting = _fitting(wanted, needs, partial(_fits, text, bare, limit))
        if len(fitting) > len(best) + (1 if best else 0):
            best, telegram = fitting, bare
    if not best:
        raise ValueError(f"nothing can be said of this scene in {limit} characters")
    said = text(best, telegram)
    if further and len(best) == len(wanted) and not short:
        said = _longest(
            Composer(scene, frozenset(best), LANGUAGES[language], seed, False, False), said, limit
        )
    return Said(said, frozenset(best) - (_wordless(scene) if telegram else set()))


def _wordless(scene: Scene) -> set[int]:
    """The facts that a telegram has no words for."""
    medium = {INDEX[one.kind, "size"] for one in scene.subjects if one.size == "medium"}
    bare = set() if scene.detail else {INDEX[None, "detail"]}
    return {RELATION, INDEX[None, "reaching"], *medium, *bare}


def _fits(text: Callable[[Sequence[int], bool], str], bare: bool, limit: int, chosen: Sequence[int]) -> bool:
    return len(text(chosen, bare)) <= limit


def needed(scene: Scene) -> Callable[[int], set[int]]:
    """What must be said before a fact can be: the subjects that it is about."""
    present = {INDEX[one.kind, "present"] for one in scene.subjects}

    def needs(fact: int) -> set[int]:
        if fact in (RELATION, INDEX[None, "reaching"]):
            return present
        kind = QUESTIONS[fact].kind
        return set() if kind is None or fact in present else {INDEX[kind, "present"]}

    return needs


def _fitting(
    wanted: Sequence[int], needs: Callable[[int], set[int]], fits: Callable[[Sequence[int]], bool]
) -> list[int]:
    """The longest beginning that fits, and what of the rest still fits after it."""
    if fits(wanted):
        return list(wanted)
    low, high = 0, len(wanted)  # the first `low` fit, the first `high` do not
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(wanted[:middle]) else (low, middle)
    chosen = list(wanted[:low])
    if chosen:
        for one in wanted[high:]:
            if needs(one) <= set(chosen) and fits([*chosen, one]):
                chosen.append(one)
    return chosen


def _longest(composer: Composer, said: str, limit: int) -> str:
    for sentence in composer.further():
        if len(said) + 1 + len(sentence) <= limit:
            said = f"{said} {sentence}"
    return said
