"""Recipes of the autoencoders (seven sizes of code) and of the variational ones (two), per data set."""

import torch
from sklearn.decomposition import PCA
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.datasets.images import DatasetName, ImageSet
from dashboard.models.autoencoder import Autoencoder
from dashboard.models.dense_autoencoder import VAE
from dashboard.recipes.recipe import Recipe, in_batches
from dashboard.recipes.training import Objective, Schedule

SIZES = (1, 2, 4, 8, 16, 32, 64)
VARIATIONAL_SIZES = (2, 16)
# From this size of code on, convolutions beside a linear shortcut beat dense layers.
CONVOLUTIONAL_FROM = 8

LIMITS = (
    "Rebuilds only what looks like its training images; of anything else it makes the nearest thing it knows."
)


class Reconstruction(Objective):
    """Mean squared error per pixel of an autoencoder, pixels in [0, 1]."""

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        return F.mse_loss(self.model(images), images)


class EvidenceBound(Objective):
    """Minus the ELBO per image, in nats: Bernoulli reconstruction plus divergence from the prior."""

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        assert isinstance(self.model, VAE)
        mean, log_variance = self.model.posterior(images)
        codes = mean + torch.randn_like(mean) * (log_variance / 2).exp()
        logits = self.model.decoder(codes)
        reconstruction = F.binary_cross_entropy_with_logits(logits, images, reduction="sum") / len(images)
        return reconstruction + divergence(mean, log_variance).mean()


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Kullback-Leibler divergence in nats (n,) of normal clouds (n, d) from the standard normal."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1)


def reconstruction_error(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """Mean squared error per pixel in [0, 1]."""
    errors = in_batches(lambda batch: (model.eval()(batch) - batch).square().mean(dim=(1, 2, 3)), images)
    return {"mse": float(errors.double().mean())}


def evidence(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """ELBO per image in nats (one seeded code per image), its divergence part, the error at the mean."""
    assert isinstance(model, VAE)
    source = torch.Generator().manual_seed(0)

    def parts(batch: Tensor) -> Tensor:
        mean, log_variance = model.posterior(batch)
        codes = mean + torch.randn(mean.shape, generator=source) * (log_variance / 2).exp()
        logits = model.decoder(codes)
        likelihood = -F.binary_cross_entropy_with_logits(logits, batch, reduction="none").sum(dim=(1, 2, 3))
        return torch.stack([likelihood, divergence(mean, log_variance)], dim=1)

    likelihood, away = in_batches(parts, images).double().mean(0).tolist()
    return {"elbo": likelihood - away, "divergence": away, **reconstruction_error(model, images)}


def start_linear(model: nn.Module, images: ImageSet) -> None:
    """Start a convolutional autoencoder as the PCA of the training images."""
    assert isinstance(model, Autoencoder)
    pca = PCA(model.latent, svd_solver="covariance_eigh").fit(images.images.reshape(len(images), -1) / 255.0)
    model.start_from_components(
        torch.from_numpy(pca.mean_).float(), torch.from_numpy(pca.components_.copy()).float()
    )


def autoencoder(dataset: DatasetName, latent: int) -> Recipe:
    convolutional = latent >= CONVOLUTIONAL_FROM
    return Recipe(
        name=f"{dataset}-autoencoder-{latent}",
        dataset=dataset,
        architecture="autoencoder.Autoencoder" if convolutional else "dense_autoencoder.DenseAutoencoder",
        arguments={"latent": latent},
        schedule=Schedule(epochs=8, batch=128, lr=4e-3)
        if convolutional
        else Schedule(epochs=25, batch=256, lr=4e-3),
        objective=Reconstruction,
        measure=reconstruction_error,
        prepare=start_linear if convolutional else None,
        notes=LIMITS,
    )


def variational(dataset: DatasetName, latent: int) -> Recipe:
    return Recipe(
        name=f"{dataset}-vae-{latent}",
        dataset=dataset,
        architecture="dense_autoencoder.VAE",
        arguments={"latent": latent},
        schedule=Schedule(epochs=25, batch=256, lr=3e-3),
        objective=EvidenceBound,
        measure=evidence,
        notes=LIMITS,
    )


RECIPES = [autoencoder(dataset, latent) for dataset in ("digits", "fashion") for latent in SIZES] + [
    variational(dataset, latent) for dataset in ("digits", "fashion") for latent in VARIATIONAL_SIZES
]
