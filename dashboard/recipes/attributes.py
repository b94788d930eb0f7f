"""Attributes of the training images in the units of the flows: standard deviations from the class's mean."""

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.images import DatasetName, ImageSet
from dashboard.generation.attributes import measure

CLASSES = 10
# An attribute further out counts as being there (in standard deviations): there are too few to learn from.
FURTHEST = 3.0


def measured(dataset: DatasetName, images: ImageSet) -> NDArray[np.float64]:
    """Attributes (n, 4) of all images, in their own units."""
    parts = [images.images[i : i + 1000] / 255.0 for i in range(0, len(images), 1000)]
    return np.concatenate([measure(dataset, part) for part in parts])


def moments(found: NDArray[np.float64], labels: NDArray[np.int64]) -> tuple[NDArray, NDArray]:
    """Mean and standard deviation (classes, attributes) of measured attributes (n, attributes)."""
    groups = [found[labels == label] for label in range(CLASSES)]
    return np.stack([group.mean(0) for group in groups]), np.stack([group.std(0) for group in groups])


def standard(dataset: DatasetName, images: ImageSet) -> NDArray[np.float64]:
    """Attributes (n, 4) in standard deviations from the mean of their class in these very images."""
    found = measured(dataset, images)
    mean, std = moments(found, images.labels)
    return ((found - mean[images.labels]) / std[images.labels]).clip(-FURTHEST, FURTHEST)
