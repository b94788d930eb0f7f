"""Adversarial changes against the closed form on a linear network, and within their budget on a real one."""

import numpy as np
import pytest
import torch
from torch import nn

from dashboard import zoo
from dashboard.datasets.images import sample
from dashboard.recognition.adversarial import attack


@pytest.fixture
def linear() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Flatten(), nn.Linear(3 * 8 * 8, 2)).requires_grad_(False)


@pytest.mark.parametrize("method", ["fgsm", "pgd"])
def test_of_a_linear_network_the_best_change_is_known(linear, method):
    x = torch.rand(3, 8, 8, generator=torch.Generator().manual_seed(1)) * 0.6 + 0.2
    found = attack(linear, x, 0.05, method)
    first = int(found.before.argmax())
    weights = linear[1].weight[1 - first] - linear[1].weight[first]
    best = x + 0.05 * weights.sign().reshape(x.shape)
    assert np.allclose(found.changed, best.permute(1, 2, 0).numpy(), atol=1e-6)
    margin = found.before[1 - first] - found.before[first] + 0.05 * float(weights.abs().sum())
    assert np.isclose(found.after[1 - first] - found.after[first], margin, atol=1e-4)
    # The target of two classes is the other one: the same change.
    assert np.allclose(attack(linear, x, 0.05, method, 1 - first).changed, found.changed, atol=1e-6)


@pytest.mark.parametrize("method", ["fgsm", "pgd"])
@pytest.mark.parametrize("target", [None, 8])
@pytest.mark.parametrize("budget", [0.0, 0.02, 0.3])
def test_within_the_budget_and_within_black_and_white(method, target, budget):
    x = torch.from_numpy(sample("digits").images[5] / np.float32(255))[None]
    found = attack(zoo.load("digits-cnn"), x, budget, method, target)
    for picture in (found.changed, found.random):
        assert np.abs(picture - found.original).max() <= budget + 1e-6
        assert picture.min() >= 0 and picture.max() <= 1
    assert np.array_equal(found.original, x[0].numpy())
    if budget == 0:
        assert not found.change.any() and np.allclose(found.after, found.before, atol=1e-4)
        assert not found.succeeded


def test_a_real_network_is_fooled_by_small_changes_and_not_by_chance():
    model, images = zoo.load("fashion-cnn"), sample("fashion").images[:12]
    found = [
        attack(model, torch.from_numpy(image / np.float32(255))[None], 12 / 255, "pgd") for image in images
    ]
    assert np.mean([one.succeeded for one in found]) > 0.8
    assert np.mean([one.by_chance.argmax() == one.before.argmax() for one in found]) > 0.8
    # Ten small steps find at least as much as a large one.
    quick = [attack(model, torch.from_numpy(i / np.float32(255))[None], 12 / 255, "fgsm") for i in images]
    assert sum(one.succeeded for one in quick) <= sum(one.succeeded for one in found)


def test_a_target_is_reached():
    image = sample("fashion").images[0] / np.float32(255)
    found = attack(zoo.load("fashion-cnn"), torch.from_numpy(image)[None], 0.3, "pgd", target=8)
    assert found.succeeded and found.after.argmax() == 8


def test_gradients_work_in_inference_tensors_too():
    with torch.inference_mode():
        x = torch.full((1, 28, 28), 0.5)
    assert attack(zoo.load("digits-cnn"), x, 0.1).changed.shape == (28, 28)
