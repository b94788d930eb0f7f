"""The compiled mathematics against torch's."""

import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
import torch

from dashboard.datasets import plane
from dashboard.network import engine
from dashboard.network.engine import Examples, State, Task
from dashboard.network.settings import (
    ACTIVATIONS,
    OPTIMISERS,
    count_multiplications,
    count_parameters,
)
from dashboard.network.trainer import encoded, layer_outputs, layer_views, loss_for
from tests.unit.network_helpers import torch_forward, torch_gradient, torch_layers, torch_loss

TASKS = ("circle", "classes5", "hills")
SHAPES = ((), (1,), (4, 2), (8, 8, 8), (3, 16, 1, 5, 2, 7))


def problem(slug: str, hidden: tuple[int, ...], batch: int = 7):
    split = plane.make(slug, 40, 0.1, 0.5, 3)
    inputs = plane.features(split.train_points[:batch], ("x1", "x2", "sinx1")) / 3
    sizes = (3, *hidden, split.outputs)
    flat = np.random.default_rng(5).normal(0.0, 0.7, count_parameters(sizes))
    return split, inputs, split.train_targets[:batch], sizes, flat


def taught(split, inputs, targets, sizes, flat, activation, epochs=1, draws=None, **how):
    """The weights after passes over all the points at once, in their own order."""
    how = {"optimiser": "sgd", "rate": 1.0, "l1": 0.0, "l2": 0.0, "dropout": 0.0, **how}
    task = Task(
        np.array(sizes),
        ACTIVATIONS.index(activation),
        engine.LOSSES.index(loss_for(split)),
        OPTIMISERS.index(how["optimiser"]),
        how["rate"],
        len(inputs),
        how["l1"],
        how["l2"],
        how["dropout"],
    )
    state = State(flat.copy(), np.zeros_like(flat), np.zeros_like(flat), np.zeros(1, dtype=np.int64))
    orders = np.tile(np.arange(len(inputs)), (epochs, 1))
    draws = np.empty((epochs, 0)) if draws is None else draws
    examples = Examples(np.ascontiguousarray(inputs.T), encoded(targets, split))
    engine.teach(task, state, examples, orders, draws)
    return state.flat


@pytest.mark.parametrize("hidden", SHAPES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("slug", TASKS)
def test_gradient_is_autograds(slug, activation, hidden):
    split, inputs, targets, sizes, flat = problem(slug, hidden)
    gradient = flat - taught(split, inputs, targets, sizes, flat, activation)
    layers = torch_layers(flat, sizes)
    torch_loss(torch_forward(layers, torch.tensor(inputs), activation), targets, split).backward()
    np.testing.assert_allclose(gradient, torch_gradient(layers), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradient_under_dropout_is_autograds(activation):
    split, inputs, targets, sizes, flat = problem("xor", (6, 5))
    draws = np.random.default_rng(0).random((13, len(inputs)))  # 6, one unused, 5, one unused
    gradient = flat - taught(
        split, inputs, targets, sizes, flat, activation, draws=draws.reshape(1, -1), dropout=0.4
    )
    mask = (draws >= 0.4) / 0.6
    layers = torch_layers(flat, sizes)
    z = torch_forward(layers, torch.tensor(inputs), activation, [mask[:6], mask[7:12]])
    torch_loss(z, targets, split).backward()
    np.testing.assert_allclose(gradient, torch_gradient(layers), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_forty_steps_with_penalties_are_torchs(name):
    split, inputs, targets, sizes, flat = problem("classes3", (5, 4), batch=20)
    ours = taught(
        split,
        inputs,
        targets,
        sizes,
        flat,
        "tanh",
        epochs=40,
        optimiser=name,
        rate=0.05,
        l1=0.01,
        l2=0.02,
    )
    layers = torch_layers(flat, sizes)
    parameters = [tensor for layer in layers for tensor in layer]
    theirs = {
        "sgd": lambda: torch.optim.SGD(parameters, lr=0.05),
        "momentum": lambda: torch.optim.SGD(parameters, lr=0.05, momentum=0.9),
        "adam": lambda: torch.optim.Adam(parameters, lr=0.05),
    }[name]()
    for _ in range(40):
        theirs.zero_grad()
        loss = torch_loss(torch_forward(layers, torch.tensor(inputs), "tanh"), targets, split)
        penalty = sum(0.01 * w.abs().sum() + 0.02 * (w**2).sum() / 2 for w, _ in layers)
        (loss + penalty).backward()
        theirs.step()
    expected = np.concatenate([torch.cat([w, b[:, None]], dim=1).detach().numpy().ravel() for w, b in layers])
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("slug", TASKS)
def test_loss_and_score(slug):
    split, inputs, targets, sizes, flat = problem(slug, (6,))
    z = layer_outputs(flat, inputs, sizes, "relu")[-1]
    logits = torch_forward(torch_layers(flat, sizes), torch.tensor(inputs), "relu").detach()
    np.testing.assert_allclose(z.T, logits, rtol=1e-12)
    loss, score = engine.loss_and_score(engine.LOSSES.index(loss_for(split)), z, encoded(targets, split))
    assert loss == pytest.approx(torch_loss(logits, targets, split).item(), rel=1e-12)
    if split.task == "values":
        from sklearn.metrics import r2_score

        expected = max(r2_score(targets, logits[:, 0]), 0.0)
    elif split.classes == 2:
        expected = np.mean((logits[:, 0].numpy() > 0) == targets)
    else:
        expected = np.mean(logits.argmax(dim=1).numpy() == targets)
    assert score == pytest.approx(expected)


def test_exp_is_numpys():
    x = np.concatenate([np.linspace(-700, 700, 2001), np.random.default_rng(0).normal(size=2000)])
    error = np.array([engine.exp(value) for value in x]) / np.exp(x) - 1
    assert (np.abs(error) <= 5e-16 * (1 + np.abs(x) / 10)).all()
    assert np.isfinite([engine.exp(1e9), engine.exp(-1e9)]).all()


@pytest.mark.parametrize(
    "broken,prepared",
    [
        ("caching.CacheImpl._locator_classes = []", ""),
        ("caching.IndexDataCacheFile.save = full", "prepare()"),
    ],
    ids=["no folder can be written", "the disk is full"],
)
def test_an_app_that_cannot_keep_compiled_code_computes_the_same(broken, prepared, tmp_path):
    code = f"""
import errno
from numba.core import caching
def full(*_):
    raise OSError(errno.ENOSPC, "no space left on device")
{broken}
import numpy as np
from dashboard.network.engine import forward
from dashboard.network.training import prepare
{prepared}
print(forward(np.array([2.0, 3.0, 1.0]), np.array([2, 1]), 0, np.array([[1.0], [10.0]])))
"""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert found.stdout.strip() == "[[33.]]", found.stderr
    assert not list(tmp_path.rglob("*.nbi"))


@pytest.mark.parametrize("hidden", SHAPES)
def test_counts_are_torchs(hidden):
    sizes = (4, *hidden, 3)
    linears = [torch.nn.Linear(a, b) for a, b in pairwise(sizes)]
    assert count_parameters(sizes) == sum(p.numel() for m in linears for p in m.parameters())
    assert count_multiplications(sizes) == sum(m.weight.numel() for m in linears)
    assert [v.shape for v in layer_views(np.zeros(count_parameters(sizes)), sizes)] == [
        (m.out_features, m.in_features + 1) for m in linears
    ]
