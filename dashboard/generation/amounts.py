"""How much a word such as "thick" or "very large" is, in standard deviations of the training images."""

from dashboard.datasets.images import DatasetName
from dashboard.generation.attributes import ATTRIBUTES

HONOURED: dict[DatasetName, tuple[str, ...]] = {"digits": ATTRIBUTES, "fashion": ("size", "brightness")}
"""Garments were all photographed flat and straight: their slant and thickness are their cut."""
USUAL, GREATEST = 1.5, 2.5
"""What an attribute means without "very" or "a bit", and the most with it."""
NOT = -0.6
"""What is "not thick" is rather thin: this much of the opposite."""
UPRIGHT = (-1.0, -0.85, -0.35, -0.2, -0.15, -0.7, -0.1, -0.1, -0.7, 0.0)
"""Where each digit stands straight. Handwriting leans, so that the mean of most is slanted to the right: this
is the zero on the scale of `attribute_mean` and `attribute_std` of digits-flow."""


def amount(attribute: str, level: float, degree: float, negated: bool, label: int | None) -> float:
    """An attribute's value.

    Args:
        level: 1 or -1, more for "tiny" or "huge"; 0 for "upright".
        degree: what "very" or "a bit" multiplies it by.
        label: the digit, None for any.
    """
    if attribute == "slant" and level == 0:
        return USUAL if negated else upright(label)
    if attribute == "slant" and negated:
        return upright(label)
    return within(level * USUAL * (NOT if negated else degree))


def within(value: float) -> float:
    """The value, or the limit that it exceeds."""
    return max(min(value, GREATEST), -GREATEST)


def upright(label: int | None) -> float:
    """The slant of a digit that stands straight; None for any digit."""
    return UPRIGHT[label] if label is not None else sum(UPRIGHT) / len(UPRIGHT)
