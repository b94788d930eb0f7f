"""Texts as words: lower case, without accents, punctuation apart."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dashboard.datasets.scenes.grammar.english import ENGLISH
from dashboard.datasets.scenes.grammar.french import FRENCH
from dashboard.datasets.scenes.grammar.variants import VARIANTS
from dashboard.datasets.scenes.grammar.words import Language, Noun

_SYNONYMS = Path(__file__).with_name("synonyms.toml")
_WORD = re.compile(r"[a-z]+'|[a-z]+|[.,;:!?]")
_HOLE = re.compile(r"\{[^}]*\}")


def plain(text: str) -> str:
    """Lower case, without accents, with plain apostrophes."""
    text = text.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def split(text: str) -> list[str]:
    """The words and punctuation marks of a text, plain; digits and other signs are left out."""
    return _WORD.findall(plain(text))


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word of the grammars, their variants and the synonyms, alphabetical; the first is none."""
    found: set[str] = set(".,")
    for language in (FRENCH, ENGLISH, *VARIANTS.values()):
        for phrase in _phrases(language):
            for ending in ("", "e"):
                found.update(split(_HOLE.sub(" ", phrase.replace("{e}", ending))))
    found.update(plain(other) for other, _ in synonyms())
    return ("", *sorted(found))


@cache
def swaps() -> dict[str, tuple[str, ...]]:
    """Words of the grammar (plain) and the synonyms that may stand for them."""
    found: dict[str, tuple[str, ...]] = {}
    for other, word in synonyms():
        found[plain(word)] = (*found.get(plain(word), ()), plain(other))
    return found


def synonyms() -> tuple[tuple[str, str], ...]:
    """Other words in either language, each with the word of the grammar that it stands for."""
    return tuple(pair for name in ("fr", "en") for pair in _lists()[name].items())


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads(_SYNONYMS.read_text(encoding="utf-8"))


@cache
def silent() -> frozenset[str]:
    """Plain words that tell nothing of a scene."""
    return frozenset(split(_lists()["silent"]["words"]))


def _phrases(part: object) -> Iterable[str]:
    if isinstance(part, Language):
        part = list(vars(part).values())
    if isinstance(part, Noun):
        part = part.word
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from _phrases(list(part.values()))
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _phrases(one)
