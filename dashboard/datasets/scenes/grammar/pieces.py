"""Texts of the grammars as pieces that join up to the same text again: words with their space, and marks."""

import re
from functools import cache
from random import Random

from dashboard.datasets.scenes.grammar import LANGUAGES, LONGEST, NAMES, SHORTEST, LanguageName, say
from dashboard.datasets.scenes.grammar.text import phrases
from dashboard.datasets.scenes.sampling import sample
from dashboard.datasets.scenes.world import Scene

_PIECE = re.compile(r" ?[^\W\d_]+[’']?|[^\w\s]| ")
_SAMPLED = 30_000  # texts, in which all but the rarest pieces are met


def cut(text: str) -> list[str]:
    """The pieces of a text of the grammars; joined, they are the text."""
    return _PIECE.findall(text)


@cache
def closing() -> frozenset[str]:
    """Pieces, without their space, that may end a sentence: those that end a phrase of the grammars."""
    found = {"gauche", "droite", "left", "right"}
    for language in LANGUAGES.values():
        for phrase in phrases(language):
            whole = phrase.rstrip(".")
            if whole.endswith("{e}") or (whole and not whole.endswith((" ", "'", "}"))):
                found |= {cut(whole.replace("{e}", ending))[-1].strip() for ending in ("", "e")}
    return frozenset(found - {language.name for language in LANGUAGES.values()})


def told(scene: Scene, random: Random) -> tuple[str, LanguageName, int]:
    """A text of the grammars about a scene, its language and its limit, short ones as often as long ones."""
    language = random.choice(NAMES)
    limit = int(SHORTEST * (LONGEST / SHORTEST) ** random.random())
    while True:
        try:
            return say(scene, limit, language, random).text, language, limit
        except ValueError:  # a long name under a short limit
            limit += 1


@cache
def pieces() -> tuple[str, ...]:
    """The pieces that the grammars write, in alphabetical order."""
    found: set[str] = set()
    for seed in range(_SAMPLED):
        random = Random(seed)
        found.update(cut(told(sample(random), random)[0]))
    return tuple(sorted(found))
