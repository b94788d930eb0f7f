"""The ten classes of digits and of fashion by name, in the order of the data sets, and their families."""

from dashboard.datasets.imagenet import Family
from dashboard.datasets.images import DatasetName
from dashboard.languages import table

_FAMILIES: dict[DatasetName, tuple[Family, ...]] = {
    "digits": (Family("digit", tuple(range(10))),),
    "fashion": (
        Family("top", (0, 2, 3, 4, 6)),
        Family("shoe", (5, 7, 9)),
        Family("trousers", (1,)),
        Family("bag", (8,)),
    ),
}


def class_names(dataset: DatasetName, language: str) -> tuple[str, ...]:
    """The ten classes of a data set in one of the languages of `dashboard.languages`.

    Raises:
        ValueError: another language.
    """
    names = tuple(table(language, "classes")["fashion"])
    return names if dataset == "fashion" else tuple(map(str, range(10)))


def families(dataset: DatasetName) -> tuple[Family, ...]:
    """What a visitor would call by one name; `locales/*/verdict.toml` names them."""
    return _FAMILIES[dataset]
