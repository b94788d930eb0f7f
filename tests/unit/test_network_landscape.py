"""The slice of the loss against torch, and the path on it against the film."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from dashboard.datasets import plane
from dashboard.network.landscape import SIDE, landscape
from dashboard.network.settings import Settings
from dashboard.network.training import train
from tests.unit.network_helpers import torch_forward, torch_layers

LOSSES = {
    "circle": lambda z, y: F.binary_cross_entropy_with_logits(z[:, 0], y),
    "classes5": lambda z, y: F.cross_entropy(z, y.long()),
    "hills": lambda z, y: F.mse_loss(z[:, 0], y),
}


@pytest.mark.parametrize("data", LOSSES)
def test_every_place_is_a_network_whose_loss_torch_has_too(data):
    settings = Settings(data=data, size=80, hidden=(4, 3), epochs=50)
    split = plane.make(data, 80, 0.1, 0.5, 0)
    film = train(settings, split)
    found = landscape(film, split)
    np.testing.assert_allclose(found.axes @ found.axes.T, np.eye(2), atol=1e-9)
    points = torch.tensor(plane.features(split.train_points, settings.inputs))
    targets = torch.tensor(split.train_targets, dtype=torch.float64)
    for row, column in [(0, 0), (SIDE // 2, 3), (SIDE - 1, 7), (12, SIDE - 1)]:
        across = np.array([column, row]) / (SIDE - 1) * 2 - 1
        flat = found.centre + (across * found.reach) @ found.axes
        outputs = torch_forward(torch_layers(flat, film.sizes), points, settings.activation)
        assert found.loss[row, column] == pytest.approx(LOSSES[data](outputs, targets).item(), rel=1e-6)


def test_the_path_ends_exactly_on_the_slice_and_is_the_films():
    settings = Settings(size=100, epochs=100)
    split = plane.make("circle", 100, 0.0, 0.5, 0)
    film = train(settings, split)
    found = landscape(film, split)
    assert np.abs(found.path).max() < 1 and found.path.shape == (len(film.weights), 2)
    placed = found.centre + (found.path * found.reach) @ found.axes
    np.testing.assert_allclose(placed[-1], film.weights[-1], atol=1e-6)
    moves = film.weights - film.weights[-1].astype(float)
    off = ((placed - film.weights) ** 2).sum()
    assert found.kept == pytest.approx(1 - off / (moves**2).sum(), abs=1e-6)
    # No other plane through the end keeps more.
    other = np.linalg.qr(np.random.default_rng(0).normal(size=(moves.shape[1], 2)))[0]
    assert ((moves @ other) ** 2).sum() / (moves**2).sum() < found.kept


def test_a_run_without_a_step_has_a_slice_too():
    settings = Settings(size=50, inputs=("x1",), hidden=(), epochs=50, learning_rate=0.0)
    split = plane.make("circle", 50, 0.0, 0.5, 0)
    found = landscape(train(settings, split), split)
    assert np.isfinite(found.loss).all() and found.kept == 1 and not found.path.any()
