"""The classes of digits and of fashion by name, in the order of the data sets, and their families."""

from dashboard.datasets.imagenet import Family
from dashboard.datasets.images import SOURCES, DatasetName
from dashboard.languages import table

_FAMILIES: dict[DatasetName, tuple[Family, ...]] = {
    "fashion": (
        Family("top", (0, 2, 3, 4, 6)),
        Family("shoe", (5, 7, 9)),
        Family("trousers", (1,)),
        Family("bag", (8,)),
    ),
}


def class_names(dataset: DatasetName, language: str) -> tuple[str, ...]:
    """The classes of a data set in one of the languages of `dashboard.languages`.

    Raises:
        ValueError: another language.
    """
    return tuple(table(language, "classes").get(dataset, SOURCES[dataset].classes))


def families(dataset: DatasetName) -> tuple[Family, ...]:
    """What a visitor would call by one name; `locales/*/verdict.toml` names them. Else all classes."""
    return _FAMILIES.get(dataset, (Family(dataset, tuple(range(len(SOURCES[dataset].classes)))),))
