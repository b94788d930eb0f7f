"""Over a hundred written requests in each language are read as their author meant them."""

import time
import tomllib
from pathlib import Path

import pytest

from dashboard.datasets.images import SOURCES
from dashboard.generation.amounts import UPRIGHT, USUAL
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.understand import MOST, Understood, Wanted, understand
from dashboard.languages import LANGUAGES

FILES = {language: Path(__file__).with_name(f"requests_{language}.toml") for language in LANGUAGES}
REQUESTS = [
    (language, text, reading)
    for language, file in FILES.items()
    for text, reading in tomllib.loads(file.read_text(encoding="utf-8"))["requests"]
]


def name(dataset: str, label: int | None) -> str:
    return dataset if label is None else SOURCES[dataset].classes[label]


def written(wanted: Wanted) -> str:
    request, words = wanted.request, []
    if wanted.count is not None:
        words.append(f"{wanted.count} x")
    words.append(name(request.dataset, request.label))
    for attribute, value in zip(ATTRIBUTES, request.attributes, strict=True):
        if attribute == "slant" and value in UPRIGHT:
            words.append("slant^")
        elif value is not None:
            words.append(f"{attribute}{value / USUAL:+.2g}")
    return " ".join(words)


def summary(found: Understood) -> str:
    """A reading in the notation of the files."""
    parts = [" ; ".join(written(each) for each in found.wanted)]
    parts += [f"!{name(*each)}" for each in found.excluded]
    parts += [f"| {phrase}" for phrase in found.unused]
    parts += [f"~ {before}>{after}" for before, after in found.corrected]
    if found.notes:
        parts.append(f"# {' '.join(found.notes)}")
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("language", "text", "reading"), REQUESTS)
def test_written_requests(language, text, reading):
    assert summary(understand(text, language)) == reading


def test_there_are_enough_requests_of_every_class():
    for language in FILES:
        own = [(text, reading) for spoken, text, reading in REQUESTS if spoken == language]
        assert len({text for text, _ in own}) >= 100
        for classes in (source.classes for source in SOURCES.values()):
            assert all(any(f"{each}" in reading.split() for _, reading in own) for each in classes)


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("count", range(1, 26))
def test_every_count_in_figures(language, count):
    noun = "bottes" if language == "fr" else "boots"
    assert [wanted.count for wanted in understand(f"{count} {noun}", language).wanted] == [count]


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("piece", ["a", "sept ", "pas ", "seven trois ", "é", "xyzzy ", "7,", "-", "🙂"])
def test_ten_thousand_characters_are_read_quickly(language, piece):
    text = piece * (10_000 // len(piece))
    started = time.process_time()
    found = understand(text, language)
    assert time.process_time() - started < 2.0
    assert "long" in found.notes
    assert sum(wanted.count or 1 for wanted in found.wanted) <= MOST


def test_what_is_said_first_is_read_in_a_long_text():
    found = understand("trois bottes claires. " + "bla " * 3000, "fr")
    assert written(found.wanted[0]) == "3 x ankle-boot brightness+1"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fr, en"):
        understand("drei Stiefel", "de")


def test_accents_typed_as_two_characters_are_accents():
    assert understand("un sept penche\u0301", "fr") == understand("un sept penché", "fr")
