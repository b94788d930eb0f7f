"""How good generated images are: read right by the classifier, spread like real ones, and as varied."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard import zoo
from dashboard.classifiers import by_weights
from dashboard.datasets.images import DatasetName
from dashboard.datasets.shipped import shipped, shipped_path
from dashboard.generation import frechet
from dashboard.generation.sampling import Sampler
from dashboard.models.convnet import ConvNet

STEPS = (1, 2, 4, 8, 16, 32)
GUIDANCES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
PAIRED = 200
"""Images of a class whose distances from one another are measured."""


@dataclass(frozen=True, eq=False)
class ClassifierOutput:
    """What the data set's classifier makes of n images.

    Attributes:
        features: (n, d) float32, the largest and mean value of each of its last feature maps.
        probabilities: (n, 10) float32, in the order of the classes.
    """

    features: NDArray[np.float32]
    probabilities: NDArray[np.float32]

    @property
    def labels(self) -> NDArray[np.int64]:
        """The most likely class of every image, (n,)."""
        return self.probabilities.argmax(axis=1)


@dataclass(frozen=True)
class Quality:
    """Measured on many images at once.

    Attributes:
        accuracy: share that the classifier reads as what was asked for.
        frechet: Fréchet distance from the real images in its features, as a share of the trace of their
            covariance (`frechet.share`).
        diversity: mean distance of two images of one class in its features, over that of real images.
    """

    accuracy: float
    frechet: float
    diversity: float


@dataclass(frozen=True)
class Setting:
    """One point of the curves."""

    sampler: Sampler
    steps: int
    guidance: float


@dataclass(frozen=True, eq=False)
class Curves:
    """Quality at every sampler, number of STEPS and one of the GUIDANCES, measured beforehand.

    The Fréchet distance of few images comes out larger than that of many: compare with `real`, not with a
    model's card. At guidance 0 the class is ignored, so that "images of one class" are of all classes.

    Attributes:
        samples: how many images each figure comes from, every class as often as among the real ones.
        real: the same figures for as many training images, against the same real images (5,000 training
            images held out): what is due to chance, as the classifier's errors and few images are.
        points: quality by setting.
    """

    samples: int
    real: Quality
    points: dict[Setting, Quality]


def read(dataset: DatasetName, images: NDArray[np.floating]) -> ClassifierOutput:
    """What `digits-cnn` or `fashion-cnn` makes of images (n, 28, 28) in [0, 1].

    Raises:
        ZooError: the classifier is missing or damaged.
    """
    network = zoo.load(f"{dataset}-cnn")
    assert isinstance(network, ConvNet)
    pixels = torch.as_tensor(np.asarray(images, np.float32))[:, None]
    features, logits = [], []
    with zoo.inference():
        for start in range(0, len(pixels), 250):
            pooled, answer = _pooled(network, pixels[start : start + 250])
            features.append(pooled)
            logits.append(answer)
    return ClassifierOutput(
        torch.cat(features).numpy(), by_weights(f"{dataset}-cnn").calibrated(torch.cat(logits)).numpy()
    )


def quality(
    made: ClassifierOutput, asked: NDArray[np.int64], real: ClassifierOutput, real_labels: NDArray[np.int64]
) -> Quality:
    """Figures of made images, of the classes asked for (n,), against real ones of known classes (m,)."""
    return Quality(
        accuracy=float((made.labels == asked).mean()),
        frechet=frechet.share(frechet.Cloud.of(real.features), frechet.Cloud.of(made.features)),
        diversity=spread(made.features, asked) / spread(real.features, real_labels),
    )


def spread(features: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """Mean Euclidean distance of two different examples of a class, over the classes, of features (n, d)."""
    means = []
    for label in np.unique(labels):
        points = np.asarray(features[labels == label][:PAIRED], np.float64)
        squares = (points**2).sum(axis=1)
        squared = (squares[:, None] + squares - 2.0 * points @ points.T).clip(0.0)
        pairs = len(points) * (len(points) - 1)
        if pairs:
            means.append(np.sqrt(squared)[~np.eye(len(points), dtype=bool)].sum() / pairs)
    return float(np.mean(means))


@cache
def curves(dataset: DatasetName) -> Curves:
    """The figures that ship; the recipe `<dataset>-curves` measures them.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    with shipped(f"{dataset}-curves") as stored:
        points = {
            Setting(sampler, int(steps), float(guidance)): Quality(*figures)
            for sampler, steps, guidance, *figures in stored["points"]
        }
        return Curves(stored["samples"], Quality(*stored["real"]), points)


def write_curves(dataset: DatasetName, found: Curves) -> None:
    """Write the file that `curves` reads."""

    def figures(quality: Quality) -> list[float]:
        return [round(value, 5) for value in (quality.accuracy, quality.frechet, quality.diversity)]

    points = [
        [setting.sampler, setting.steps, setting.guidance, *figures(quality)]
        for setting, quality in found.points.items()
    ]
    rows = ",\n".join(json.dumps(row) for row in points)
    content = f'{{"samples": {found.samples}, "real": {figures(found.real)}, "points": [\n{rows}\n]}}\n'
    shipped_path(f"{dataset}-curves.json").write_text(content, encoding="utf-8")


def _pooled(network: ConvNet, images: Tensor) -> tuple[Tensor, Tensor]:
    """Pooled features (n, d) and logits (n, classes) of one pass."""
    stages = dict(network.stages.named_children())
    x, pooled = images, images
    for name, stage in stages.items():
        x = stage(x)
        if name == "global_pool":
            pooled = x
    return pooled, x
