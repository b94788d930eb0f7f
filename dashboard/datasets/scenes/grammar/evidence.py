"""By which words a text can have said an answer."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dashboard.datasets.scenes.facts import QUESTIONS, Question
from dashboard.datasets.scenes.grammar.text import languages, phrases, silent, with_synonyms, words_of
from dashboard.datasets.scenes.grammar.words import Language
from dashboard.datasets.scenes.world import COLOURS, DETAILS, Kind

_COLOURED = [("colour", str(colour)) for colour in COLOURS if colour != "spotted"]
_APART = {  # phrases of these aspects tell of others too: « tourné vers la gauche », a red rug
    "facing": [("side", "left"), ("side", "right")],
    "place": _COLOURED,
    "detail": _COLOURED,
}


@cache
def evidence() -> tuple[tuple[frozenset[str], ...], ...]:
    """For each question and each of its answers, plain words of which a text that says so has one."""
    return tuple(tuple(_of(question, answer) for answer in question.answers) for question in QUESTIONS)


@cache
def of_subjects() -> frozenset[str]:
    """Plain words that tell of a subject, and articles that announce one."""
    told = [
        answer for row, question in zip(evidence(), QUESTIONS, strict=True) if question.kind for answer in row
    ]
    articles = {word for one in languages() for form in one.indefinite for word in words_of(form)}
    return frozenset(articles).union(*told)


def _of(question: Question, answer: str) -> frozenset[str]:
    others = {word for pair in _APART.get(question.aspect, ()) for word in _said(*pair)}
    return frozenset(with_synonyms(_said(question.aspect, answer, question.kind) - others))


def _said(aspect: str, answer: str, kind: Kind | None = None) -> set[str]:
    tables = [_tables(language, aspect, answer, kind) for language in languages()]
    return {word for phrase in phrases(tables) for word in _telling(phrase)}


def _telling(phrase: str) -> list[str]:
    """The words of a phrase that tell something; the longest where none does, as in « chez moi »."""
    words = words_of(phrase)
    return [word for word in words if word not in silent()] or sorted(words, key=len)[-1:]


def _tables(language: Language, aspect: str, answer: str, kind: Kind | None) -> object:
    """All phrases of a language that say an answer; none where no text says it, as that a cat is absent."""
    rest = language.rest
    if aspect == "present":
        return language.nouns[kind] if kind and answer == "yes" else ()
    if aspect == "reaching":
        return language.reaching if answer == "yes" else ()
    if aspect == "shining":
        table, name = (language.shining, "shining-") if answer == "yes" else (language.dull, "dull-")
        return [table, [rest[key] for key in rest if key.startswith(name)]]
    if aspect == "detail":
        named = [numbered[int(answer)] for numbered in DETAILS.values()]
        return rest["no-detail"] if answer == "0" else [language.details[one] for one in named]
    if answer in ("spotted", "medium"):
        return list(language.spotted.values()) if answer == "spotted" else rest["medium"]
    tables: dict[str, Sequence[Mapping[Any, object]]] = {
        "colour": (language.colours,),
        "size": (language.sizes,),
        "side": (language.sides,),
        "facing": (language.facings, {answer: rest["facing"]}),
        "pose": (language.poses,),
        "place": (language.places, language.bare),
    }
    return [table[answer] for table in tables[aspect]]
