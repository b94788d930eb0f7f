"""What the browser needs to read a drawing by itself, while it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LiveReader:
    """A classifier of digits as a program for the browser, and how its scores become probabilities.

    Attributes:
        digest, size, steps, weights: as in `dashboard.portable.Program`.
        names: of the classes, and then of none of them if the classifier refuses.
        none: the score of none of them; None if the classifier does not refuse.
        temperature: what scores are divided by before softmax.
        usual: `dashboard.datasets.digits.USUAL`, how what is drawn is prepared.
    """

    digest: str
    size: int
    steps: list[dict[str, Any]]
    weights: bytes
    names: tuple[str, ...]
    none: float | None
    temperature: float
    usual: Mapping[str, float]
