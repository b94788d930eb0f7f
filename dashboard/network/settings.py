"""Everything that decides a run, in one hashable value: cache key, link and seed of every test at once."""

import json
from dataclasses import asdict, dataclass
from itertools import pairwise

from dashboard.datasets import plane

INPUTS = ("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2")
ACTIVATIONS = ("tanh", "relu", "sigmoid", "gelu", "linear")
OPTIMISERS = ("sgd", "momentum", "adam")
INITIALISATIONS = ("xavier", "he", "zeros")
DATA = (*plane.SLUGS, "own")

MAX_LAYERS, MAX_WIDTH = 6, 16


@dataclass(frozen=True)
class Settings:
    """One run: its data, its network and how it learns. The page opens on these defaults.

    `noise` and `train_share` are shares of one; `l1` and `l2` weigh the sum of |w| and half the sum of
    w² (weights, not biases) in the loss; `dropout` is the chance that a hidden neuron is silenced.
    The run stops once the score on the test points (see `training.Film`) reaches `stop_at`; 0 for never.
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
    epochs: int = 300
    seed: int = 0
    stop_at: float = 0.0


def to_json(settings: Settings) -> str:
    """The configuration as indented JSON, every setting by its field's name."""
    return json.dumps(asdict(settings), indent=2) + "\n"


def layer_sizes(settings: Settings, outputs: int) -> tuple[int, ...]:
    """Neurons per layer, inputs first: (inputs, *hidden, outputs)."""
    return (len(settings.inputs), *settings.hidden, outputs)


def count_parameters(sizes: tuple[int, ...]) -> int:
    """Weights and biases of a fully connected network with `sizes` neurons per layer."""
    return sum(after * (before + 1) for before, after in pairwise(sizes))


def count_multiplications(sizes: tuple[int, ...]) -> int:
    """Multiplications to compute one answer: one per weight, none for a bias or an activation."""
    return sum(after * before for before, after in pairwise(sizes))
