"""The visitor's language, one of ``dashboard.languages``: texts, numbers and plurals."""

import threading
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import streamlit as st
from babel import Locale, negotiate_locale
from babel.numbers import format_decimal, format_percent
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.languages import DEFAULT, ELSEWHERE, LANGUAGES, locale_file, table, typeset
from dashboard.ui import address

_CHOSEN = "lang"  # session key, of no widget; also the query parameter
_run = threading.local()  # the visit whose script runs in this thread, and its language


def preferred(header: str | None) -> str:
    """The first language of an Accept-Language header that the app speaks, else ELSEWHERE; without a header,
    DEFAULT."""
    return _spoken(part.split(";")[0].strip() for part in (header or DEFAULT).split(",")) or ELSEWHERE


def asked_for(text: str) -> str | None:
    """The language that the parameter of an address asks for, None if none can be made out."""
    return _spoken(address.readings(text))


def _spoken(tags: Iterable[str]) -> str | None:
    """The first of the app's languages among language tags, in capitals or not: "en-GB" is English."""
    codes = {code.lower(): code for code in LANGUAGES}
    found = negotiate_locale([tag.lower() for tag in tags], list(codes), sep="-")
    return codes.get(found or "")


def current() -> str:
    """The code of this visit's language."""
    # Every text asks, and asking the session costs as much as the text.
    visit = get_script_run_ctx(suppress_warning=True)
    if visit is None or getattr(_run, "visit", None) is not visit:
        _run.visit, _run.language = visit, st.session_state.get(_CHOSEN, DEFAULT)
    return str(_run.language)


def choose(wanted: str | None = None) -> None:
    """Set the visit's language: the ``wanted`` one, else the one it has, else the URL's or the browser's.

    It is always in the URL, unlike other defaults: a link opens in the language it was copied in.
    """
    named = asked_for(st.query_params.get(_CHOSEN) or "")
    browsers = preferred(st.context.headers.get("Accept-Language"))
    choices = (wanted, st.session_state.get(_CHOSEN), named, browsers)
    chosen = next(language for language in choices if language in LANGUAGES)
    st.session_state[_CHOSEN] = st.query_params[_CHOSEN] = chosen
    _run.visit = None


def _typeset_all(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return typeset(value, language)
    if isinstance(value, Mapping):
        return {key: _typeset_all(item, language) for key, item in value.items()}
    if isinstance(value, list):
        return [_typeset_all(item, language) for item in value]
    return value


@cache
def texts_in(name: str, language: str) -> dict[str, Any]:
    """All short texts of a file of the language, as nested dictionaries."""
    return _typeset_all(table(language, name), language)


def texts(path: str) -> Any:
    """A text or a table of texts: ``texts("perceptron.board")``.

    Raises ``KeyError`` with the whole path when it is missing: a typing mistake, never the visitor's.
    """
    name, *keys = path.split(".")
    value: Any = texts_in(name, current())
    for key in keys:
        if key not in value:
            raise KeyError(f"{path} is missing in the {current()} texts")
        value = value[key]
    return value


def t(path: str, **values: Any) -> str:
    """One short text in the visitor's language, its {placeholders} filled. Floats are written as numbers."""
    filled = {key: number(v) if isinstance(v, float) else v for key, v in values.items()}
    text = texts(path)
    if isinstance(text, Mapping):  # a plural: tables of one / other, chosen by n
        form = Locale.parse(LANGUAGES[current()].locale).plural_form(values["n"])
        text = text.get(form, text["other"])
    return text.format(**filled) if filled else text


def long_text(name: str) -> str:
    """A long text, as Markdown."""
    return _read(f"{name}.md", current())


def code(name: str) -> str:
    """A runnable script to take away, with comments in the visitor's language."""
    return _read(f"{name}.py", current())


@cache
def _read(file: str, language: str) -> str:
    text = locale_file(language, file).read_text(encoding="utf-8")
    return typeset(text, language) if file.endswith(".md") else text


def mark(sign: str) -> str:
    """A colon or semicolon between two parts of a sentence, spaced as the language does: "; " or " ; "."""
    return typeset(f"{' ' * LANGUAGES[current()].spaced}{sign} ", current())


def number(value: float, digits: int = 2) -> str:
    """A number as the language writes it, at most ``digits`` decimals: 1 234,5 or 1,234.5."""
    return _number(float(value), digits, current())


@lru_cache(4096)
def _number(value: float, digits: int, language: str) -> str:
    written = "#,##0." + "#" * digits
    text = format_decimal(round(value, digits) + 0.0, format=written, locale=LANGUAGES[language].locale)
    return text.replace("-", "−")


def percent(value: float, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return _percent(float(value), digits, current())


@lru_cache(4096)
def _percent(value: float, digits: int, language: str) -> str:
    written = f"#,##0.{'#' * digits}{LANGUAGES[language].percent}"
    return format_percent(value, written, LANGUAGES[language].locale)
