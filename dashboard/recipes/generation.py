"""What the generation page compares with: clouds of classes, the codes learnt from, curves of quality."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from dashboard import zoo
from dashboard.datasets.images import DatasetName, ImageSet, load
from dashboard.generation import attributes, baselines, measures, nearest
from dashboard.generation.sampling import (
    SAMPLERS,
    Settings,
    decode,
    follow,
    guided,
    models,
    noise,
)
from dashboard.models.flow import Flow
from dashboard.models.stages import Hourglass
from dashboard.models.vae import VAE
from dashboard.recipes.autoencoders import shipped
from dashboard.recipes.recipe import HELD_OUT, in_batches

# Images drawn at each of the settings of the curves.
SAMPLES = 1_000
CLASSES = 10
# An attribute further out counts as being there (in standard deviations): there are too few to learn from.
FURTHEST = 3.0


def measured(dataset: DatasetName, images: ImageSet) -> NDArray[np.float64]:
    """Attributes (n, 4) of all images, in their own units."""
    parts = [images.images[i : i + 1000] / 255.0 for i in range(0, len(images), 1000)]
    return np.concatenate([attributes.measure(dataset, part) for part in parts])


def moments(found: NDArray[np.float64], labels: NDArray[np.int64]) -> tuple[NDArray, NDArray]:
    """Mean and standard deviation (classes, attributes) of measured attributes (n, attributes)."""
    groups = [found[labels == label] for label in range(CLASSES)]
    return np.stack([group.mean(0) for group in groups]), np.stack([group.std(0) for group in groups])


def standard(dataset: DatasetName, images: ImageSet) -> NDArray[np.float64]:
    """Attributes (n, 4) in standard deviations from the mean of their class in these very images."""
    found = measured(dataset, images)
    mean, std = moments(found, images.labels)
    return ((found - mean[images.labels]) / std[images.labels]).clip(-FURTHEST, FURTHEST)


def make_classes(dataset: DatasetName, data: Path | None) -> None:
    """Averages of the training images of each class, and the clouds of their codes and attributes."""
    training, _ = split(dataset, data)
    attributes = standard(dataset, training)
    averages = [training.images[training.labels == label].mean(axis=0) / 255 for label in range(10)]
    clouds = {}
    for method, space in baselines.SPACES.items():
        model = zoo.load(f"{dataset}-{space}")
        codes = in_batches(cast(Hourglass, model).encode, training).numpy()
        joint = np.concatenate([codes, attributes], axis=1).astype(np.float64)
        groups = [joint[training.labels == label] for label in range(10)]
        covariances = np.stack([np.cov(group, rowvar=False) for group in groups])
        if isinstance(model, VAE):
            # An image is a small cloud there, which widens the cloud of its class.
            variances = in_batches(Variances(model), training).numpy()
            each = np.arange(codes.shape[1])
            for label in range(10):
                covariances[label, each, each] += variances[training.labels == label].mean(axis=0)
        clouds[method] = baselines.Clouds(np.stack([group.mean(axis=0) for group in groups]), covariances)
    baselines.write_classes(dataset, baselines.Classes(np.stack(averages).astype(np.float32), clouds))


@dataclass(frozen=True)
class Variances:
    """The variances (n, latent) of the clouds of codes of images."""

    model: VAE

    def __call__(self, images: Tensor) -> Tensor:
        return self.model.posterior(images)[1].exp()


def make_memory(dataset: DatasetName, data: Path | None) -> None:
    """Codes of all images that the flow learnt from, and how far held-out images are from them."""
    training, held_out = split(dataset, data)
    _, autoencoder = models(dataset)
    known, unseen = (in_batches(autoencoder.encode, images).numpy() for images in (training, held_out))
    near = known[nearest.closest(known, unseen)]
    with torch.inference_mode():
        rebuilt, theirs = (decode(autoencoder, torch.from_numpy(codes)) for codes in (unseen, near))
    distances = np.sort(nearest.apart(rebuilt, theirs))
    nearest.write_memory(dataset, nearest.Memory(known, training.labels.astype(np.uint8), distances))


def make_curves(dataset: DatasetName, data: Path | None) -> None:
    """Quality of SAMPLES images at every setting of `measures`, against the held-out training images."""
    training, held_out = split(dataset, data)
    real = measures.read(dataset, held_out.images / np.float32(255))
    others = training[np.random.default_rng(0).permutation(len(training))[:SAMPLES]]
    known = measures.read(dataset, others.images / np.float32(255))
    flow, _ = models(dataset)
    labels = held_out.labels[np.random.default_rng(1).permutation(HELD_OUT)[:SAMPLES]]
    points = {}
    settings = [
        measures.Setting(sampler, steps, guidance)
        for sampler in SAMPLERS
        for steps in measures.STEPS
        for guidance in measures.GUIDANCES
    ]
    for setting in tqdm(settings, desc=f"{dataset}-curves"):
        made = make(flow, labels, setting)
        found = measures.quality(measures.read(dataset, made), labels, real, held_out.labels)
        points[setting] = found
    perfect = measures.quality(known, others.labels, real, held_out.labels)
    measures.write_curves(dataset, measures.Curves(SAMPLES, perfect, points))


def make(
    flow: Flow,
    labels: NDArray[np.int64],
    setting: measures.Setting,
    attributes: NDArray[np.float64] | None = None,
) -> NDArray[np.float32]:
    """Images (n, 28, 28) of classes (n,) and attributes (n, 4), NaN where open, from the noise of seed 0."""
    autoencoder = shipped(flow.space)
    asked = np.full((len(labels), flow.attributes), np.nan) if attributes is None else attributes
    start = noise(Settings(count=len(labels)), flow.latent)
    parts = []
    for i in range(0, len(labels), 500):
        conditions = torch.from_numpy(labels[i : i + 500]), torch.from_numpy(asked[i : i + 500]).float()
        field = guided(flow, *conditions, setting.guidance)
        parts.append(follow(flow, autoencoder, start[i : i + 500], field, setting.steps, setting.sampler))
    return np.concatenate(parts)


def split(dataset: DatasetName, data: Path | None) -> tuple[ImageSet, ImageSet]:
    """The training images that models learn from, and those held out."""
    images = load(dataset, "train", data)
    return images[:-HELD_OUT], images[-HELD_OUT:]


MAKERS: dict[str, Callable[[DatasetName, Path | None], None]] = {
    "classes": make_classes,
    "memory": make_memory,
    "curves": make_curves,
}
