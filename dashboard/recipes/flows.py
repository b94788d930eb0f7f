"""Recipes of the flows: from noise to the codes of an autoencoder, on a class and on measured attributes."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.datasets.images import DatasetName, ImageSet
from dashboard.generation.attributes import ATTRIBUTES, measure
from dashboard.models.flow import Flow
from dashboard.recipes.autoencoders import shipped
from dashboard.recipes.recipe import Recipe, in_batches
from dashboard.recipes.training import Objective, Schedule

CLASSES = 10
# Every image of a batch is met at this many moments and under as many noises at once.
MOMENTS = 4
# An attribute further out counts as being there (in standard deviations): there are too few to learn from.
FURTHEST = 3.0
# How often training leaves open: everything, the class, all attributes, each of the attributes.
ALL_OPEN, CLASS_OPEN, ATTRIBUTES_OPEN, ATTRIBUTE_OPEN = 0.1, 0.1, 0.4, 0.5

LIMITS = (
    "Draws single digits or garments like those it learnt from and nothing else; slant, thickness, size and "
    "brightness are followed within what the training images show of the class."
)


class FlowMatching(Objective):
    """Mean squared error of the velocity between a noise and a code, per number (arXiv:2210.02747).

    The moments are spread as a logistic-normal variable, most of them half way, where the task is hardest
    (Esser et al., 2024, arXiv:2403.03206).
    """

    def forward(self, images: Tensor, targets: Tensor) -> Tensor:
        """The loss of `targets` (n, latent + attributes + 1), as `examples` gives them."""
        assert isinstance(self.model, Flow)
        flow = self.model
        rows = targets.repeat(MOMENTS, 1)
        codes, asked, labels = rows.split([flow.latent, flow.attributes, 1], dim=1)
        labels, asked = leave_open(labels[:, 0].long(), asked, flow.classes)
        points = flow.whiten(codes)
        noise, times = torch.randn_like(points), torch.randn(len(points), device=points.device).sigmoid()
        passed = torch.lerp(noise, points, times[:, None])
        with torch.autocast(points.device.type, torch.bfloat16):
            velocity = flow(passed, times, labels, asked)
        return F.mse_loss(velocity.float(), points - noise)


def leave_open(labels: Tensor, attributes: Tensor, classes: int) -> tuple[Tensor, Tensor]:
    """Conditions (n,), (n, a) with some of them left open at random, as a visitor leaves them."""
    n, device = len(labels), labels.device
    everything = torch.rand(n, device=device) < ALL_OPEN
    label = everything | (torch.rand(n, device=device) < CLASS_OPEN)
    every = everything | (torch.rand(n, device=device) < ATTRIBUTES_OPEN)
    each = every[:, None] | (torch.rand(attributes.shape, device=device) < ATTRIBUTE_OPEN)
    return labels.masked_fill(label, classes), attributes.masked_fill(each, float("nan"))


@dataclass(frozen=True)
class Space:
    """What codes and attributes are of one data set."""

    dataset: DatasetName
    autoencoder: str

    def codes(self, images: ImageSet) -> Tensor:
        """(n, latent), as the autoencoder gives them."""
        return in_batches(shipped(self.autoencoder).encode, images)

    def attributes(self, images: ImageSet) -> NDArray[np.float64]:
        """(n, attributes), as measured."""
        parts = [images.images[i : i + 1000] / 255.0 for i in range(0, len(images), 1000)]
        return np.concatenate([measure(self.dataset, part) for part in parts])

    def prepare(self, model: nn.Module, images: ImageSet, device: torch.device) -> None:
        """Set the flow's units: those of the codes, and each class's mean and spread of the attributes."""
        assert isinstance(model, Flow)
        model.fit_whitening(self.codes(images))
        mean, std = moments(self.attributes(images), images.labels)
        model.attribute_mean.copy_(torch.from_numpy(mean))
        model.attribute_std.copy_(torch.from_numpy(std))

    def examples(self, images: ImageSet) -> Tensor:
        """Code, standardised attributes and class of every image: (n, latent + attributes + 1) float32."""
        found = self.attributes(images)
        mean, std = moments(found, images.labels)
        standard = ((found - mean[images.labels]) / std[images.labels]).clip(-FURTHEST, FURTHEST)
        labels = torch.tensor(images.labels)[:, None]
        return torch.cat([self.codes(images), torch.from_numpy(standard), labels], dim=1).float()

    def loss(self, model: nn.Module, images: ImageSet) -> dict[str, float]:
        """The objective on these images, seeded: what is followed while learning."""
        with torch.inference_mode(), torch.random.fork_rng():
            torch.manual_seed(0)
            return {"loss": float(FlowMatching(model)(torch.empty(0), self.examples(images)))}


def moments(found: NDArray[np.float64], labels: NDArray[np.int64]) -> tuple[NDArray, NDArray]:
    """Mean and standard deviation (classes, attributes) of measured attributes (n, attributes)."""
    groups = [found[labels == label] for label in range(CLASSES)]
    return np.stack([group.mean(0) for group in groups]), np.stack([group.std(0) for group in groups])


def flow(dataset: DatasetName, latent: int, epochs: int) -> Recipe:
    space = Space(dataset, f"{dataset}-autoencoder-{latent}")
    return Recipe(
        name=f"{dataset}-flow",
        dataset=dataset,
        architecture="flow.Flow",
        arguments={
            "latent": latent,
            "classes": CLASSES,
            "attributes": len(ATTRIBUTES),
            "width": 512,
            "depth": 4,
            "condition": 128,
            "space": space.autoencoder,
        },
        schedule=Schedule(epochs=epochs, batch=128, lr=1e-3, warmup=0.05, decay=0.9995),
        objective=FlowMatching,
        measure=space.loss,
        prepare=space.prepare,
        targets=space.examples,
        watch=space.loss,
        preprocessing="points (n, latent) from noise, times (n,), classes (n,), attributes (n, 4)",
        notes=LIMITS,
    )


RECIPES = [flow("digits", 32, epochs=24), flow("fashion", 32, epochs=24)]
