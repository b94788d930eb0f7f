"""The languages that the app speaks, each declared here and nowhere else.

The texts of a language are the files of `locales/<code>/`: short ones in `<name>.toml`, long ones in
`<name>.md`, code to take away in `<name>.py`; `classes.toml` names the classes of the classifiers, and
`vocabulary.toml` holds the words that the generation page understands.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parent / "locales"


@dataclass(frozen=True)
class Language:
    """One language.

    Attributes:
        code: of its folder and in addresses: a language tag such as "en" or "pt-BR".
        name: what it calls itself.
        separators: before decimals, then between thousands.
        percent: what follows a percentage, the space before the sign included.
        spaced: whether ; : ! ? and guillemets take a space that must not break (as in French).
        babel: Babel's locale that counts alike and writes numbers alike; the code if empty.
    """

    code: str
    name: str
    separators: str
    percent: str = "%"
    spaced: bool = False
    babel: str = ""

    @property
    def locale(self) -> str:
        """Babel's locale: its plural rule and how it writes numbers."""
        return self.babel or self.code.replace("-", "_")


LANGUAGES = {
    language.code: language
    for language in (
        Language("fr", "Français", ", ", "\u00a0%", spaced=True),
        Language("en", "English", ".,"),
    )
}
DEFAULT = next(iter(LANGUAGES))
ELSEWHERE = "en"
"""For whoever reads none of them."""


_UNTOUCHED = re.compile(r"(```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|https?://\S+)", re.DOTALL)
_NARROW, _NO_BREAK = "\u202f", "\u00a0"
_UNITS = "Mo|ko|MB|kB|bits?|dB|ms|s|px|IL|EV"


def typeset(text: str, language: str) -> str:
    """A text as it is printed: typographic apostrophes, numbers that never break across lines, in French
    no-break spaces before ; : ! ? % » and after «. Formulas, code and addresses are left alone."""
    parts = _UNTOUCHED.split(text)
    for i in range(0, len(parts), 2):
        part = re.sub(r"(?<=[^\W\d_])'(?=[\w*«{])(?<!\bf')", "’", parts[i])
        part = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", _NARROW, part)
        part = re.sub(r"(?<=[\d}]) × (?=[\d{])", f"{_NO_BREAK}×{_NO_BREAK}", part)
        part = re.sub(rf"(?<=[\d}}]) (?=(?:{_UNITS})\b)", _NO_BREAK, part)
        part = re.sub(r"\b(n°|no\.) (?=[\d{])", rf"\1{_NO_BREAK}", part)
        if LANGUAGES[language].spaced:
            part = re.sub(r" (?=[;!?])", _NARROW, part)
            part = re.sub(r" (?=[:»%])", _NO_BREAK, part)
            part = re.sub(r"(?<=«) ", _NO_BREAK, part)
        parts[i] = part
    return "".join(parts)


def locale_file(code: str, name: str) -> Path:
    """The file of a language, such as `locale_file("fr", "perceptron.toml")`.

    Raises:
        ValueError: there is no such language; the message lists those that there are.
    """
    if code not in LANGUAGES:
        raise ValueError(f"no texts in {code!r}; there are: {', '.join(LANGUAGES)}")
    return LOCALES / code / name


@cache
def table(code: str, name: str) -> dict[str, Any]:
    """A language's TOML file as it stands, such as `table("fr", "classes")`.

    Raises:
        ValueError: there is no such language.
    """
    with locale_file(code, f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words_in(code: str) -> frozenset[str]:
    """The words, in lower case, that the texts of a language use, the vocabulary of requests left out.

    Raises:
        ValueError: there is no such language.
    """
    files = [file for file in sorted(locale_file(code, "").iterdir()) if file.name != "vocabulary.toml"]
    written = [text for file in files if file.suffix == ".toml" for text in _strings(table(code, file.stem))]
    written += [file.read_text(encoding="utf-8") for file in files if file.suffix == ".md"]
    return frozenset(word for text in written for word in re.findall(r"[^\W\d_]+", text.lower()))


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _strings(one)
