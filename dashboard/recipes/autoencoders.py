"""Recipes of the autoencoders (seven sizes of code) and of the variational ones (two), per data set."""

from collections.abc import Callable
from typing import Self

import torch
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard import zoo
from dashboard.datasets.images import DatasetName, ImageSet
from dashboard.models.autoencoder import Autoencoder
from dashboard.models.vae import VAE
from dashboard.recipes.layouts import pacmap
from dashboard.recipes.recipe import Recipe, in_batches, place_of
from dashboard.recipes.training import Objective, Schedule, fit

SIZES = (1, 2, 4, 8, 16, 32, 64)
VARIATIONAL_SIZES = (2, 16)
# The largest starts from PCA, every other one from the next larger: train 64 first, then 32, ... 1.
# That of two numbers starts from 32 and a layout of its codes.
EPOCHS: dict[DatasetName, dict[int, int]] = {
    "digits": {64: 14, 32: 16, 16: 14, 8: 22, 4: 14, 2: 72, 1: 2},
    "fashion": {64: 10, 32: 12, 16: 12, 8: 18, 4: 12, 2: 14, 1: 2},
}
CYCLES = {"digits-autoencoder-2": 2}
GUIDED = Schedule(epochs=2, batch=128, lr=2e-3)
PULL = 0.05

LIMITS = (
    "Rebuilds only what looks like its training images; of anything else it makes the nearest thing it knows."
)


class Reconstruction(Objective):
    """Mean squared error per pixel of an autoencoder, pixels in [0, 1]."""

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        return F.mse_loss(self.model(images), images)


class Settled(Reconstruction):
    """The same with the statistics of batch normalisation held as the model came with them.

    Those of a batch differ from the next one's, which shifts a code by a tenth of its spread: little
    among 64 numbers, but too much for a code of few, where every place stands for another image.
    """

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
                module.eval()
        return self


class Guidance(Settled):
    """Mean squared error per pixel, and a pull of the codes towards places (n, latent) given for them."""

    def forward(self, images: Tensor, places: Tensor) -> Tensor:
        assert isinstance(self.model, Autoencoder)
        codes = self.model.encode(images)
        return F.mse_loss(self.model.decode(codes), images) + PULL * F.mse_loss(codes, places)


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
    errors = in_batches(
        lambda batch: (model.eval()(batch) - batch).square().mean(dim=(1, 2, 3)),
        images,
        device=place_of(model),
    )
    return {"mse": float(errors.double().mean())}


def evidence(model: nn.Module, images: ImageSet) -> dict[str, float]:
    """ELBO per image in nats (one seeded code per image), its divergence part, the error at the mean."""
    assert isinstance(model, VAE)
    source = torch.Generator().manual_seed(0)

    def parts(batch: Tensor) -> Tensor:
        mean, log_variance = model.posterior(batch)
        codes = mean + torch.randn(mean.shape, generator=source).to(mean) * (log_variance / 2).exp()
        logits = model.decoder(codes)
        likelihood = -F.binary_cross_entropy_with_logits(logits, batch, reduction="none").sum(dim=(1, 2, 3))
        return torch.stack([likelihood, divergence(mean, log_variance)], dim=1)

    likelihood, away = in_batches(parts, images, device=place_of(model)).double().mean(0).tolist()
    return {"elbo": likelihood - away, "divergence": away, **reconstruction_error(model, images)}


def start_linear(model: nn.Module, images: ImageSet, device: torch.device) -> None:
    """Start a convolutional autoencoder as the PCA of the training images."""
    assert isinstance(model, Autoencoder)
    mean, components = principal_components(images.images.reshape(len(images), -1) / 255.0, model.latent)
    model.start_from_components(mean, components)


def shipped(name: str) -> Autoencoder:
    """An autoencoder that has been made before."""
    model = zoo.load(name)
    assert isinstance(model, Autoencoder)
    return model


def start_smaller(larger: str) -> Callable[[nn.Module, ImageSet, torch.device], None]:
    """Start an autoencoder as a larger one, already made, whose codes are reduced by PCA."""

    def prepare(model: nn.Module, images: ImageSet, device: torch.device) -> None:
        teacher = shipped(larger)
        assert isinstance(model, Autoencoder)
        mean, components = principal_components(in_batches(teacher.encode, images).numpy(), model.latent)
        model.start_from_larger(teacher, mean, components)

    return prepare


def start_mapped(larger: str) -> Callable[[nn.Module, ImageSet, torch.device], None]:
    """Start an autoencoder of two numbers with its codes laid out by PaCMAP.

    From PCA the classes lie on top of one another, and gradient descent cannot lift them through one
    another, so they are laid out apart first. The layout is that of a larger
    autoencoder's codes; the network learns it, rebuilding all the while, and is then left free.
    """
    smaller = start_smaller(larger)

    def prepare(model: nn.Module, images: ImageSet, device: torch.device) -> None:
        smaller(model, images, device)
        assert isinstance(model, Autoencoder)
        layout = pacmap(in_batches(shipped(larger).encode, images).numpy(), model.latent)
        layout = (layout - layout.mean(0)) / layout.std(0)
        targets = torch.tensor(layout, dtype=torch.float32)
        guided = fit(Guidance(model), torch.tensor(images.images), targets, GUIDED, device=device)
        model.load_state_dict(guided.model.state_dict())

    return prepare


def principal_components(points: NDArray, count: int) -> tuple[Tensor, Tensor]:
    """Mean (d,) and first components (count, d) of points (n, d)."""
    pca = PCA(count, svd_solver="covariance_eigh").fit(points)
    return torch.from_numpy(pca.mean_).float(), torch.from_numpy(pca.components_.copy()).float()


def autoencoder(dataset: DatasetName, latent: int) -> Recipe:
    largest, mapped = latent == max(SIZES), latent == 2
    larger = f"{dataset}-autoencoder-{32 if mapped else 2 * latent}"
    name = f"{dataset}-autoencoder-{latent}"
    return Recipe(
        name=name,
        dataset=dataset,
        architecture="autoencoder.Autoencoder",
        arguments={"latent": latent},
        schedule=Schedule(
            epochs=EPOCHS[dataset][latent],
            cycles=CYCLES.get(name, 1),
            batch=128,
            lr=4e-3 if largest else 2e-3,
        ),
        objective=Reconstruction if largest else Settled,
        measure=reconstruction_error,
        prepare=start_linear if largest else start_mapped(larger) if mapped else start_smaller(larger),
        notes=f"{LIMITS} Training started from {'PCA' if largest else larger}.",
    )


def variational(dataset: DatasetName, latent: int) -> Recipe:
    return Recipe(
        name=f"{dataset}-vae-{latent}",
        dataset=dataset,
        architecture="vae.VAE",
        arguments={"latent": latent},
        schedule=Schedule(epochs=6, batch=128, lr=2e-3),
        objective=EvidenceBound,
        measure=evidence,
        notes=LIMITS,
    )


RECIPES = [autoencoder(dataset, latent) for dataset in ("digits", "fashion") for latent in SIZES] + [
    variational(dataset, latent) for dataset in ("digits", "fashion") for latent in VARIATIONAL_SIZES
]
