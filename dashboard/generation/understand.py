"""What a sentence asks for: how many of which digit or garment, slanted, thick, large or bright how much.

A small grammar over a vocabulary of each language (`locales/*/vocabulary.toml`), no learning: every reading
can be explained, and what cannot be honoured is named, not ignored.
"""

import unicodedata
from dataclasses import dataclass, field, replace
from typing import Literal

from dashboard.datasets.images import DatasetName
from dashboard.generation.amounts import HONOURED, amount, within
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.lexicon import Item, lexicon, read
from dashboard.generation.numerals import HEADS, roles, whole
from dashboard.generation.sampling import Request
from dashboard.languages import DEFAULT, LANGUAGES

LONGEST = 500
"""Characters that are read."""
MOST = 25
"""Images in one request."""

Note = Literal["empty", "nothing", "long", "many", "zero", "figures", "other_language"]


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for. `count` is None where the sentence does not say: "bottes", "des 4"."""

    request: Request
    count: int | None = None


@dataclass(frozen=True)
class Understood:
    """How a sentence was read.

    Attributes:
        wanted: what to draw, in the order of the sentence; MOST images in all.
        unused: parts of the sentence that cannot be honoured, as written: "rouge", "à rayures".
        corrected: (as written, as read) of mistyped words.
        excluded: (data set, class) that the sentence does not want: "pas de bottes".
        notes: "empty" (no words), "nothing" (nothing to draw was found), "long" (only the first LONGEST
            characters were read), "many" (cut to MOST images), "zero" (none are wanted), "figures" (a number
            that is no digit), "other_language" (it made sense in the other language alone).
    """

    wanted: tuple[Wanted, ...] = ()
    unused: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    excluded: tuple[tuple[DatasetName, int], ...] = ()
    notes: tuple[Note, ...] = ()


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
    found = _Reader(text, language).read()
    if found.unused or found.corrected:
        for another in LANGUAGES.keys() - {language}:
            other = _Reader(text, another).read()
            # One word of another language may be met by chance; a whole sentence may not.
            if other.wanted and not other.unused and not other.corrected:
                found = replace(other, notes=(*other.notes, "other_language"))
                break
    return replace(found, notes=(*long, *found.notes))


@dataclass
class _Part:
    dataset: DatasetName
    label: int | None
    count: int | None
    one_of_all: bool = False
    values: dict[str, float] = field(default_factory=dict)
    written: dict[str, Item] = field(default_factory=dict)  # which words gave each attribute


class _Reader:
    """One reading of one text, from left to right."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.words = text, lexicon(language)
        found, self.corrected = read(text, language)
        self.items = whole(found, self.words.tens)
        self.roles = roles(self.items)
        self.parts: list[_Part] = []
        self.unused: list[tuple[int, int]] = []
        self.excluded: list[tuple[DatasetName, int]] = []
        self.notes: list[Note] = []
        # What was said of the next thing to come:
        self.count: int | None = None
        self.all = self.paired = False
        self.waiting: list[tuple[Item, float, bool]] = []  # attributes: (words, degree, negated)
        # and of the next word:
        self.negation: Item | None = None
        self.degree = 1.0
        self.fresh = True  # a new thing may begin here: after "and", a number, an article

    def read(self) -> Understood:
        if not self.items:
            return Understood(notes=("empty",))
        for place, item in enumerate(self.items):
            if item.stop:
                self._separate()
            self._take(place, item)
        self.unused += [(item.start, item.end) for item, _, _ in self.waiting]
        if not self.parts and "zero" not in self.notes:
            self.notes.append("nothing")
        wanted = self._within_limits()
        notes = tuple(dict.fromkeys(self.notes))
        corrected = tuple(
            (self.text[start:end], read_as)
            for (start, end), read_as in self.corrected.items()
            if not any(a <= start and end <= b for a, b in self.unused)
        )
        return Understood(wanted, self._phrases(), corrected, tuple(self.excluded), notes)

    # ------------------------------------------------------------ word by word

    def _take(self, place: int, item: Item) -> None:
        kind = self.roles[place] or item.kind
        match kind:
            case "and":
                self._separate()
            case "or":  # "not thick or slanted"
                carried = self.negation
                self._separate()
                self.negation = carried
            case "neither":
                self._separate()
                self.negation = item
            case "negation":
                self.negation, self.fresh = item, True
            case "degree":
                self._take_degree(place, item)
            case "attribute":
                self._take_attribute(place, item)
            case "count" | "quantity" | "one":
                self.count, self.fresh = (1 if kind == "one" else int(item.value)), True
            case "after":
                self.parts[-1:] = [replace(part, count=item.value) for part in self.parts[-1:]]
            case "pair":
                self.count, self.paired = 2 * (self.count or 1), True
            case "all":
                self.all = self.fresh = True
            case "digit" | "plural":
                self._take_digit(item)
            case "thing" | "anything":
                self._take_thing(*item.value)
            case "lost" | "other" | "quality" | "unknown":
                self._take_unused(place, item, kind)

    def _separate(self) -> None:
        self.negation, self.degree, self.fresh = None, 1.0, True

    def _take_degree(self, place: int, item: Item) -> None:
        following = next((i for i in self.items[place + 1 :] if i.kind not in ("skip", "link")), None)
        if following is not None and following.kind == "attribute" and not following.stop:
            self.degree = float(item.value)
        elif place and self.items[place - 1].kind == "attribute" and not item.stop:
            self._rescale(self.items[place - 1], float(item.value))
        elif following is not None and following.kind in ("unknown", "quality", "other"):
            self.unused.append((item.start, item.end))

    def _take_attribute(self, place: int, item: Item) -> None:
        negated = self.negation is not None
        if not self.parts or (self.fresh and self._thing_ahead(place)):
            self.waiting.append((item, self.degree, negated))
        else:
            self._give(self.parts[-1], item, self.degree, negated)
        self.degree = 1.0
        if self.items[place + 1 : place + 2] and self.items[place + 1].kind != "or":
            self.negation = None

    def _take_digit(self, item: Item) -> None:
        if item.value < 10:
            self._take_thing("digits", int(item.value))
        else:  # "three 12s"
            self.unused.append((item.start, item.end))
            self.notes.append("figures")

    def _take_thing(self, dataset: DatasetName, label: int | None) -> None:
        if self.negation is not None:
            if label is not None:
                self.excluded.append((dataset, label))
            self.parts = [part for part in self.parts if not (part.one_of_all and part.label == label)]
        elif self.count == 0:
            self.notes.append("zero")
        else:
            if self.paired and self.count and (dataset, label) in self.words.single_pairs:
                self.count //= 2
            every = self.all and label is None
            labels = range(10) if every else [label]
            new = [_Part(dataset, k, self.count or (1 if every else None), every) for k in labels]
            for part in new:
                for attribute, degree, negated in self.waiting:
                    self._give(part, attribute, degree, negated)
            self.parts += new
            self.waiting = []
        self.count, self.all, self.paired, self.fresh = None, False, False, False
        self.negation = None

    def _take_unused(self, place: int, item: Item, kind: str) -> None:
        before = self.items[place - 1] if place and not item.stop else None
        ahead = self._thing_ahead(place)
        start = item.start
        if self.negation is not None:
            start = self.negation.start
        elif before is not None and (
            before.kind == "link" or (before.kind == "one" and kind != "lost" and not ahead)
        ):
            start = before.start
        self.unused.append((start, item.end))
        if kind == "lost" and item.value > 9 and not self._noun_follows(place):
            self.notes.append("figures")
        if not ahead:
            self.count, self.paired = None, False
        self.negation = None

    # ------------------------------------------------------------ what belongs to what

    def _thing_ahead(self, place: int) -> bool:
        """Whether something to draw follows before a comma, an "and" or another number begins anew."""
        for k in range(place + 1, len(self.items)):
            item, role = self.items[k], self.roles[k]
            if item.stop or role in ("count", "lost"):
                return False
            if item.kind in ("and", "or", "neither", "negation", "one", "quantity"):
                return False
            if role == "digit" or item.kind in HEADS:
                return True
        return False

    def _noun_follows(self, place: int) -> bool:
        return any(i.kind in ("unknown", "other") for i in self.items[place + 1 : place + 3])

    def _give(self, part: _Part, item: Item, degree: float, negated: bool) -> None:
        name, level = item.value
        if name not in HONOURED[part.dataset]:
            self.unused.append((item.start, item.end))
            return
        value = amount(name, level, degree, negated, part.label)
        earlier = part.written.get(name)
        if earlier is not None and part.values[name] * value <= 0 and part.values[name] != value:
            # "thick and thin": the last one holds, the first is named.
            self.unused.append((earlier.start, earlier.end))
        part.values[name], part.written[name] = value, item

    def _rescale(self, item: Item, degree: float) -> None:
        """A degree after its attribute: "slanted a bit"."""
        for part in self.parts:
            for name, written in part.written.items():
                if written is item:
                    part.values[name] = within(part.values[name] * degree)
        self.waiting = [(each, degree if each is item else old, no) for each, old, no in self.waiting]

    # ------------------------------------------------------------ the result

    def _within_limits(self) -> tuple[Wanted, ...]:
        wanted, left = list[Wanted](), MOST
        for part in self.parts:
            count = part.count
            if (count or 1) > left:
                self.notes.append("many")
                count = left
            if left == 0:
                break
            left -= count or 1
            values = {name: part.values.get(name) for name in ATTRIBUTES}
            wanted.append(Wanted(Request(part.dataset, part.label, **values), count))
        return tuple(wanted)

    def _phrases(self) -> tuple[str, ...]:
        """The unused parts of the text, those that only small words keep apart as one."""
        small = {
            place
            for item in self.items
            if item.kind in ("skip", "link", "one")
            for place in range(item.start, item.end)
        }
        joined = list[tuple[int, int]]()
        for start, end in sorted(set(self.unused)):
            gap = range(joined[-1][1], start) if joined else range(0)
            if joined and all(self.text[k] in " -'’" or k in small for k in gap):
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(dict.fromkeys(self.text[start:end] for start, end in joined))
