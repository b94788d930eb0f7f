"""The ten classes of Fashion-MNIST, in the order of the data set, in French and English."""

_NAMES = {
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


def names(language: str) -> tuple[str, ...]:
    """The ten garments in "fr" or "en".

    Raises:
        ValueError: another language.
    """
    if language not in _NAMES:
        raise ValueError(f"no class names in {language!r}; there are: {', '.join(sorted(_NAMES))}")
    return _NAMES[language]
