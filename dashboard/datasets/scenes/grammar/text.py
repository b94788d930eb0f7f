"""Texts as words: lower case, without accents, punctuation apart."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dashboard.datasets.scenes.grammar.words import LANGUAGES, NAMES, VARIANTS, Language, Noun

_SYNONYMS = Path(__file__).with_name("synonyms.toml")
_WORD = re.compile(r"[a-z]+'|[a-z]+|[.,;:!?]")
_HOLE = re.compile(r"\{[^}]*\}")


def plain(text: str) -> str:
    """Lower case, without accents, with plain apostrophes."""
    text = text.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def words_of(phrase: str) -> list[str]:
    """The plain words of a phrase of the grammars, in both genders; what it leaves to fill in is left out."""
    return [
        w
        for ending in ("", "e")
        for w in split(_HOLE.sub(" ", phrase.replace("{e}", ending)))
        if w[0].isalpha()
    ]


def split(text: str) -> list[str]:
    """The words and punctuation marks of a text, plain; digits and other signs are left out."""
    return [word for word, _ in as_written(text)]


def as_written(text: str) -> list[tuple[str, str]]:
    """Each of `split`, and how the text writes it; marks that no letter of its own has are left out."""
    characters = [plain(character) for character in text]
    places = [i for i, found in enumerate(characters) for _ in found] + [len(text)]
    matches = _WORD.finditer("".join(characters))
    return [(match[0], _letters(text[places[match.start()] : places[match.end()]])) for match in matches]


def _letters(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", word) if not unicodedata.combining(c))


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word of the grammars, their variants and the synonyms, alphabetical; the first is none."""
    return ("", *sorted(spellings()))


@cache
def spellings() -> dict[str, str]:
    """Every word of the vocabulary, and how it is written."""
    found = {mark: mark for mark in ".,"}
    for language in languages():
        for phrase in phrases(language):
            for ending in ("", "e"):
                found.update(as_written(_HOLE.sub(" ", phrase.replace("{e}", ending))))
    return found | {plain(other): other for other, _ in synonyms()}


def with_synonyms(words: set[str]) -> set[str]:
    """Plain words, and the synonyms of them."""
    return words | {plain(other) for other, word in synonyms() if plain(word) in words}


def languages() -> tuple[Language, ...]:
    """The grammars that texts are learnt from: both languages, and their variants."""
    return (*LANGUAGES.values(), *VARIANTS.values())


@cache
def swaps() -> dict[str, tuple[str, ...]]:
    """Words of the grammar (plain) and the synonyms that may stand for them."""
    found: dict[str, tuple[str, ...]] = {}
    for other, word in synonyms():
        found[plain(word)] = (*found.get(plain(word), ()), plain(other))
    return found


def synonyms() -> tuple[tuple[str, str], ...]:
    """Other words in either language, each with the word of the grammar that it stands for."""
    return tuple(pair for name in NAMES for pair in _lists()[name].items())


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads(_SYNONYMS.read_text(encoding="utf-8"))


@cache
def silent() -> frozenset[str]:
    """Plain words that tell nothing of a scene."""
    return frozenset(split(_lists()["silent"]["words"]))


@cache
def read_as() -> dict[str, str]:
    """Plain words outside the vocabulary, and the one of it that each is read as."""
    return {plain(other): plain(word) for other, word in _lists()["read_as"].items()}


@cache
def turns() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words in a row, as they are written, and those that they are read as."""
    return {tuple(met.split()): tuple(learnt.split()) for met, learnt in _lists()["turns"].items()}


@cache
def strange() -> frozenset[str]:
    """Plain words that no scene has, and that are no slips for those of the vocabulary that they resemble."""
    return frozenset(split(_lists()["strange"]["words"]))


def phrases(part: object) -> Iterable[str]:
    """Every phrase of a language, or of a part of its tables."""
    if isinstance(part, Language):
        part = list(vars(part).values())
    if isinstance(part, Noun):
        part = part.word
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from phrases(list(part.values()))
    elif isinstance(part, list | tuple):
        for one in part:
            yield from phrases(one)
