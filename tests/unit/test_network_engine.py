"""The hand-written gradients, losses and optimisers against torch's."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from dashboard.datasets import plane
from dashboard.network import optimisers
from dashboard.network.engine import ACTIVATIONS, Backpropagation, forward, layer_views, with_ones
from dashboard.network.losses import encoded, loss_for
from dashboard.network.settings import OPTIMISERS, count_multiplications, count_parameters
from tests.unit.network_helpers import torch_forward, torch_gradient, torch_layers, torch_loss

TASKS = ("circle", "classes5", "hills")
SHAPES = ((), (1,), (4, 2), (8, 8, 8), (3, 16, 1, 5, 2, 7))


def problem(slug: str, hidden: tuple[int, ...], batch: int = 7):
    split = plane.make(slug, 40, 0.1, 0.5, 3)
    inputs = plane.features(split.train_points[:batch], ("x1", "x2", "sinx1")) / 3
    sizes = (3, *hidden, split.outputs)
    flat = np.random.default_rng(5).normal(0.0, 0.7, count_parameters(sizes))
    return split, inputs, split.train_targets[:batch], sizes, flat


@pytest.mark.parametrize("hidden", SHAPES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("slug", TASKS)
def test_gradient_is_autograds(slug, activation, hidden):
    split, inputs, targets, sizes, flat = problem(slug, hidden)
    engine = Backpropagation(flat, sizes, activation, loss_for(split), len(inputs))
    gradient = engine(with_ones(inputs), encoded(targets, split))
    layers = torch_layers(flat, sizes)
    torch_loss(torch_forward(layers, torch.tensor(inputs), activation), targets, split).backward()
    np.testing.assert_allclose(gradient, torch_gradient(layers), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradient_under_dropout_is_autograds(activation):
    split, inputs, targets, sizes, flat = problem("xor", (6, 5))
    engine = Backpropagation(flat, sizes, activation, loss_for(split), len(inputs))
    mask = (np.random.default_rng(0).random((engine.hidden_rows, len(inputs))) > 0.4) / 0.6
    gradient = engine(with_ones(inputs), encoded(targets, split), mask)
    layers = torch_layers(flat, sizes)
    z = torch_forward(layers, torch.tensor(inputs), activation, [mask[:6], mask[7:12]])
    torch_loss(z, targets, split).backward()
    np.testing.assert_allclose(gradient, torch_gradient(layers), rtol=1e-9, atol=1e-12)


def test_a_stack_has_the_gradients_of_its_members():
    split, inputs, targets, sizes, _ = problem("classes3", (5, 4))
    stack = np.random.default_rng(1).normal(size=(6, count_parameters(sizes)))
    x, y = with_ones(inputs), encoded(targets, split)
    together = Backpropagation(stack, sizes, "tanh", loss_for(split), len(inputs))(
        np.broadcast_to(x, (6, *x.shape)).copy(), np.broadcast_to(y, (6, *y.shape)).copy()
    )
    for flat, gradient in zip(stack, together, strict=True):
        alone = Backpropagation(flat, sizes, "tanh", loss_for(split), len(inputs))(x, y)
        np.testing.assert_allclose(gradient, alone, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("slug", TASKS)
def test_loss_and_score(slug):
    split, inputs, targets, sizes, flat = problem(slug, (6,))
    z = forward(flat, with_ones(inputs), sizes, "relu")[-1]
    logits = torch_forward(torch_layers(flat, sizes), torch.tensor(inputs), "relu").detach()
    np.testing.assert_allclose(z.T, logits, rtol=1e-12)
    loss = loss_for(split)
    expected = torch_loss(logits, targets, split).item()
    assert loss.value(z, encoded(targets, split)) == pytest.approx(expected, rel=1e-12)
    if split.task == "values":
        from sklearn.metrics import r2_score

        expected = max(r2_score(targets, logits[:, 0]), 0.0)
    elif split.classes == 2:
        expected = np.mean((logits[:, 0].numpy() > 0) == targets)
    else:
        expected = np.mean(logits.argmax(dim=1).numpy() == targets)
    assert loss.score(z, encoded(targets, split)) == pytest.approx(expected)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_optimiser_is_torchs(name):
    rng = np.random.default_rng(2)
    flat = rng.normal(size=30)
    parameter = torch.tensor(flat.copy(), requires_grad=True)
    theirs = {
        "sgd": lambda: torch.optim.SGD([parameter], lr=0.05),
        "momentum": lambda: torch.optim.SGD([parameter], lr=0.05, momentum=0.9),
        "adam": lambda: torch.optim.Adam([parameter], lr=0.05),
    }[name]()
    ours = optimisers.build(name, flat, 0.05)
    for step in range(40):
        gradient = rng.normal(size=30) * (1 + step % 3)
        parameter.grad = torch.tensor(gradient.copy())
        theirs.step()
        if step == 20:
            ours = optimisers.build(name, flat, 0.05, ours.memory())
        ours.step(flat, gradient)
    np.testing.assert_allclose(flat, parameter.detach(), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("hidden", SHAPES)
def test_counts_are_torchs(hidden):
    sizes = (4, *hidden, 3)
    linears = [torch.nn.Linear(a, b) for a, b in pairwise(sizes)]
    assert count_parameters(sizes) == sum(p.numel() for m in linears for p in m.parameters())
    assert count_multiplications(sizes) == sum(m.weight.numel() for m in linears)
    assert [v.shape for v in layer_views(np.zeros(count_parameters(sizes)), sizes)] == [
        (m.out_features, m.in_features + 1) for m in linears
    ]
