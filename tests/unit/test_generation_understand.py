"""Over a hundred written requests in each language are read as their author meant them."""

import tomllib
from pathlib import Path

import pytest

from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import SOURCES
from dashboard.generation.amounts import UPRIGHT, USUAL
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.understand import understand
from dashboard.generation.understood import MOST, Understood, Wanted
from dashboard.languages import LANGUAGES

LONG = tuple(
    piece * (10_000 // len(piece))
    for piece in ("a", "sept ", "pas ", "seven trois ", "é", "xyzzy ", "7,", "-", "🙂")
)
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
@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:12])
def test_of_ten_thousand_characters_the_first_are_read(language, text):
    found = understand(text, language)
    assert "long" in found.notes
    assert sum(wanted.count or 1 for wanted in found.wanted) <= MOST


def spelt(n: int, language: str) -> str:
    """A number of 0 to 99 in words, as the schoolbooks write it."""
    if language == "fr":
        small = (
            "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
        )
        tens = {
            20: "vingt",
            30: "trente",
            40: "quarante",
            50: "cinquante",
            60: "soixante",
            80: "quatre-vingt",
        }
        words = small.split()
        if n < 17:
            return words[n]
        if n < 20:
            return f"dix-{words[n - 10]}"
        if n == 80:
            return "quatre-vingts"
        ten = max(base for base in tens if base <= n)
        link = " et " if n - ten in (1, 11) and ten != 80 else "-"
        return tens[ten] + (link + spelt(n - ten, "fr") if n > ten else "")
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    words = [*ones.split(), "sixteen", "seventeen", "eighteen", "nineteen"]
    if n < 20:
        return words[n]
    ten = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"][n // 10 - 2]
    return ten + (f"-{words[n % 10]}" if n % 10 else "")


@pytest.mark.parametrize("language", FILES)
def test_every_number_up_to_ninety_nine_is_drawn_figure_by_figure_or_counts(language):
    for n in range(100):
        for text in (
            {spelt(n, language), spelt(n, language).replace("-", " ")} if n > 19 else {spelt(n, language)}
        ):
            drawn = understand(text, language)
            assert [wanted.request.label for wanted in drawn.wanted] == [int(f) for f in str(n)], text
            assert not drawn.unused and ("figures" in drawn.notes) == (n > 9)
            many = understand(f"{text} {'robes' if language == 'fr' else 'dresses'}", language)
            assert sum(wanted.count for wanted in many.wanted) == min(n, MOST), text
            assert not many.unused


PLURALS = {"manteau": "manteaux", "dress": "dresses", "trousers": "trousers"}


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("label", range(10))
def test_every_garment_has_its_name_and_its_plural(language, label):
    name = class_names("fashion", language)[label]
    three = {"fr": "trois", "en": "three"}[language]
    for text in (name, name.upper(), name.replace("-", " "), name.replace("-", "‑")):
        assert [w.request.label for w in understand(text, language).wanted] == [label], text
    for text in (PLURALS.get(name, f"{name}s"), PLURALS.get(name, f"{name}s").replace("-", " ")):
        [wanted] = understand(f"{three} {text}", language).wanted
        assert (wanted.request.label, wanted.count) == (label, 3), text
        assert not understand(text, language).unused + understand(text, language).corrected


NEGATIONS = {
    "fr": ["pas de {}", "pas un seul {}", "sans {}", "aucun {}", "surtout pas de {}", "tout sauf {}", "ni {}",
           "hormis {}", "tout sauf un {}", "n'importe quoi sauf {}", "autre chose que {}", "jamais de {}",
           "n'importe quel {any} différent de {}", "évitez {}"],
    "en": ["no {}", "not a {}", "without {}", "anything but {}", "everything except {}", "not a single {}",
           "everything but a {}", "other than {}", "neither {}", "apart from {}", "never a {}",
           "any {any} but {}", "avoid {}"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "form"), [(language, form) for language, forms in NEGATIONS.items() for form in forms]
)
def test_what_is_not_wanted_is_left_out_and_the_others_are_drawn(language, form):
    for dataset, label, name in [
        *(("fashion", k, name) for k, name in enumerate(class_names("fashion", language))),
        *(("digits", k, str(k)) for k in range(10)),
    ]:
        kind = {"fr": ("chiffre", "vêtement"), "en": ("digit", "garment")}[language][dataset == "fashion"]
        found = understand(form.format(name, any=kind), language)
        assert found.excluded == ((dataset, label),)
        drawn = [(w.request.dataset, w.request.label, w.count) for w in found.wanted]
        assert drawn == [(dataset, k, 1) for k in range(10) if k != label]


def test_an_exception_goes_for_the_whole_list():
    for text, language, digits in (
        ("tous les chiffres sauf 4 et 7", "fr", {4, 7}),
        ("sauf 1, 2 et 3", "fr", {1, 2, 3}),
        ("all digits except 0, 1 and 2", "en", {0, 1, 2}),
        ("ni 4 ni 5", "fr", {4, 5}),
        ("any digit but 4 and 5", "en", {4, 5}),
    ):
        labels = [wanted.request.label for wanted in understand(text, language).wanted]
        assert labels == [k for k in range(10) if k not in digits], text
    [five, *sevens] = understand("un 5 sauf des bottes et deux 7", "fr").wanted
    assert (five.request.label, [(w.request.label, w.count) for w in sevens]) == (5, [(7, 2)])
    found = understand("sept vêtements sauf des sacs", "fr")
    assert sum(wanted.count for wanted in found.wanted) == 7
    assert 8 not in {wanted.request.label for wanted in found.wanted}


def test_what_is_said_of_all_holds_for_all():
    for text, language in (
        ("tous les chiffres penchés", "fr"),
        ("un 12 penché", "fr"),
        ("all tilted digits", "en"),
    ):
        assert all(wanted.request.slant == 1.5 for wanted in understand(text, language).wanted), text


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("chaussures à talons", "fr", 5),
        ("des talons aiguilles", "fr", 5),
        ("high heels", "en", 5),
        ("shoes with heels", "en", 5),
        ("un sac à dos", "fr", 8),
        ("two backpacks", "en", 8),
        ("robes longues", "fr", 3),
        ("une veste", "fr", 4),
    ],
)
def test_what_is_only_near_is_drawn_and_said(text, language, label):
    found = understand(text, language)
    assert [wanted.request.label for wanted in found.wanted] == [label]
    [(written_, dataset, near)] = found.nearest
    assert (dataset, near) == ("fashion", label) and written_ in text
    assert not found.unused


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [("une jupe", "fr", 3), ("deux mocassins rouges", "fr", 7), ("a skirt", "en", 3), ("socks", "en", 9)],
)
def test_what_is_refused_names_what_resembles_it(text, language, label):
    found = understand(text, language)
    assert not found.wanted and found.unused
    assert [each[1:] for each in found.instead] == [("fashion", label)]


def test_what_is_said_first_is_read_in_a_long_text():
    found = understand("trois bottes claires. " + "bla " * 3000, "fr")
    assert written(found.wanted[0]) == "3 x ankle-boot brightness+1"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fr, en"):
        understand("drei Stiefel", "de")


def test_accents_typed_as_two_characters_are_accents():
    assert understand("un sept penche\u0301", "fr") == understand("un sept penché", "fr")
