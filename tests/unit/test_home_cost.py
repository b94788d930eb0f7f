"""The front page's arithmetic against enumeration, and its training step against torch."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.home import cost

SHAPES = [(0, 16), (1, 16), (2, 128), (6, 512)]


def reference(sizes: tuple[int, ...]) -> torch.nn.Sequential:
    layers: list[torch.nn.Module] = []
    for n_in, n_out in pairwise(sizes):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def test_known_counts():
    assert cost.sizes(0, 64) == (784, 10)
    assert cost.sizes(2, 64) == (784, 64, 64, 10)
    assert cost.parameters((784, 10)) == 7850
    assert cost.multiplications((784, 10)) == 7840
    assert cost.parameters((784, 64, 64, 10)) == 55050
    assert cost.multiplications((784, 64, 64, 10)) == 54912
    assert cost.steps_per_epoch() == 1875


@given(st.lists(st.integers(1, 9), min_size=2, max_size=5).map(tuple))
@settings(max_examples=50)
def test_counts_against_enumeration(sizes):
    connections = neurons = 0
    for layer in range(1, len(sizes)):
        for _ in range(sizes[layer]):
            neurons += 1
            for _ in range(sizes[layer - 1]):
                connections += 1
    assert cost.multiplications(sizes) == connections
    assert cost.parameters(sizes) == connections + neurons


@pytest.mark.parametrize("layers, width", SHAPES)
def test_parameters_against_torch(layers, width):
    sizes = cost.sizes(layers, width)
    assert cost.parameters(sizes) == sum(p.numel() for p in reference(sizes).parameters())


@pytest.mark.parametrize("layers, width", SHAPES[:3])
def test_a_training_step_against_autograd(layers, width):
    sizes = cost.sizes(layers, width)
    network, ours = reference(sizes), cost.start(sizes, seed=3)
    linear = [module for module in network if isinstance(module, torch.nn.Linear)]
    with torch.no_grad():
        for theirs, mine in zip(linear, ours, strict=True):
            theirs.weight.copy_(torch.from_numpy(mine.weights.T.copy()))
            theirs.bias.copy_(torch.from_numpy(mine.biases))
    rng = np.random.default_rng(1)
    images, labels = rng.random((8, 784), dtype=np.float32), rng.integers(10, size=8)
    loss = torch.nn.functional.cross_entropy(network(torch.from_numpy(images)), torch.from_numpy(labels))
    loss.backward()
    torch.optim.SGD(network.parameters(), lr=0.1).step()
    assert cost.train_step(ours, images, labels, 0.1) == pytest.approx(loss.item(), rel=1e-4)
    for theirs, mine in zip(linear, ours, strict=True):
        np.testing.assert_allclose(mine.weights, theirs.weight.detach().numpy().T, atol=1e-5)
        np.testing.assert_allclose(mine.biases, theirs.bias.detach().numpy(), atol=1e-5)


def test_start_has_he_variance():
    for layer in cost.start((784, 256, 128, 10)):
        assert layer.weights.dtype == np.float32
        assert layer.weights.var() == pytest.approx(2 / len(layer.weights), rel=0.1)
        assert not layer.biases.any()


def test_training_learns_and_stays_in_single_precision():
    layers = cost.start((784, 32, 10))
    rng = np.random.default_rng(0)
    images, labels = rng.random((32, 784), dtype=np.float32), rng.integers(10, size=32)
    losses = [cost.train_step(layers, images, labels, 0.01) for _ in range(60)]
    assert losses[-1] < 0.8 * losses[0]
    assert all(layer.weights.dtype == layer.biases.dtype == np.float32 for layer in layers)


def test_time_of_a_step():
    timing = cost.time_step(cost.sizes(1, 16), budget=0.005)
    assert 3 <= timing.repeats <= 25
    assert 0 < timing.fastest <= timing.median <= timing.slowest


def test_the_front_page_loads_nothing_heavy():
    script = (
        "import sys, dashboard.shell, dashboard.home.views;"
        "print([m for m in ('torch', 'sklearn', 'scipy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"torch", "sklearn"} & set(eval(done.stdout))
