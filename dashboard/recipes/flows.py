"""Recipes of the flows: from noise to the codes of an autoencoder, on a class and on measured attributes."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.datasets.images import DatasetName, ImageSet
from dashboard.generation import attributes, measures
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.models.flow import Flow
from dashboard.recipes.autoencoders import shipped
from dashboard.recipes.generation import CLASSES, make, measured, moments, standard
from dashboard.recipes.recipe import Recipe, in_batches, place_of
from dashboard.recipes.training import Objective, Schedule

# Every image of a batch is met at this many moments and under as many noises at once.
MOMENTS = 4
# How often training leaves open: everything, the class, all attributes, each of the attributes.
ALL_OPEN, CLASS_OPEN, ATTRIBUTES_OPEN, ATTRIBUTE_OPEN = 0.1, 0.1, 0.4, 0.5

# What the page starts with, and how many images each attribute is tried on.
AS_SHOWN, ASKED = measures.Setting("heun", 8, 1.5), 1_000

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
    """What a flow of one data set learns from."""

    dataset: DatasetName
    autoencoder: str

    def codes(self, images: ImageSet) -> Tensor:
        """(n, latent), as the autoencoder gives them."""
        return in_batches(shipped(self.autoencoder).encode, images)

    def prepare(self, model: nn.Module, images: ImageSet, device: torch.device) -> None:
        """Set the flow's units: those of the codes, and each class's mean and spread of the attributes."""
        assert isinstance(model, Flow)
        model.fit_whitening(self.codes(images))
        mean, std = moments(measured(self.dataset, images), images.labels)
        model.attribute_mean.copy_(torch.from_numpy(mean))
        model.attribute_std.copy_(torch.from_numpy(std))

    def examples(self, images: ImageSet) -> Tensor:
        """Code, standardised attributes and class of every image: (n, latent + attributes + 1) float32."""
        found, labels = torch.from_numpy(standard(self.dataset, images)), torch.tensor(images.labels)
        return torch.cat([self.codes(images), found, labels[:, None]], dim=1).float()

    def loss(self, model: nn.Module, images: ImageSet) -> dict[str, float]:
        """The objective on these images, seeded: what is followed while learning."""
        with torch.inference_mode(), torch.random.fork_rng():
            torch.manual_seed(0)
            return {
                "loss": float(FlowMatching(model)(torch.empty(0), self.examples(images).to(place_of(model))))
            }


def drawn(dataset: DatasetName) -> Callable[[nn.Module, ImageSet], dict[str, float]]:
    """Figures of as many images as there are real ones, of the same classes, drawn as the page draws them."""

    def measure(model: nn.Module, images: ImageSet) -> dict[str, float]:
        assert isinstance(model, Flow)
        real = measures.read(dataset, images.images / np.float32(255))
        made = measures.read(dataset, make(model, images.labels, AS_SHOWN))
        found = measures.quality(made, images.labels, real, images.labels)
        return {**dataclasses.asdict(found), **followed(dataset, model, images.labels[:ASKED])}

    return measure


def followed(dataset: DatasetName, flow: Flow, labels: NDArray[np.int64]) -> dict[str, float]:
    """For each attribute, asked for alone: the correlation of what was asked and what the images measure."""
    found = {}
    mean, std = flow.attribute_mean.double().numpy(), flow.attribute_std.double().numpy()
    for place, name in enumerate(ATTRIBUTES):
        wanted = np.random.default_rng(place).standard_normal(len(labels)).clip(-2.0, 2.0)
        asked = np.full((len(labels), len(ATTRIBUTES)), np.nan)
        asked[:, place] = wanted
        got = attributes.measure(dataset, make(flow, labels, AS_SHOWN, asked))[:, place]
        standard = (got - mean[labels, place]) / std[labels, place]
        found[f"{name}_correlation"] = float(np.corrcoef(wanted, standard)[0, 1])
    return found


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
        measure=drawn(dataset),
        prepare=space.prepare,
        targets=space.examples,
        watch=space.loss,
        preprocessing="points (n, latent) from noise, times (n,), classes (n,), attributes (n, 4)",
        notes=LIMITS,
    )


RECIPES = [flow("digits", 32, epochs=9), flow("fashion", 32, epochs=9)]
