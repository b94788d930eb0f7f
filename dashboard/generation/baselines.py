"""The same request, answered by simpler means: an average, a normal cloud of principal components or of a
variational autoencoder's codes."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

import numpy as np
import torch
from numpy.typing import NDArray

from dashboard import zoo
from dashboard.datasets.images import DatasetName, sample
from dashboard.datasets.shipped import shipped, shipped_path
from dashboard.generation.attributes import measure
from dashboard.generation.sampling import Decoder, Request, Settings, decode, images, models

Method = Literal["flow", "vae", "pca", "average"]
METHODS: tuple[Method, ...] = ("flow", "vae", "pca", "average")
_CHOICE = 2  # of so many images for each one wanted, the nearest to what was asked, some are drawn by chance
SPACES: dict[Method, str] = {"vae": "vae-16", "pca": "pca"}
"""The models whose codes are drawn from a normal cloud, one for each class."""


@dataclass(frozen=True, eq=False)
class Clouds:
    """A normal cloud for each class, over the d numbers of a code and the 4 attributes after them.

    `means` (10, d + 4), `covariances` (10, d + 4, d + 4) float64, of the training images; attributes in
    standard deviations from the mean of the class.
    """

    means: NDArray[np.float64]
    covariances: NDArray[np.float64]

    def codes(self, request: Request, labels: NDArray[np.int64], seed: int) -> NDArray[np.float64]:
        """Codes (n, d) of the classes (n,), from the cloud as it is at the attributes asked for."""
        size = self.means.shape[1] - len(request.attributes)
        drawn = np.random.default_rng([seed, 1]).standard_normal((len(labels), size))
        codes = np.empty_like(drawn)
        for label in np.unique(labels):
            mean, covariance = conditioned(self.means[label], self.covariances[label], request.attributes)
            values, vectors = np.linalg.eigh(covariance)
            of_label = labels == label
            codes[of_label] = mean + drawn[of_label] * np.sqrt(values.clip(0.0)) @ vectors.T
        return codes


def draw(method: Method, request: Request, settings: Settings) -> NDArray[np.float32]:
    """Images (settings.count, 28, 28) in [0, 1] by one of METHODS.

    "average" gives the mean of the class's training images, however often, and follows no attribute;
    "vae" and "pca" follow attributes as far as these vary linearly with the code. Only "flow" looks at steps,
    sampler and guidance. Where the class is open, each image has one by chance ("average": the mean of all).

    Raises:
        ZooError, DatasetError: a model or the file of the clouds is missing or damaged.
    """
    if method == "flow":
        return images(request, settings)
    learnt = classes(request.dataset)
    if method == "average":
        mean = learnt.averages.mean(axis=0) if request.label is None else learnt.averages[request.label]
        return np.repeat(mean[None], settings.count, axis=0)
    codes = learnt.clouds[method].codes(request, chosen(request, settings), settings.seed)
    model = cast(Decoder, zoo.load(f"{request.dataset}-{SPACES[method]}"))
    with zoo.inference():
        return decode(model, torch.from_numpy(codes.astype(np.float32)))


def chosen(request: Request, settings: Settings) -> NDArray[np.int64]:
    """The class (count,) of each image: that of the request, or one by chance."""
    if request.label is not None:
        return np.full(settings.count, request.label)
    return np.random.default_rng([settings.seed, 2]).integers(10, size=settings.count)


def real(request: Request, settings: Settings) -> NDArray[np.float32]:
    """Real images (n, 28, 28) in [0, 1] of the class asked for, which no model has learnt from.

    From the shipped extract of the test set, without repetition; n is `settings.count`, at most the 200 of a
    class. Attributes are not looked at.
    """
    shipped = sample(request.dataset)
    wanted = shipped.labels >= 0 if request.label is None else shipped.labels == request.label
    rows = np.flatnonzero(wanted)
    drawn = np.random.default_rng([settings.seed, 3]).permutation(rows)[: settings.count]
    return shipped.images[drawn].astype(np.float32) / 255.0


def matched(request: Request, settings: Settings) -> NDArray[np.float32]:
    """Real images (n, 28, 28) in [0, 1] that nothing but reality tells from the flow's: of the class asked
    for, among those nearest to the attributes asked for, as the flow's own autoencoder rebuilds them.

    From the shipped extract of the test set, without repetition; n is `settings.count`.

    Raises:
        ZooError: a model is missing or damaged.
    """
    shipped, (flow, autoencoder) = sample(request.dataset), models(request.dataset)
    rows = np.flatnonzero(shipped.labels >= 0 if request.label is None else shipped.labels == request.label)
    pixels, labels = shipped.images[rows].astype(np.float32) / 255.0, shipped.labels[rows]
    mean, std = flow.attribute_mean.numpy()[labels], flow.attribute_std.numpy()[labels]
    asked = np.array([np.nan if value is None else value for value in request.attributes])
    away = np.nansum(((measure(request.dataset, pixels) - mean) / std - asked) ** 2, axis=1)
    near = np.argsort(away, kind="stable")
    if not np.isnan(asked).all():
        near = near[: _CHOICE * settings.count]
    drawn = np.random.default_rng([settings.seed, 3]).permutation(near)[: settings.count]
    with zoo.inference():
        return decode(autoencoder, autoencoder.encode(torch.from_numpy(pixels[drawn])[:, None]))


def conditioned(
    mean: NDArray[np.float64], covariance: NDArray[np.float64], asked: tuple[float | None, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean (d,) and covariance (d, d) of the first d numbers of a normal cloud, given some of the last.

    Args:
        mean: (d + a,); covariance: (d + a, d + a).
        asked: the a last numbers, None where open.
    """
    size = len(mean) - len(asked)
    given = [size + place for place, value in enumerate(asked) if value is not None]
    values = np.array([value for value in asked if value is not None])
    # Least squares rather than an inverse: two attributes may say nearly the same.
    pull = np.linalg.lstsq(covariance[np.ix_(given, given)], covariance[given, :size], rcond=1e-6)[0].T
    return (
        mean[:size] + pull @ (values - mean[given]),
        covariance[:size, :size] - pull @ covariance[given, :size],
    )


@dataclass(frozen=True, eq=False)
class Classes:
    """What is known of each class: `averages` (10, 28, 28) float32 in [0, 1], `clouds` by method."""

    averages: NDArray[np.float32]
    clouds: dict[Method, Clouds]


@cache
def classes(dataset: DatasetName) -> Classes:
    """The averages and clouds that ship; the recipe `<dataset>-classes` writes them.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    with shipped(f"{dataset}-classes") as stored:
        clouds = {
            method: Clouds(
                stored[f"{method}-means"].astype(np.float64),
                stored[f"{method}-covariances"].astype(np.float64),
            )
            for method in SPACES
        }
        return Classes(stored["averages"].astype(np.float32), clouds)


def write_classes(dataset: DatasetName, learnt: Classes) -> None:
    """Write the file that `classes` reads."""
    arrays: dict[str, Any] = {"averages": learnt.averages.astype(np.float16)}
    for method, clouds in learnt.clouds.items():
        arrays[f"{method}-means"] = clouds.means.astype(np.float32)
        arrays[f"{method}-covariances"] = clouds.covariances.astype(np.float32)
    np.savez_compressed(shipped_path(f"{dataset}-classes.npz"), **arrays)
