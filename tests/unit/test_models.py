"""Shapes, ranges, named stages and starting points of the architectures of the image pages."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from dashboard.datasets.images import sample
from dashboard.models.autoencoder import Autoencoder
from dashboard.models.convnet import ConvNet
from dashboard.models.mlp import MLP
from dashboard.models.vae import VAE

CLASSIFIERS = {
    "mlp": lambda: MLP([32, 16], mean=0.1, std=0.3),
    "convnet": lambda: ConvNet([4, 8, 16], [1, 2], mean=0.1, std=0.3, dropout=0.5),
}
AUTOENCODERS = {
    "convolutional": lambda latent: Autoencoder(latent, channels=8, hidden=16),
    "variational": lambda latent: VAE(latent, widths=(32, 16)),
}


@pytest.fixture
def batch() -> torch.Tensor:
    return torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("make", CLASSIFIERS.values(), ids=CLASSIFIERS.keys())
def test_classifier_gives_logits_and_every_stage_by_name(make, batch):
    model = make().eval()
    stages = model.activations(batch)
    assert list(stages) == [name for name, _ in model.stages.named_children()]
    assert stages["logits"].shape == (3, 10)
    torch.testing.assert_close(stages["logits"], model(batch))
    torch.testing.assert_close(stages["normalise"], (batch - 0.1) / 0.3)


def test_convnet_halves_its_maps_and_is_local(batch):
    stages = CLASSIFIERS["convnet"]().eval().activations(batch)
    shapes = {name: tuple(output.shape[1:]) for name, output in stages.items()}
    assert shapes["stem"] == (4, 28, 28)
    assert shapes["residual1_1"] == (8, 14, 14)
    assert shapes["residual2_2"] == (16, 7, 7)
    assert shapes["global_pool"] == (32,)


def test_convnet_refuses_widths_and_blocks_that_do_not_match():
    with pytest.raises(ValueError, match="2 block counts"):
        ConvNet([4, 8, 16], [1])


@pytest.mark.parametrize("latent", [1, 2, 64])
@pytest.mark.parametrize("make", AUTOENCODERS.values(), ids=AUTOENCODERS.keys())
def test_autoencoder_squeezes_and_rebuilds(make, latent, batch):
    model = make(latent).eval()
    codes = model.encode(batch)
    rebuilt = model.decode(codes)
    assert codes.shape == (3, latent)
    assert rebuilt.shape == batch.shape
    assert rebuilt.min() >= 0 and rebuilt.max() <= 1
    torch.testing.assert_close(rebuilt, model(batch))
    stages = model.activations(batch)
    torch.testing.assert_close(stages["code"], codes)
    torch.testing.assert_close(stages["reconstruction"], rebuilt)
    assert sum(name.startswith("encoder.") for name in stages) == len(model.encoder)


@pytest.mark.parametrize("make", [*AUTOENCODERS.values()], ids=AUTOENCODERS.keys())
def test_one_image_gives_what_a_batch_gives(make, batch):
    model = make(4).eval()
    torch.testing.assert_close(model(batch[:1]), model(batch)[:1], rtol=1e-4, atol=1e-5)


def test_the_same_seed_gives_the_same_weights():
    states = []
    for _ in range(2):
        torch.manual_seed(5)
        states.append(Autoencoder(2, channels=8, hidden=16).state_dict())
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])


def test_the_linear_start_is_the_pca_of_scikit_learn():
    pixels = sample("digits").images[:500].reshape(500, -1) / 255.0
    pca = PCA(8, svd_solver="full").fit(pixels)
    model = Autoencoder(8, channels=8, hidden=16)
    model.start_from_components(torch.tensor(pca.mean_).float(), torch.tensor(pca.components_).float())
    model.eval()
    images = torch.tensor(pixels).float().view(-1, 1, 28, 28)
    np.testing.assert_allclose(model.encode(images).detach().numpy(), pca.transform(pixels), atol=1e-4)
    expected = pca.inverse_transform(pca.transform(pixels)).clip(0, 1)
    np.testing.assert_allclose(model(images).detach().numpy().reshape(500, -1), expected, atol=1e-4)


def test_a_smaller_autoencoder_starts_as_the_larger_one_with_projected_codes(batch):
    larger = Autoencoder(6, channels=8, hidden=16)
    larger.train()(torch.rand(32, 1, 28, 28))  # the running statistics leave their initial values
    larger.eval()
    components = torch.linalg.qr(torch.randn(6, 3))[0].T
    mean = torch.randn(6)
    smaller = Autoencoder(3, channels=8, hidden=16)
    smaller.start_from_larger(larger, mean, components)
    smaller.eval()
    codes = (larger.encode(batch) - mean) @ components.T
    torch.testing.assert_close(smaller.encode(batch), codes, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(smaller(batch), larger.decode(codes @ components + mean), rtol=1e-4, atol=1e-5)


def test_the_posterior_of_a_vae_has_a_mean_and_a_log_variance(batch):
    model = AUTOENCODERS["variational"](2).eval()
    mean, log_variance = model.posterior(batch)
    assert mean.shape == log_variance.shape == (3, 2)
    torch.testing.assert_close(mean, model.encode(batch))


@pytest.mark.parametrize("make", CLASSIFIERS.values(), ids=CLASSIFIERS.keys())
def test_gradients_reach_the_image(make, batch):
    model = make().eval().requires_grad_(False)
    image = batch.clone().requires_grad_()
    model(image)[:, 3].sum().backward()
    assert image.grad is not None and image.grad.abs().sum() > 0
