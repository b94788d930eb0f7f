"""The flow's network: its units, its open conditions, and that learning it recovers a known distribution."""

import numpy as np
import pytest
import torch

from dashboard.datasets.images import sample
from dashboard.generation.sampling import guided, integrate
from dashboard.models.flow import Flow
from dashboard.recipes.flows import FlowMatching, leave_open
from dashboard.recipes.generation import standard


@pytest.fixture(scope="module")
def learnt() -> Flow:
    """A small flow of two classes in the plane, whose one attribute is the height within the class.

    Class 0: 70 % of the points, around (-2, 0), with standard deviations .3 and .6; class 1: around (2, 1)
    with .5 each.
    """
    torch.set_num_threads(1)
    torch.manual_seed(0)
    labels = (torch.rand(20_000) < 0.3).long()
    centres, stds = torch.tensor([[-2.0, 0.0], [2.0, 1.0]]), torch.tensor([[0.3, 0.6], [0.5, 0.5]])
    standard = torch.randn(len(labels), 2)
    points = centres[labels] + stds[labels] * standard
    examples = torch.cat([points, standard[:, 1:], labels[:, None]], dim=1)
    flow = Flow(2, classes=2, attributes=1, width=64, depth=2, condition=32)
    flow.fit_whitening(points)
    objective = FlowMatching(flow)
    optimiser = torch.optim.Adam(flow.parameters(), lr=4e-3)
    steps = 900
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 4e-3 * (1 - step / steps)
        loss = objective(torch.empty(0), examples[torch.randint(len(examples), (128,))])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return flow.eval().requires_grad_(False)


def samples(flow: Flow, label: int, attribute: float = float("nan"), count: int = 3000) -> np.ndarray:
    start = torch.randn(count, 2, generator=torch.Generator().manual_seed(1))
    field = guided(flow, torch.full((count,), label), torch.full((count, 1), attribute), 1.0)
    states, _ = integrate(field, start, np.linspace(0, 1, 13), "heun")
    return flow.unwhiten(states[-1]).numpy()


def test_it_recovers_a_mixture_of_two_normal_clouds(learnt):
    points = samples(learnt, 2)
    right = points[:, 0] > 0
    assert right.mean() == pytest.approx(0.3, abs=0.04)
    assert points[~right].mean(0) == pytest.approx([-2.0, 0.0], abs=0.12)
    assert points[right].mean(0) == pytest.approx([2.0, 1.0], abs=0.15)
    assert points[~right].std(0) == pytest.approx([0.3, 0.6], abs=0.12)
    # Hardly anything lies between the clouds: five standard deviations from either.
    assert (np.abs(points[:, 0]) < 0.3).mean() < 0.02


def test_it_draws_the_class_asked_for(learnt):
    assert (samples(learnt, 0)[:, 0] < 0).mean() > 0.98
    right = samples(learnt, 1)
    assert (right[:, 0] > 0).mean() > 0.98
    assert right.std(0) == pytest.approx([0.5, 0.5], abs=0.12)


def test_it_follows_an_attribute_with_and_without_a_class(learnt):
    heights = [samples(learnt, 0, value)[:, 1] for value in (-1.5, 0.0, 1.5)]
    assert [height.mean() for height in heights] == pytest.approx([-0.9, 0.0, 0.9], abs=0.15)
    assert heights[1].std() < 0.25
    either = samples(learnt, 2, 1.5)
    assert either[either[:, 0] > 0][:, 1].mean() == pytest.approx(1.75, abs=0.2)


def test_whitened_codes_have_unit_covariance_and_come_back():
    torch.manual_seed(0)
    codes = torch.randn(500, 6) @ torch.randn(6, 6) + 3
    flow = Flow(6)
    flow.fit_whitening(codes)
    white = flow.whiten(codes)
    assert torch.allclose(torch.cov(white.T), torch.eye(6), atol=1e-3)
    assert torch.allclose(white.mean(0), torch.zeros(6), atol=1e-4)
    assert torch.allclose(flow.unwhiten(white), codes, atol=1e-4)


def test_an_open_attribute_is_not_the_same_as_an_average_one():
    torch.manual_seed(0)
    flow = Flow(4, classes=3, attributes=2, width=16, depth=1, condition=8)
    for parameter in flow.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    points, times, labels = torch.randn(5, 4), torch.rand(5), torch.zeros(5, dtype=torch.long)
    asked, left_open = torch.zeros(5, 2), torch.full((5, 2), float("nan"))
    one, other = flow(points, times, labels, asked), flow(points, times, labels, left_open)
    assert one.isfinite().all() and other.isfinite().all()
    assert not torch.allclose(one, other)


def test_an_untrained_flow_stands_still():
    flow = Flow(4)
    nothing = flow(torch.randn(3, 4), torch.rand(3), torch.full((3,), 10), torch.full((3, 4), float("nan")))
    assert torch.equal(nothing, torch.zeros(3, 4))


def test_conditions_are_left_open_as_often_as_said():
    torch.manual_seed(0)
    n = 20_000
    labels, attributes = leave_open(torch.zeros(n, dtype=torch.long), torch.zeros(n, 4), classes=10)
    open_class, open_attribute = labels == 10, attributes.isnan()
    # Everything .1; the class besides .1; all attributes besides .4; each of them besides .5.
    assert open_class.float().mean() == pytest.approx(0.1 + 0.9 * 0.1, abs=0.015)
    every = 0.1 + 0.9 * (0.4 + 0.6 * 0.5**4)
    assert open_attribute.all(1).float().mean() == pytest.approx(every, abs=0.015)
    assert open_attribute.float().mean() == pytest.approx(1 - 0.9 * 0.6 * 0.5, abs=0.015)
    assert (open_class & open_attribute.all(1)).float().mean() > 0.1


def test_attributes_are_standard_within_each_class():
    images = sample("digits")
    found = standard("digits", images)
    assert found.shape == (2000, 4) and np.abs(found).max() <= 3
    for label in range(10):
        of_label = found[images.labels == label]
        std = of_label.std(0)
        # At most one, and a little less where the furthest were clipped.
        assert np.abs(of_label.mean(0)).max() < 0.07 and std.max() < 1.001 and std.min() > 0.85
