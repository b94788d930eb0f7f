"""The words of a request: cut, corrected against the vocabulary, and looked up as the longest phrases."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Literal

from dashboard.datasets.images import SOURCES
from dashboard.languages import table, words_in

Kind = Literal[
    "number",  # how many, or which digit
    "figures",  # to be drawn one by one: "007", a date
    "among",  # digits to choose from: "even"
    "bound",  # "moins de", "between"
    "beside",  # "after", "the double of"
    "plural",  # surely a digit: "sevens"
    "one",  # "a", never the digit 1
    "quantity",
    "pair",
    "thing",
    "anything",  # "digits", "clothes"
    "attribute",
    "degree",
    "negation",
    "neither",
    "and",
    "with",
    "sign",  # of a calculation
    "or",
    "range",
    "all",
    "end",  # the first or the last of all
    "long",  # a number of so many digits
    "repeat",  # "twice"
    "picture",
    "link",
    "skip",
    "quality",  # known, but not something the models can do
    "times",
    "unit",  # what is said with a number, and named alone: a month, "%"
    "other",
    "unknown",
]

_TOGETHER = (
    r"0\d(?:[ .-]?\d\d){4}(?!\d)",  # a French telephone number
    r"\d+(?:[./:h]\d+)+",  # a date, a time, a decimal fraction
    r"\d{2,}(?:-\d+)+|\d+(?:-\d{2,})+",
    r"(?<![,\d])\d+,\d+(?![,\d])",
)
_MINUS = r"(?<=\d) [-‐‑–−/] (?=\d)"  # no hyphen
_CALCULATED, MULTIPLIED = "+÷^<>=", "x×*"
_WORDS = frozenset(f"{_CALCULATED}{MULTIPLIED}%€$£")
"""Signs that are words, as emoji are."""
_PIECES = re.compile("|".join([*_TOGETHER, _MINUS, r"\d+(?:'?s\b)?", r"[^\W\d_]+", r"[^\w\s]|_"]))
_ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")
_STOPS = frozenset(",;.!?&/")
_SHORTEST_CORRECTED, _ALIKE, _ALIKE_SHORT = 4, 0.8, 0.75
_MOST_CORRECTIONS = 40


@dataclass(frozen=True)
class Token:
    """One word of the request: as written, in capital-less, accent-less `plain` form, and where it stands."""

    plain: str
    start: int
    end: int
    joined: bool  # by a hyphen to the one before
    stop: bool  # a comma or the like stands before it


@dataclass(frozen=True)
class Item:
    """One or more words that mean one thing.

    Attributes:
        value: the number, or its figures, or how many; the digits to choose from; which end of them;
            (relation, kind where no number follows) of a bound; (data set, class or None, whether it is only
            the nearest) of a thing; (data set, class) of what is nearest to another thing, or None;
            (attribute, level) of an attribute; how much of a degree; whether a negation, or an "and",
            goes for a list.
        start, end: where they stand in the request.
        joined, stop: as in the first token.
    """

    kind: Kind
    value: Any
    start: int
    end: int
    joined: bool
    stop: bool
    plain: str


@dataclass(frozen=True)
class Lexicon:
    """One language's vocabulary.

    Attributes:
        phrases: words -> (kind, value); `longest` words in a phrase.
        known: every word that occurs in a phrase; `meant`: those that a mistyped word may be corrected
            to, and how they are spelt.
        tens: which units may follow a ten to make one number without a hyphen: "vingt deux", "twenty two".
        single_pairs: (data set, class) that are counted by the pair.
        misspelt: frequent ways to write a word -> the word.
        preferences: words before what is liked more and before what is liked less.
    """

    phrases: dict[tuple[str, ...], tuple[Kind, Any]]
    longest: int
    known: frozenset[str]
    meant: dict[str, str]
    tens: dict[int, tuple[int, ...]]
    single_pairs: frozenset[tuple[str, int]]
    misspelt: dict[str, str]
    preferences: tuple[tuple[str, str], ...]


def plain(text: str) -> str:
    """Without capitals and accents, of the same length as `text` (so that places in both agree)."""
    letters = (unicodedata.normalize("NFKD", letter)[:1].lower()[:1] for letter in text)
    return "".join(new or old for new, old in zip(letters, text, strict=True)).replace("’", "'")


def cut(text: str) -> list[Token]:
    """The words and numbers of a text."""
    found, stop, joined = list[Token](), False, False
    smooth = plain(text).replace("\u2019", "'")
    end = 0
    for piece in _PIECES.finditer(smooth):
        word = piece.group()
        if word[0].isalnum() or word[0] == " " or word in _WORDS or unicodedata.category(word) == "So":
            stop = stop or "\n" in smooth[end : piece.start()]
            word = re.sub("[‐‑–−]", "-", word.strip())
            found.append(Token(word, piece.start(), piece.end(), joined and end == piece.start(), stop))
            stop = joined = False
        else:
            joined = word in "-‐‑–−"
            stop = stop or word in _STOPS
        end = piece.end()
    return found


@cache
def lexicon(language: str) -> Lexicon:
    """The vocabulary of a language.

    Raises:
        ValueError: there is none.
    """
    data = table(language, "vocabulary")
    phrases: dict[tuple[str, ...], tuple[Kind, Any]] = {}
    meant = dict[str, str]()
    for words, kind, value, spelt in _entries(data):
        phrases.setdefault(words, (kind, value))
        for word, usual in spelt.items():
            if len(word) >= _SHORTEST_CORRECTED and kind != "degree":
                meant.setdefault(word, usual)
    known = frozenset(word for words in phrases for word in words)
    return Lexicon(
        phrases,
        max(map(len, phrases)),
        known,
        meant,
        {int(ten): tuple(units) for ten, units in data["tens_before"].items()},
        frozenset(("fashion", _label(name)) for name in data["single_pairs"]),
        {plain(wrong): right for right, ways in data["misspelt"].items() for wrong in ways},
        tuple((plain(first), plain(second)) for first, second in data["preferences"]),
    )


def read(
    text: str, language: str, borrowed: Sequence[str] = ()
) -> tuple[list[Item], dict[tuple[int, int], str]]:
    """The phrases of a text, and which of its words, by place, were read as others.

    Args:
        borrowed: languages of which single words may be: "trois bags".
    """
    words = lexicon(language)
    tokens, corrected = list[Token](), dict[tuple[int, int], str]()
    for token in cut(text):
        better = None
        if token.plain not in words.known and token.plain[0].isalpha():
            foreign = any((token.plain,) in lexicon(other).phrases for other in borrowed)
            roman = _roman(text[token.start : token.end])
            if roman is not None:
                better = corrected[token.start, token.end] = str(roman)
            elif token.plain in words.misspelt:
                corrected[token.start, token.end] = words.misspelt[token.plain]
                better = plain(words.misspelt[token.plain])
            elif not foreign and len(corrected) < _MOST_CORRECTIONS:
                better = _corrected(token.plain, language)
                if better:
                    corrected[token.start, token.end] = words.meant[better]
        tokens.append(replace(token, plain=better or token.plain))
    return list(_items(tokens, words, [lexicon(other) for other in borrowed])), corrected


def _roman(word: str) -> int | None:
    """The number that capitals such as XIV write, up to 39; one letter alone is a letter."""
    if len(word) < 2 or not _ROMAN.fullmatch(word):
        return None
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in word]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _items(tokens: Sequence[Token], words: Lexicon, others: Sequence[Lexicon]) -> Iterator[Item]:
    place = 0
    while place < len(tokens):
        first = tokens[place]
        length, (kind, value) = 1, _number(first.plain)
        if kind == "unknown":
            kind, value = next(
                (found for other in others if (found := _borrowed(first.plain, other))), (kind, value)
            )
        for n in range(min(words.longest, len(tokens) - place), 0, -1):
            here = tokens[place : place + n]
            entry = words.phrases.get(tuple(token.plain for token in here))
            if entry and not any(token.stop for token in here[1:]):
                length, (kind, value) = n, entry
                break
        last = tokens[place + length - 1]
        yield Item(kind, value, first.start, last.end, first.joined, first.stop, first.plain)
        place += length


def _number(word: str) -> tuple[Kind, Any]:
    """A number in figures, such as 7, 7s, 007 or 3.5; anything else is unknown."""
    figures = re.fullmatch(r"(\d{1,12})('?s)?", word)
    if figures and (figures[1][0] != "0" or len(figures[1]) == 1):
        return ("plural" if figures[2] else "number"), int(figures[1])
    return ("figures", word) if word[0].isdigit() else ("unknown", None)


def _borrowed(word: str, words: Lexicon) -> tuple[Kind, Any] | None:
    """What a single word of another language means, if it is a thing, an attribute or a number."""
    kind, value = words.phrases.get((word,), ("unknown", None))
    return (kind, value) if kind in ("thing", "attribute", "number", "plural") else None


@cache
def _real(language: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words_in(language))


@lru_cache(maxsize=4096)
def _corrected(word: str, language: str) -> str | None:
    """The word of the vocabulary that was probably meant, if one is close and the word itself is none.

    Of four letters, one that is another makes another word ("nike", "nine"); two that changed places do not.
    """
    if len(word) < _SHORTEST_CORRECTED or len(word) > 20 or word in _real(language):
        return None
    near = [other for other in lexicon(language).meant if abs(len(other) - len(word)) <= 1]
    alike = _ALIKE if len(word) > _SHORTEST_CORRECTED else _ALIKE_SHORT
    found = difflib.get_close_matches(word, near, 1, alike)
    if found and len(word) == len(found[0]) == _SHORTEST_CORRECTED and sorted(word) != sorted(found[0]):
        return None
    return found[0] if found else None


def _entries(data: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Kind, Any, dict[str, str]]]:
    """Every phrase of a vocabulary file, what it means, and to which words of it, in their usual spelling, a
    typing mistake may lead. Where a phrase means several things the first holds.
    """
    for text, relation in data["bounds"].items():
        otherwise = "negation" if text in data["negations"] else "unknown"
        yield _words(text)[0], "bound", (relation, otherwise), {}
    for text, relation in data["beside"].items():
        yield _words(text)[0], "beside", relation, {}
    for text, digits in data["among"].items():
        yield _words(text)[0], "among", tuple(digits), {}
    for attribute in data["attributes"]:
        for words, spelt in _inflected(attribute["words"], data):
            yield words, "attribute", (attribute["name"], attribute["level"]), spelt
    tables: tuple[tuple[Kind, str], ...] = (
        ("quantity", "quantities"),
        ("number", "numbers"),
        ("plural", "digit_plurals"),
        ("end", "ends"),
        ("repeat", "repeats"),
        ("degree", "degrees"),
    )
    for kind, key in tables:
        for text, value in data[key].items():
            words, spelt = _words(text)
            yield words, kind, value, spelt
    for key, near in (("fashion", False), ("near", True)):
        for name, texts in data[key].items():
            for words, spelt in _inflected(texts, data):
                yield words, "thing", ("fashion", _label(name), near), spelt
    for name, texts in data["instead"].items():
        for words, spelt in _inflected(texts, data):
            yield words, "other", ("fashion", _label(name)), spelt
    for dataset, texts in data["anything"].items():
        for words, spelt in _inflected(texts, data):
            yield words, "anything", (dataset, None, False), spelt
    for text in data["exceptions"]:
        yield _words(text)[0], "negation", True, {}
    yield _words(data["and"][0])[0], "and", True, {}
    lists: tuple[tuple[Kind, Sequence[str]], ...] = (
        ("all", data["all"]),
        ("picture", data["pictures"]),
        ("pair", data["pairs"]),
        ("range", data["ranges"]),
        ("negation", data["negations"]),
        ("neither", data["neither"]),
        ("sign", [*_CALCULATED, "-", "/", *data["signs"]]),
        ("with", data["with"]),
        ("or", data["or"]),
        ("and", data["and"]),
        ("one", data["one"]),
        ("times", [*data["times"], *MULTIPLIED]),
        ("link", data["links"]),
        ("skip", data["skipped"]),
        ("quality", data["beyond"]["qualities"]),
        ("quality", [f"{text}s" for text in data["beyond"]["qualities"]]),
        ("unit", data["beyond"]["units"]),
        ("other", data["beyond"]["things"]),
        ("other", [f"{text}s" for text in data["beyond"]["things"]]),
    )
    for kind, texts in lists:
        for text in texts:
            yield _words(text)[0] or (text,), kind, None, {}


def _words(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """A phrase's words without accents, and how each is spelt."""
    spelt = {token.plain: text[token.start : token.end] for token in cut(text)}
    return tuple(token.plain for token in cut(text)), spelt


def _inflected(
    texts: Sequence[str], data: dict[str, Any]
) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Phrases with the language's endings: "t-shirts", "nus-pieds", "sacs à main", "robes longues". Some
    forms exist in no grammar, so that nobody is led to them.
    """
    for text in texts:
        words, spelt = _words(text)
        joined = [token.joined for token in cut(text)]
        if data["inflected"] == "first":
            first, last = 0, next((k for k in range(1, len(words)) if not joined[k]), len(words)) - 1
        else:
            first, last = max(k for k in range(len(words)) if not joined[k]), len(words) - 1
        for ending in data["endings"]:
            # Of words joined by hyphens the last or all, and the end of the phrase with them or not.
            for changed in ({last}, {*range(first, last + 1)}, {last, len(words) - 1}):
                forms = tuple(word + ending * (k in changed) for k, word in enumerate(words))
                usual = {words[last] + ending: spelt[words[last]] + ending} if ending == "s" else {}
                yield forms, (usual if ending else spelt)


def _label(garment: str) -> int:
    return SOURCES["fashion"].classes.index(garment)
