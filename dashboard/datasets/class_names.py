"""The ten classes of digits and of garments by name, in the order of the data sets."""

from dashboard.datasets.images import DatasetName

_GARMENTS = {
    "fr": (
        "t-shirt",
        "pantalon",
        "pull",
        "robe",
        "manteau",
        "sandale",
        "chemise",
        "basket",
        "sac",
        "bottine",
    ),
    "en": (
        "T-shirt",
        "trousers",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    ),
}


def class_names(dataset: DatasetName, language: str) -> tuple[str, ...]:
    """The ten classes of a data set in "fr" or "en".

    Raises:
        ValueError: another language.
    """
    if language not in _GARMENTS:
        raise ValueError(f"no class names in {language!r}; there are: {', '.join(sorted(_GARMENTS))}")
    return _GARMENTS[language] if dataset == "fashion" else tuple(map(str, range(10)))
