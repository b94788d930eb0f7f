"""One reading of a request in words, from left to right, by a small grammar."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dashboard.datasets.images import DatasetName
from dashboard.generation.amounts import HONOURED, amount, within
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.bounds import bounded, preferred
from dashboard.generation.lexicon import MULTIPLIED, Item, lexicon, read
from dashboard.generation.numerals import HEADS, Role, roles, whole
from dashboard.generation.sampling import Request
from dashboard.generation.understood import MOST, Likeness, Note, Understood, Wanted


@dataclass
class _Part:
    dataset: DatasetName
    label: int | None
    count: int | None
    one_of_all: bool = False  # named as one of several, of which a negation may take it away
    values: dict[str, float] = field(default_factory=dict)
    written: dict[str, Item] = field(default_factory=dict)  # which words gave each attribute


class Reader:
    """One reading of one text, from left to right."""

    def __init__(self, text: str, language: str, borrowed: Sequence[str] = ()) -> None:
        self.text, self.words = text, lexicon(language)
        found, self.corrected = read(text, language, borrowed)
        self.items = whole(bounded(preferred(found, self.words.preferences)), self.words.tens)
        self.roles = roles(self.items)
        self.parts: list[_Part] = []
        self.unused: list[tuple[int, int]] = []
        self.excluded: list[tuple[DatasetName, int]] = []
        self.nearest: list[Likeness] = []
        self.instead: list[Likeness] = []
        self.latest: list[_Part] = []  # what the last thing named became
        self.notes: list[Note] = []
        # What was said of the next thing to come:
        self.count: int | None = None
        self.all = self.paired = False
        self.among: tuple[int, ...] = ()  # digits to choose from
        self.waiting: list[tuple[Item, float, bool]] = []  # attributes: (words, degree, negated)
        # and of the next word:
        self.negation: Item | None = None
        self.exception: Item | None = None  # a negation that goes on through a list
        self.left_out: Item | None = None  # the negation of the thing just named: "no bags or boots"
        self.degree = 1.0
        self.fresh = True  # a new thing may begin here: after "and", a number, an article

    def read(self) -> Understood:
        if not self.items:
            return Understood(notes=("empty",))
        for place, item in enumerate(self.items):
            if item.stop:
                self._separate(listing=True)
            self._take(place, item)
        if not self.parts and "zero" not in self.notes:
            self._take_the_others()
        self._leave_out_excluded()
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
        return Understood(
            wanted,
            self._phrases(),
            corrected,
            tuple(dict.fromkeys(self.excluded)),
            tuple(dict.fromkeys(self.nearest)),
            tuple(dict.fromkeys(self.instead)),
            notes,
        )

    # ------------------------------------------------------------ word by word

    def _take(self, place: int, item: Item) -> None:
        kind = self.roles[place] or item.kind
        if kind == "repeat" and self._thing_ahead(place):
            kind = "count"
        match kind:
            case "sign":
                self._separate()
                self._name_calculation(place, ("digit", "lost"))
            case "times" if item.plain in MULTIPLIED:
                self._name_calculation(place, ("count",))
            case "and" | "with":
                but = item.plain == "but" and self._all_but(place)
                self._separate(listing=bool(item.value))
                if but:
                    self.negation = replace(item, value=True)
            case "or":  # "not thick or slanted", "without bags or sandals"
                carried = self.negation or self.left_out
                self._separate()
                self.negation = carried
            case "neither":
                self._separate()
                self.negation = item
            case "negation":
                self.negation, self.exception, self.fresh = item, None, True
            case "degree":
                self._take_degree(place, item)
            case "attribute":
                self._take_attribute(place, item)
            case "count" | "quantity" | "one":
                self.count, self.fresh = (1 if kind == "one" else int(item.value)), True
                # "sauf 4 et deux 7": the list has ended; "sauf un 4 et un 7": it goes on.
                if self.exception is not None and self.count != 1:
                    self.negation = self.exception = None
            case "after" | "repeat":
                for part in self.latest:
                    part.count = int(item.value)
            case "pair":
                self.count, self.paired = 2 * (self.count or 1), True
            case "all":
                self.all = self.fresh = True
            case "digit" | "plural":
                self._take_digit(item)
            case "long":  # of so many digits, any
                self.count, self.all = item.value * min(self.count or 1, MOST), False
                self.notes.append("figures")
                self._take_thing("digits", None)
            case "figures":
                self._spell(item.value, item)
            case "among":
                self._take_among(place, item)
            case "thing" | "anything":
                dataset, label, near = item.value
                if near and self.negation is None:
                    self.nearest.append((self.text[item.start : item.end], dataset, label))
                self._take_thing(dataset, label)
            case "lost" if self._is_spelt_out(place, item):
                self._take_digit(item)
            case "lost" | "other" | "quality" | "unit" | "unknown":
                self._take_unused(place, item, kind)
                self.fresh = self.fresh or kind == "unit"

    def _separate(self, listing: bool = False) -> None:
        self.negation, self.degree, self.fresh = (self.exception if listing else None), 1.0, True
        self.exception = self.negation

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
            for part in self.latest:
                self._give(part, item, self.degree, negated)
        self.degree = 1.0
        if self.items[place + 1 : place + 2] and self.items[place + 1].kind != "or":
            self.negation = None

    def _take_digit(self, item: Item) -> None:
        if item.value < 10:
            self._take_thing("digits", int(item.value))
        elif self.negation is not None:  # "no 12s"
            self.unused.append((self.negation.start, item.end))
            self.negation = None
        else:
            self._spell(str(item.value), item)
        self._name_minus(item)

    def _spell(self, written: str, item: Item) -> None:
        """A number figure by figure: "three 12s" is 1 2 1 2 1 2. What stands between figures is named."""
        figures = [int(sign) for sign in written if sign.isdigit()] * min(self.count or 1, MOST)
        self._add([_Part("digits", figure, 1) for figure in figures[: MOST + 1]])
        if item.kind == "figures":
            signs = (k for k in range(item.start, item.end) if self.text[k] in ".,:/-h")
            self.unused += [(k, k + 1) for k in signs][:1]
        self.count, self.all, self.paired, self.fresh = None, False, False, False
        self.notes.append("figures")

    def _name_calculation(self, place: int, first: tuple[Role, ...]) -> None:
        """A sign between two numbers that count nothing."""
        around = self.roles[max(place - 1, 0) : place + 2]
        if len(around) == 3 and around[0] in first and around[2] in ("digit", "lost"):
            self.notes.append("calculation")

    def _name_minus(self, item: Item) -> None:
        """The sign before a number, which is no hyphen."""
        before = self.text[: item.start].rstrip()
        if (
            self.text[item.start - 2 : item.start] != "- "
            and before.endswith(("-", "−"))
            and self.text[item.start].isdigit()
            and not before[-2:-1].isalnum()
        ):
            self.unused.append((len(before) - 1, len(before)))

    def _take_among(self, place: int, item: Item) -> None:
        """Digits to choose from, of those just named or to come: "trois chiffres pairs", "even digits"."""
        digits = [part for part in self.latest if part.dataset == "digits" and part in self.parts]
        if self.negation is not None:
            self.excluded += [("digits", label) for label in item.value]
            self.parts = [p for p in self.parts if not (p.one_of_all and p.label in item.value)]
            self.negation = None
        elif digits and (digits[0].label is None or digits[0].one_of_all):
            self.parts = [part for part in self.parts if part not in digits]
            self.latest = [each for part in digits for each in self._chosen(part, item.value)]
            self.parts += self.latest
        elif self._thing_ahead(place):
            self.among = item.value
        else:
            self._add([_Part("digits", label, 1 if self.all else None, True) for label in item.value])
            self.all = False

    @staticmethod
    def _chosen(part: _Part, labels: Sequence[int]) -> list[_Part]:
        """Any digit, or one of all, made some of these."""
        if part.one_of_all:
            return [part] if part.label in labels else []
        if part.count is None:
            return [replace(part, label=label, one_of_all=True) for label in labels]
        return [
            replace(part, label=labels[k % len(labels)], count=1) for k in range(min(part.count, MOST + 1))
        ]

    def _take_thing(self, dataset: DatasetName, label: int | None) -> None:
        self.left_out = self.negation
        if self.negation is not None:
            if label is not None:
                self.excluded.append((dataset, label))
            left_out = [p for p in self.parts if p.one_of_all and (p.dataset, p.label) == (dataset, label)]
            self.parts = [part for part in self.parts if part not in left_out]
            self.exception = self.negation if self.negation.value else None
        elif self.count == 0:
            self.notes.append("zero")
        else:
            if self.paired and self.count and (dataset, label) in self.words.single_pairs:
                self.count //= 2
            every = self.all and label is None
            labels = range(10) if every else [label]
            new = [_Part(dataset, k, self.count or (1 if every else None), every) for k in labels]
            if self.among and dataset == "digits" and label is None:
                new = [each for part in new for each in self._chosen(part, self.among)]
                self.among = ()
            self._add(new)
        self.count, self.all, self.paired, self.fresh = None, False, False, False
        self.negation = None

    def _add(self, new: list[_Part]) -> None:
        for part in new:
            for attribute, degree, negated in self.waiting:
                self._give(part, attribute, degree, negated)
        self.parts += new
        self.latest, self.waiting = new, []

    def _take_the_others(self) -> None:
        """Nothing but what is not wanted: "pas de 4" is one of each other digit."""
        for dataset in dict.fromkeys(dataset for dataset, _ in self.excluded):
            self._add([_Part(dataset, label, 1) for label in self._others(dataset)])

    def _leave_out_excluded(self) -> None:
        """ "Cinq vêtements sauf des sacs": the others in turn, where any would have done."""
        made = list[_Part]()
        for part in self.parts:
            others = self._others(part.dataset)
            if part.label is not None or len(others) in (0, 10):
                made.append(part)
                continue
            for k in range(part.count or len(others)):
                made.append(replace(part, label=others[k % len(others)], count=1))
        self.parts = made

    def _others(self, dataset: DatasetName) -> list[int]:
        """The classes that are not excluded."""
        return [label for label in range(10) if (dataset, label) not in self.excluded]

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
        if kind == "other" and item.value and self.negation is None:
            self.instead.append((self.text[item.start : item.end], *item.value))
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
            if item.kind in ("and", "with", "sign", "or", "neither", "negation", "one", "quantity"):
                return False
            if role == "digit" or item.kind in HEADS:
                return True
        return False

    def _is_spelt_out(self, place: int, item: Item) -> bool:
        """Whether a number that counts nothing is to be drawn figure by figure."""
        fresh = self.fresh or self.roles[max(place - 1, 0)] == "lost"
        return item.value > 9 and fresh and self.negation is None and not self._noun_follows(place)

    def _all_but(self, place: int) -> bool:
        """Whether what follows is left out of what was named: "all clothes but bags", "any digit but 3"."""
        if not self.parts:
            return False
        last = self.parts[-1]
        after = place + 1 if [item.kind for item in self.items[place + 1 : place + 2]] == ["one"] else place
        return (last.one_of_all or last.label is last.count is None) and self._thing_ahead(after)

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
            if item.kind in ("skip", "link", "one", "times")
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
