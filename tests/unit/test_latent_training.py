"""A small autoencoder trained on the shipped sample: against PCA, and against itself."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from dashboard.latent import portable
from dashboard.latent.training import (
    HELD_OUT,
    LONGEST,
    MOMENTS,
    SHOWN,
    TRAINED_ON,
    Settings,
    Training,
    pca_error,
    shown,
)
from dashboard.latent.walks import pixels
from dashboard.models.dense import DenseAutoencoder

QUICK = Settings(widths=(32,), size=4, epochs=3)


def trained(settings: Settings) -> Training:
    made = Training(settings)
    made.advance(60)
    assert made.stopped
    return made


@pytest.fixture(scope="module")
def quick():
    return trained(QUICK)


def test_the_error_falls(quick):
    assert quick.epochs[0] == 0 and quick.epochs[-1] == QUICK.epochs and len(quick.epochs) == MOMENTS + 1
    assert quick.losses.shape == (MOMENTS + 1, 2)
    assert (quick.losses[-1] < 0.85 * quick.losses[0]).all()
    assert quick.share == 1 and not quick.out_of_time and quick.seconds < LONGEST


def test_it_begins_with_the_mean_image(quick):
    images = pixels("digits")
    mean = images[:TRAINED_ON].mean(0)
    variance = np.square(images[-HELD_OUT:] - mean).mean()
    assert quick.losses[0, 1] == pytest.approx(variance, rel=0.1)


def test_errors_and_film_are_those_of_the_network(quick):
    images = pixels("digits")
    for k, some in enumerate((images[:HELD_OUT], images[-HELD_OUT:])):
        error = np.square(quick.coder.reconstruct(some) - some).mean()
        assert quick.losses[-1, k] == pytest.approx(error, rel=1e-4)
    filmed = images[-HELD_OUT:][shown("digits")]
    assert quick.frames.shape == (MOMENTS + 1, SHOWN, 28, 28) and quick.frames.dtype == np.uint8
    assert np.abs(quick.frames[-1] - 255 * quick.coder.reconstruct(filmed)).max() <= 0.51
    assert np.abs(quick.originals - 255 * filmed).max() <= 0.51


def test_the_same_seed_gives_the_same_training_however_it_is_cut(quick):
    pieces = Training(QUICK)
    torch.manual_seed(99)
    before = torch.random.get_rng_state()
    while not pieces.stopped:
        pieces.advance(0.02)
    np.testing.assert_array_equal(pieces.losses, quick.losses)
    np.testing.assert_array_equal(pieces.frames, quick.frames)
    assert torch.equal(before, torch.random.get_rng_state())
    other = trained(Settings(widths=(32,), size=4, epochs=3, seed=1))
    assert other.losses[-1, 1] != quick.losses[-1, 1]


def test_stopped_it_keeps_what_it_has_learnt():
    made = Training(Settings(epochs=200))
    assert made.coder is None
    made.advance(0.2)
    assert not made.stopped and made.coder is None and 0 < made.share < 1
    made.stop()
    assert made.coder is made.coder is not None and made.coder.size == 8
    moments = len(made.epochs)
    made.advance(1)
    assert len(made.epochs) == moments


def test_time_is_short(monkeypatch):
    monkeypatch.setattr("dashboard.latent.training.LONGEST", 0.2)
    made = Training(Settings(epochs=200))
    made.advance(60)
    assert made.stopped and made.out_of_time and made.epochs[-1] < 200 and len(made.epochs) > 1


def test_without_curves_it_finds_what_pca_finds():
    """The least squared error of a linear map of rank k is that of k principal components."""
    size = 4
    made = trained(Settings(widths=(), size=size, activation="linear", epochs=40))
    pca = pca_error("digits", size)
    assert made.losses[-1, 1] == pytest.approx(pca, rel=0.04)
    components = PCA(size).fit(pixels("digits")[:TRAINED_ON].reshape(-1, 784)).components_
    network = made.coder.module
    written = np.linalg.qr(network.decoder.dense1.weight.numpy())[0]
    # Cosines of the angles between the two subspaces; the last components hardly differ in weight.
    cosines = np.linalg.svd(components @ written, compute_uv=False)
    assert cosines[:3].min() > 0.99 and cosines.min() > 0.8


def test_pca_error_against_an_eigenvalue_decomposition():
    images = pixels("fashion").reshape(-1, 784).astype(float)
    learnt, held_out = images[:TRAINED_ON], images[-HELD_OUT:]
    mean = learnt.mean(0)
    _, vectors = np.linalg.eigh((learnt - mean).T @ (learnt - mean))
    best = vectors[:, -5:]
    rebuilt = (mean + (held_out - mean) @ best @ best.T).clip(0, 1)
    assert pca_error("fashion", 5) == pytest.approx(np.square(rebuilt - held_out).mean(), rel=1e-3)


def test_a_curve_does_better_than_pca():
    made = trained(Settings(widths=(128,), size=2, epochs=8))
    assert made.losses[-1, 1] < pca_error("digits", 2)


@pytest.mark.parametrize("activation", ["linear", "relu", "tanh"])
@pytest.mark.parametrize("widths", [(), (16,), (64, 32, 16)])
def test_every_network_can_go_to_the_browser(widths, activation):
    made = trained(Settings("fashion", widths, 3, activation, epochs=1))
    program = portable.program(made.coder)
    curves = 0 if activation == "linear" else len(widths)
    assert [step["op"] for step in program.steps].count("dense") == len(widths) + 1
    assert [step["op"] for step in program.steps].count(activation) == curves
    assert made.parameters == sum(weights.numel() for weights in made.coder.module.parameters())


def test_stages_have_names():
    network = DenseAutoencoder(3, (20, 10), "relu").eval()
    images = torch.rand(2, 1, 28, 28)
    stages = network.activations(images)
    assert {name: tuple(values.shape) for name, values in stages.items()} == {
        "encoder.flatten": (2, 784),
        "encoder.dense1": (2, 20),
        "encoder.relu1": (2, 20),
        "encoder.dense2": (2, 10),
        "encoder.relu2": (2, 10),
        "encoder.dense3": (2, 3),
        "code": (2, 3),
        "decoder.dense1": (2, 10),
        "decoder.relu1": (2, 10),
        "decoder.dense2": (2, 20),
        "decoder.relu2": (2, 20),
        "decoder.dense3": (2, 784),
        "decoder.unflatten": (2, 1, 28, 28),
        "reconstruction": (2, 1, 28, 28),
    }
    torch.testing.assert_close(stages["reconstruction"], network(images))
