"""One experiment of the page: points, a rule, and how its run went."""

from dataclasses import dataclass
from functools import lru_cache

from dashboard.datasets import points as datasets
from dashboard.datasets.points import PointSet
from dashboard.perceptron.learning import Run, Separability, learn, separability

OWN = "own"  # the slug of the visitor's points


@dataclass(frozen=True)
class Settings:
    """Everything that decides an experiment: the page opens on these defaults.

    ``w1``, ``w2`` and ``b`` are the weights at the start; ``own`` holds the visitor's points as ``pack``
    wrote them.
    """

    data: str = "separable"
    size: int = 60
    noise: float = 0.0
    margin: float = 0.2
    seed: int = 0
    rule: str = "rosenblatt"
    rate: float = 0.1
    w1: float = 0.0
    w2: float = 0.0
    b: float = 0.0
    updates: int = 1000
    own: str = ""

    @property
    def initial(self) -> tuple[float, float, float]:
        """w1, w2, b at the start."""
        return self.w1, self.w2, self.b


@dataclass(frozen=True)
class Experiment:
    """``run`` and ``separability`` are ``None`` without points of both classes."""

    data: PointSet
    run: Run | None
    separability: Separability | None


def points_of(settings: Settings) -> PointSet:
    """The points of an experiment."""
    if settings.data == OWN:
        return datasets.unpack(settings.own)
    return datasets.make(settings.data, settings.size, settings.noise, settings.margin, settings.seed)


@lru_cache(maxsize=256)  # the comparison takes five for each step
def experiment(settings: Settings) -> Experiment:
    """Run an experiment; the same settings give the same result."""
    data = points_of(settings)
    if len(set(data.labels.tolist())) < 2:
        return Experiment(data, None, None)
    run = learn(data.points, data.labels, settings.rule, settings.rate, settings.initial, settings.updates)
    return Experiment(data, run, separability(data.points, data.labels))
