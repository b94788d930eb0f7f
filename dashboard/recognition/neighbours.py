"""The training images whose code, what the last layer decides by, is most like that of an image."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dashboard import zoo
from dashboard.classifiers import Pixels, classifier
from dashboard.datasets.images import ImageSet

_BATCH = 100


@dataclass(frozen=True)
class Neighbours:
    """The nearest training images, the nearest first.

    Attributes:
        rows: (k,) their places in `Classifier.sample("train")`.
        similarities: (k,) cosine of the angle between the codes, at most 1.
        images: (k, 28, 28) uint8; labels: (k,).
    """

    rows: NDArray[np.intp]
    similarities: NDArray[np.float32]
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]


def codes(module: nn.Module, images: Pixels) -> NDArray[np.float32]:
    """What the last layer gets: (n, channels, height, width) in [0, 1] -> (n, numbers)."""
    before = module.get_submodule("stages")[:-1]  # type: ignore[index]
    with zoo.inference():
        parts = torch.from_numpy(np.ascontiguousarray(images)).split(_BATCH)
        return torch.cat([before(part) for part in parts]).numpy()


def neighbours(model: str, image: Pixels, count: int = 8) -> Neighbours:
    """The training images most like an image (1, 28, 28) in [0, 1], to the eyes of "digits" or "fashion"."""
    training, directions = _training(model)
    code = _directions(codes(classifier(model).module, image[None]))[0]
    similarities = directions @ code
    rows = np.argsort(-similarities, kind="stable")[:count]
    return Neighbours(rows, similarities[rows], training.images[rows], training.labels[rows])


def size(model: str) -> tuple[int, int]:
    """How many training images are compared, and how many numbers a code has."""
    count, numbers = _training(model)[1].shape
    return count, numbers


@cache
def _training(model: str) -> tuple[ImageSet, NDArray[np.float32]]:
    training = classifier(model).sample("train")
    pixels = np.divide(training.images[:, None], 255, dtype=np.float32)
    return training, _directions(codes(classifier(model).module, pixels))


def _directions(found: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, numbers) brought to length 1; a code of nothing but zeros stays."""
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, np.where(lengths > 0, lengths, 1), dtype=np.float32)
