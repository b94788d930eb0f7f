"""Recipes of the principal components: fitted in one go, so there is nothing to train."""

import torch
from torch import nn
from torch.nn import functional as F

from dashboard.datasets.images import DatasetName, ImageSet
from dashboard.models.linear import Components
from dashboard.recipes.autoencoders import SIZES, Reconstruction, principal_components
from dashboard.recipes.recipe import Recipe, in_batches, place_of
from dashboard.recipes.training import Schedule


def fit_components(model: nn.Module, images: ImageSet, device: torch.device) -> None:
    """Set the model to the principal components of the training images."""
    assert isinstance(model, Components)
    pixels = images.images.reshape(len(images), -1) / 255.0
    mean, components = principal_components(pixels, model.latent)
    model.load_state_dict({"mean": mean, "components": components})


def errors(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """Mean squared error per pixel in [0, 1] with all components, and with the first 1, 2, 4..."""
    assert isinstance(model, Components)
    shorter = {size: model.first(size) for size in SIZES}

    def each(batch: torch.Tensor) -> torch.Tensor:
        rebuilt = [model(batch), *(fewer(batch) for fewer in shorter.values())]
        return torch.stack(
            [F.mse_loss(images, batch, reduction="none").mean(dim=(1, 2, 3)) for images in rebuilt], dim=1
        )

    found = in_batches(each, images, device=place_of(model)).double().mean(0).tolist()
    return dict(zip(["mse", *(f"mse_{size}" for size in SIZES)], found, strict=True))


def components(dataset: DatasetName) -> Recipe:
    return Recipe(
        name=f"{dataset}-pca",
        dataset=dataset,
        architecture="linear.Components",
        arguments={"latent": max(SIZES)},
        schedule=Schedule(epochs=0, batch=128, lr=0.0),
        objective=Reconstruction,
        measure=errors,
        prepare=fit_components,
        notes="Linear: it adds and subtracts fixed images, and can do nothing else. The components come "
        "from the training images by PCA, without gradient descent.",
    )


RECIPES = [components("digits"), components("fashion")]
