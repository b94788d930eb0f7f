"""What is understood of a request in words."""

from dataclasses import dataclass
from typing import Literal

from dashboard.datasets.images import DatasetName
from dashboard.generation.sampling import Request

LONGEST = 500
"""Characters that are read."""
MOST = 25
"""Images in one request."""

Likeness = tuple[str, DatasetName, int]
Note = Literal["empty", "nothing", "long", "many", "zero", "figures", "calculation", "other_language"]


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for. `count` is None where the sentence does not say: "bottes", "des 4"."""

    request: Request
    count: int | None = None


@dataclass(frozen=True)
class Understood:
    """How a sentence was read.

    Attributes:
        wanted: what to draw, in the order of the sentence; MOST images in all.
        unused: parts of the sentence that cannot be honoured, as written: "rouge", "à rayures".
        corrected: (as written, as read) of mistyped words.
        excluded: (data set, class) that the sentence does not want: "pas de bottes". Where it wants nothing
            else, all the other classes are drawn.
        nearest: (as written, data set, class) of what is drawn as the nearest class: a backpack as a bag.
        instead: the same of what is not drawn, but resembles a class that could be: a skirt.
        notes: "empty" (no words), "nothing" (nothing to draw was found), "long" (only the first LONGEST
            characters were read), "many" (cut to MOST images), "zero" (none are wanted), "figures" (a number
            is drawn figure by figure), "calculation" (which is not done), "other_language" (it made
            sense in the other language alone).
    """

    wanted: tuple[Wanted, ...] = ()
    unused: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    excluded: tuple[tuple[DatasetName, int], ...] = ()
    nearest: tuple[Likeness, ...] = ()
    instead: tuple[Likeness, ...] = ()
    notes: tuple[Note, ...] = ()
