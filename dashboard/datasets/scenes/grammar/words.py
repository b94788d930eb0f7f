"""What a language lends to the grammar: its nouns, its fixed phrases, and how it builds a noun phrase.

The phrases stand in a file a language, with variants of them, from which networks learn to read too, and
paraphrases, from which none has learnt.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from dashboard.datasets.scenes.world import Colour, Facing, Kind, Place, Pose, Side, Size

Phrases = Sequence[str]
LanguageName = Literal["fr", "en"]
NAMES: tuple[LanguageName, ...] = get_args(LanguageName)


@dataclass(frozen=True)
class Noun:
    """A word for a kind: its gender, and what refers back to it."""

    word: str
    feminine: bool = False


@dataclass(frozen=True)
class Language:
    """The tables of one language. Braces in a phrase are filled in by the grammar.

    In phrases, `{e}` is the ending of a feminine adjective, `{a}` and `{b}` are the noun phrases of the two
    subjects, `{the}` and `{The}` a subject with its definite article, `{It}` its pronoun.

    Attributes:
        indefinite, definite: articles, masculine (before a consonant, before a vowel) and feminine.
        colours: masculine and feminine; `spotted` the long and the short form of a butterfly and of a ball.
        adjectives_first: whether the colour stands before the noun.
        openings: whole sentences without and with a place; `tails` what may follow one.
        bare: a telegraphic message's places, joined with commas.
        rest: sentences of their own, by aspect, for what a long text adds.
        more: sentences that only a very long text has: of a kind, of a place.
    """

    name: str
    nouns: Mapping[Kind, Sequence[Noun]]
    indefinite: tuple[str, str, str]
    definite: tuple[str, str, str]
    pronouns: tuple[str, str]
    colours: Mapping[Colour, tuple[str, str]]
    spotted: Mapping[Kind, tuple[str, str]]
    adjectives_first: bool
    sizes: Mapping[Size, tuple[Phrases, Phrases]]
    poses: Mapping[Pose, Phrases]
    sides: Mapping[Side, Phrases]
    facings: Mapping[Facing, Phrases]
    places: Mapping[Place, Phrases]
    bare: Mapping[Place, str]
    openings: Phrases
    placed: Phrases
    reaching: Phrases
    beside: Phrases
    relations: Mapping[str, Phrases]
    shining: Mapping[str, Phrases]
    dull: Mapping[str, Phrases]
    details: Mapping[str, Phrases]
    with_detail: Phrases
    rest: Mapping[str, Phrases]
    more: Mapping[str, Phrases]

    def article(self, articles: tuple[str, str, str], feminine: bool, following: str) -> str:
        """The article before a word: French chooses by gender, English by sound alone."""
        vowel = following[0] in "aeiouéœ"
        return (
            articles[1]
            if vowel and (not feminine or self.elides(articles))
            else articles[2 if feminine else 0]
        )

    def elides(self, articles: tuple[str, str, str]) -> bool:
        """Whether these articles change before a vowel in both genders (l', an), as « une » does not."""
        return articles[1] not in (articles[0], articles[2])


def language(name: str, turns: str = "") -> Language:
    """The tables of `name`.toml; ``turns``: "variants" or "paraphrases", which replace what they name."""
    file = Path(__file__).with_name(f"{name}.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    others = {kind: tables.pop(kind) for kind in ("variants", "paraphrases")}
    for field, own in others.get(turns, {}).items():
        tables[field] = {**tables[field], **own} if isinstance(own, dict) else own
    tables["nouns"] = {
        kind: [Noun(word.removesuffix(" (f)"), word.endswith("(f)")) for word in words]
        for kind, words in tables["nouns"].items()
    }
    return Language(name, **tables)


LANGUAGES, VARIANTS, PARAPHRASES = (
    {name: language(name, turns) for name in NAMES} for turns in ("", "variants", "paraphrases")
)
