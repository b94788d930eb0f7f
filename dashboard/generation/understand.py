"""What a sentence asks for: how many of which digit or garment, slanted, thick, large or bright how much.

A small grammar over a vocabulary of each language (`locales/*/vocabulary.toml`), no learning: every reading
can be explained, and what cannot be honoured is named, not ignored.
"""

import unicodedata
from dataclasses import replace

from dashboard.generation.grammar import Reader
from dashboard.generation.lexicon import lexicon
from dashboard.generation.understood import LONGEST, Note, Understood
from dashboard.languages import DEFAULT, LANGUAGES


def understand(text: str, language: str = DEFAULT) -> Understood:
    """Read a request such as "trois bottes claires" or "two thick sevens".

    Args:
        language: one of `dashboard.languages`; the others are tried where not all of it is understood.

    Raises:
        ValueError: there is no vocabulary for the language.
    """
    lexicon(language)
    text = unicodedata.normalize("NFC", text)
    long: tuple[Note, ...] = ("long",) if len(text) > LONGEST else ()
    text = text[:LONGEST]
    found = Reader(text, language).read()
    if found.unused or found.corrected:
        for another in LANGUAGES.keys() - {language}:
            other = Reader(text, another).read()
            # One word of another language may be met by chance; a whole sentence may not.
            if other.wanted and not other.unused and not other.corrected:
                found = replace(other, notes=(*other.notes, "other_language"))
                break
        else:
            mixed = Reader(text, language, sorted(LANGUAGES.keys() - {language})).read()
            if len(" ".join(mixed.unused)) < len(" ".join(found.unused)):
                found = mixed
    return replace(found, notes=(*long, *found.notes))
