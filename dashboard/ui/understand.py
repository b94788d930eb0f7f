"""« Comprendre »: under each view the one section that it needs, the rest folded at the foot of the page.

A text is cut at its headings, ``### Heading {view view}``: the section is the card of the views in braces.
"""

import re
from dataclasses import dataclass
from functools import cache

import streamlit as st

from dashboard.languages import locale_file, typeset
from dashboard.ui.language import current

_HEADING = re.compile(r"^### (.+?)(?: \{([\w ]+)\})?$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A heading, the views of which it is the card, and the Markdown under it."""

    title: str
    views: tuple[str, ...]
    body: str


@cache
def sections(page: str, language: str) -> tuple[Section, ...]:
    """The explanation of a page, in order."""
    text = locale_file(language, f"{page}_understand.md").read_text(encoding="utf-8")
    _, *parts = _HEADING.split(text)
    return tuple(
        Section(typeset(title, language), tuple((views or "").split()), typeset(body.strip(), language))
        for title, views, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    )


def card(page: str, view: str) -> None:
    """The section that explains a view, if there is one."""
    for section in sections(page, current()):
        if view in section.views:
            with st.container(key="card"):
                _draw(section)


def whole(page: str) -> None:
    """All the sections."""
    for section in sections(page, current()):
        _draw(section)


def _draw(section: Section) -> None:
    st.markdown(f"#### {section.title}\n\n{section.body}")
