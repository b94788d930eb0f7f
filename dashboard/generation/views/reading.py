"""What was understood of a sentence, said in a sentence."""

import re
from collections.abc import Sequence

import streamlit as st

from dashboard.datasets.class_names import class_names
from dashboard.generation.amounts import upright
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.sampling import Request
from dashboard.generation.understood import Understood
from dashboard.ui.language import current, mark, number, t, texts

_MOST_NAMED = 8
_LONGEST_NAMED = 40


def say(found: Understood) -> None:
    """The reading, and under it what could not be honoured and why."""
    lines = []
    if found.wanted:
        said = [(wanted.request, wanted.count) for wanted in found.wanted]
        lines.append(t("generation.read.asked", list=listed(said)))
    if any(wanted.count is None for wanted in found.wanted):
        lines.append(t("generation.read.free_count"))
    for before, after in found.corrected[:_MOST_NAMED]:
        lines.append(t("generation.read.corrected", before=quoted(before), after=after))
    for words, dataset, label in found.nearest[:_MOST_NAMED]:
        name = class_name(Request(dataset, label))
        lines.append(t("generation.read.nearest", words=quoted(words), name=name))
    if found.excluded:
        names = ", ".join(class_name(Request(*each)) for each in dict.fromkeys(found.excluded))
        lines.append(t("generation.read.excluded", names=names))
    notes = texts("generation.read.notes")
    lines += [notes[note] for note in found.notes if note not in ("empty", "nothing")]
    if lines:
        st.markdown(" ".join(lines))
    if found.unused:
        named = [t("generation.read.quoted", words=quoted(words)) for words in found.unused[:_MOST_NAMED]]
        more = ["…"] * (len(found.unused) > _MOST_NAMED)
        st.warning(t("generation.read.unused", words=", ".join([*named, *more])), icon=":material/block:")
    if not found.wanted:
        st.info(notes["empty" if "empty" in found.notes else "nothing"], icon=":material/help:")


def listed(said: Sequence[tuple[Request, int | None]]) -> str:
    """Requests and counts in a few words."""
    return mark(";").join(described(request, count) for request, count in said)


def described(request: Request, count: int | None = None) -> str:
    """One request in a few words: 3 × botte (clair +1,5)."""
    name = class_name(request)
    if count is not None and count > 1 and request.dataset == "digits" and request.label is not None:
        name = t("generation.read.digit", name=name)
    if count is not None:
        name = t("generation.read.counted", count=count, name=name)
    qualities = [
        _quality(attribute, value, request.label)
        for attribute, value in zip(ATTRIBUTES, request.attributes, strict=True)
        if value is not None
    ]
    return f"**{name}**" + (f" ({', '.join(qualities)})" if qualities else "")


def class_name(request: Request) -> str:
    """The class of a request in the visitor's language."""
    if request.label is None:
        return t(f"generation.any.{request.dataset}")
    return class_names(request.dataset, current())[request.label]


def _quality(attribute: str, value: float, label: int | None) -> str:
    words = texts(f"generation.attributes.words.{attribute}")
    if attribute == "slant" and value == upright(label):
        return str(words["none"])
    sign = "+" if value > 0 else ""
    return f"{words['more' if value > 0 else 'less']} {sign}{number(value, 1)}"


def quoted(words: str) -> str:
    """A visitor's words, shortened, that Markdown cannot read as anything else."""
    words = " ".join(words.split())
    if len(words) > _LONGEST_NAMED:
        words = f"{words[:_LONGEST_NAMED]}…"
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)
