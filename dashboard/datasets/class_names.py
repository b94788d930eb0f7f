"""The ten classes of digits and of fashion by name, in the order of the data sets."""

from dashboard.datasets.images import DatasetName
from dashboard.languages import table


def class_names(dataset: DatasetName, language: str) -> tuple[str, ...]:
    """The ten classes of a data set in one of the languages of `dashboard.languages`.

    Raises:
        ValueError: another language.
    """
    names = tuple(table(language, "classes")["fashion"])
    return names if dataset == "fashion" else tuple(map(str, range(10)))
