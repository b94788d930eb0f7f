"""Everything that decides a run, in one hashable value: cache key, link and seed of every test at once."""

import json
from dataclasses import asdict, dataclass, fields, replace
from itertools import pairwise
from typing import Any

INPUTS = ("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2")
ACTIVATIONS = ("tanh", "relu", "sigmoid", "gelu", "linear")
OPTIMISERS = ("sgd", "momentum", "adam")
INITIALISATIONS = ("xavier", "he", "zeros")
DATA = (
    *("circle", "xor", "clouds", "spiral", "spiral3", "moons", "checkerboard"),
    *("classes3", "classes4", "classes5", "plane", "hills", "curve", "own"),
)

CHOICES: dict[str, tuple[str, ...]] = {
    "data": DATA,
    "activation": ACTIVATIONS,
    "optimiser": OPTIMISERS,
    "initialisation": INITIALISATIONS,
}
"""The legal values of every setting that is a choice."""

LIMITS: dict[str, tuple[float, float]] = {
    "noise": (0.0, 0.5),
    "size": (20, 1000),
    "train_share": (0.1, 0.9),
    "data_seed": (0, 2**31 - 1),
    "learning_rate": (1e-5, 10.0),
    "batch_size": (1, 200),
    "l1": (0.0, 1.0),
    "l2": (0.0, 1.0),
    "dropout": (0.0, 0.8),
    "epochs": (1, 2000),
    "seed": (0, 2**31 - 1),
}
"""Smallest and largest legal value, both included, of every setting that is a number."""

MAX_LAYERS, MAX_WIDTH = 6, 16


@dataclass(frozen=True)
class Settings:
    """One run: its data, its network and how it learns.

    `noise` and `train_share` are shares of one; `l1` and `l2` weigh the sum of |w| and half the sum of
    w² (weights, not biases) in the loss; `dropout` is the chance that a hidden neuron is silenced.
    The run stops once the score on the test points (see `training.Film`) reaches `stop_at`, if given.
    """

    data: str = "circle"
    noise: float = 0.0
    size: int = 500
    train_share: float = 0.5
    data_seed: int = 0
    inputs: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    optimiser: str = "sgd"
    learning_rate: float = 0.03
    batch_size: int = 10
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    initialisation: str = "xavier"
    epochs: int = 200
    seed: int = 0
    stop_at: float | None = None


def clamped(values: dict[str, Any]) -> Settings:
    """Settings from untrusted values (a link, a JSON file): a number beyond its limits is moved to the
    limit; whatever has no legal reading falls back to the default. Never raises."""
    default = Settings()
    legal: dict[str, Any] = {}
    for field in fields(Settings):
        value = values.get(field.name)
        try:
            legal[field.name] = _legal(field.name, value, getattr(default, field.name))
        except (TypeError, ValueError, OverflowError):
            continue
    return replace(default, **legal)


def _legal(name: str, value: Any, default: Any) -> Any:
    if name == "stop_at":
        return None if value is None else _within(float(value), 0.0, 1.0)
    if name in CHOICES:
        return value if value in CHOICES[name] else default
    if name == "inputs":
        return tuple(slug for slug in INPUTS if slug in value) or default
    if name == "hidden":
        return tuple(int(_within(int(width), 1, MAX_WIDTH)) for width in value)[:MAX_LAYERS]
    return type(default)(_within(float(value), *LIMITS[name]))


def _within(value: float, smallest: float, largest: float) -> float:
    if value != value:
        raise ValueError("not a number")
    return min(max(value, smallest), largest)


def to_json(settings: Settings) -> str:
    """The configuration as indented JSON, every setting by its field's name."""
    return json.dumps(asdict(settings), indent=2) + "\n"


def from_json(text: str) -> Settings:
    """The settings that `to_json` wrote, clamped. Raises ValueError if `text` is no JSON object."""
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("a configuration is a JSON object")
    return clamped(values)


def layer_sizes(settings: Settings, outputs: int) -> tuple[int, ...]:
    """Neurons per layer, inputs first: (inputs, *hidden, outputs)."""
    return (len(settings.inputs), *settings.hidden, outputs)


def count_parameters(sizes: tuple[int, ...]) -> int:
    """Weights and biases of a fully connected network with `sizes` neurons per layer."""
    return sum(after * (before + 1) for before, after in pairwise(sizes))


def count_multiplications(sizes: tuple[int, ...]) -> int:
    """Multiplications to compute one answer: one per weight, none for a bias or an activation."""
    return sum(after * before for before, after in pairwise(sizes))
