"""The training images nearest to a generated one: is it new, or a copy?

Of each of the 55,000 images that the flow learnt from, its code ships, in 8 bits a number. Whatever the flow
makes goes through the same decoder as these codes, so a copy would come out the same as the rebuilt original.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from dashboard import zoo
from dashboard.datasets.images import DatasetName, sample
from dashboard.datasets.shipped import shipped, shipped_path
from dashboard.generation.sampling import decode, models


@dataclass(frozen=True, eq=False)
class Memory:
    """The codes that a flow learnt from.

    Attributes:
        codes: (m, d) float32, of the autoencoder `Flow.space`, exact to a 255th of each number's range.
        labels: (m,) uint8.
        unseen: (k,) float32, ascending: how far images that were held out are from their nearest of `codes`,
            the root mean square difference of pixels, both rebuilt by the autoencoder.
    """

    codes: NDArray[np.float32]
    labels: NDArray[np.uint8]
    unseen: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Neighbours:
    """For n images, the nearest training image of each, by the distance of codes.

    Attributes:
        rows: (n,) positions in the training set.
        images: (n, 28, 28) float32, these training images as the autoencoder rebuilds them.
        labels: (n,) their classes.
        distances: (n,) root mean square difference of pixels (0 to 1) from the image asked about, which
            0 for a copy.
        closer_than: (n,) share of new real images that are further than this from what was learnt: near 1,
            the image is suspiciously close to one that was learnt; about 0.5, it is as new as real ones are.
    """

    rows: NDArray[np.intp]
    images: NDArray[np.float32]
    labels: NDArray[np.uint8]
    distances: NDArray[np.float32]
    closer_than: NDArray[np.float64]


def nearest(dataset: DatasetName, codes: NDArray[np.floating]) -> Neighbours:
    """The nearest training images of generated ones, given their codes (n, d), such as `Film.codes[-1]`.

    Raises:
        DatasetError: the file of the codes is missing or damaged.
        ZooError: the model is missing or damaged.
    """
    learnt = memory(dataset)
    asked = np.asarray(codes, np.float32)
    rows = closest(learnt.codes, asked)
    _, autoencoder = models(dataset)
    with zoo.inference():
        images = decode(autoencoder, torch.from_numpy(learnt.codes[rows]))
        made = decode(autoencoder, torch.from_numpy(asked))
    distances = apart(made, images)
    return Neighbours(
        rows,
        images,
        learnt.labels[rows],
        distances,
        1.0 - np.searchsorted(learnt.unseen, distances) / len(learnt.unseen),
    )


def usual_closeness(dataset: DatasetName, label: int | None) -> float:
    """The median of `Neighbours.closer_than` for new real images, of a class or of all.

    Some classes, such as the digit 1, vary so little that new images of them are always close to learnt ones.

    Raises:
        DatasetError: the file of the codes is missing or damaged.
        ZooError: the model is missing or damaged.
    """
    shown = sample(dataset)
    images = shown.images[shown.labels == label] if label is not None else shown.images[::10]
    _, autoencoder = models(dataset)
    with zoo.inference():
        codes = autoencoder.encode(torch.from_numpy(images[:, None] / np.float32(255))).numpy()
    return float(np.median(nearest(dataset, codes).closer_than))


def closest(learnt: NDArray[np.float32], asked: NDArray[np.float32]) -> NDArray[np.intp]:
    """The row of `learnt` (m, d) with the least Euclidean distance from each of `asked` (n, d): (n,)."""
    parts = [
        ((learnt**2).sum(axis=1) - 2.0 * asked[i : i + 200] @ learnt.T).argmin(axis=1)
        for i in range(0, len(asked), 200)
    ]
    return np.concatenate(parts)


def apart(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Root mean square difference (n,) of the pixels of images (n, 28, 28)."""
    return np.sqrt(np.square(first - second).mean(axis=(1, 2)))


@cache
def memory(dataset: DatasetName) -> Memory:
    """The codes that ship; the recipe `<dataset>-memory` writes them.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    with shipped(f"{dataset}-memory") as stored:
        codes = stored["codes"] * stored["step"] + stored["least"]
        return Memory(codes.astype(np.float32), stored["labels"], stored["unseen"].astype(np.float32))


def write_memory(dataset: DatasetName, learnt: Memory) -> None:
    """Write the file that `memory` reads."""
    least = learnt.codes.min(axis=0)
    step = np.maximum((learnt.codes.max(axis=0) - least) / 255.0, 1e-9)
    np.savez_compressed(
        shipped_path(f"{dataset}-memory.npz"),
        codes=np.rint((learnt.codes - least) / step).astype(np.uint8),
        least=least.astype(np.float32),
        step=step.astype(np.float32),
        labels=learnt.labels,
        unseen=learnt.unseen.astype(np.float16),
    )
