"""ImageNet's 1000 classes: their WordNet numbers, names in French and English, and families.

`data/imagenet.tsv` holds a line for each class, in the order of the networks' outputs: WordNet number,
family, English name, French name. The families (cat, dog, boat, fruit...) are of our making: what a visitor
would call the class at first sight, not WordNet's branches.
"""

from dataclasses import dataclass
from functools import cache

from dashboard.datasets.images import SAMPLES

CLASSES = 1000
_COLUMNS = {"en": 2, "fr": 3}


@dataclass(frozen=True)
class Family:
    """A family of classes: its slug, named in `locales/*/imagenet.toml`, and its classes, in order."""

    slug: str
    members: tuple[int, ...]


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    lines = (SAMPLES / "imagenet.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines)


@cache
def names(language: str) -> tuple[str, ...]:
    """The 1000 classes in "fr" or "en", no two alike.

    Raises:
        ValueError: another language.
    """
    if language not in _COLUMNS:
        raise ValueError(f"no class names in {language!r}; there are: {', '.join(sorted(_COLUMNS))}")
    return tuple(row[_COLUMNS[language]] for row in _rows())


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
