"""ImageNet's 1000 classes: their WordNet numbers, names in every language, and families.

`data/imagenet.tsv` holds a line for each class, in the order of the networks' outputs: WordNet number and
family. The families (cat, dog, boat, fruit...) are of our making: what a visitor
would call the class at first sight, not WordNet's branches.
"""

from dataclasses import dataclass
from functools import cache

from dashboard.datasets.shipped import shipped_path
from dashboard.languages import table

CLASSES = 1000
_WORN = ("clothes", "hat", "accessory")


@dataclass(frozen=True)
class Family:
    """A family of classes: its slug, named in `locales/*/imagenet.toml`, and its classes, in order."""

    slug: str
    members: tuple[int, ...]


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    lines = shipped_path("imagenet.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines)


def names(language: str) -> tuple[str, ...]:
    """The 1000 classes in one of the languages of `dashboard.languages`, no two alike.

    Raises:
        ValueError: another language.
    """
    return tuple(table(language, "classes")["imagenet"])


@cache
def synsets() -> tuple[str, ...]:
    """The WordNet number of every class, such as n02123045; they rise."""
    return tuple(row[0] for row in _rows())


@cache
def families() -> tuple[Family, ...]:
    """All families, in the order in which their first classes come."""
    members: dict[str, list[int]] = {}
    for index, row in enumerate(_rows()):
        members.setdefault(row[1], []).append(index)
    return tuple(Family(slug, tuple(indices)) for slug, indices in members.items())


@cache
def family_of(index: int) -> Family:
    """The family of a class.

    Raises:
        IndexError: there is no such class.
    """
    slug = _rows()[index][1]
    return next(family for family in families() if family.slug == slug)


@cache
def worn() -> frozenset[int]:
    """What people wear: what the network names before a person, for it knows next to none."""
    return frozenset(index for family in families() if family.slug in _WORN for index in family.members)
