"""Attributions against sums that must come out, hand computations and brute force."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from dashboard import zoo
from dashboard.datasets.images import sample
from dashboard.models.efficientnet_lite import MeanPool
from dashboard.recognition import attributions, deletion
from dashboard.recognition.attributions import METHODS, SMALL, attribute, blank


class TwoLayers(nn.Module):
    """A convolution, a mean, scores: small enough for a hand computation."""

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.Sequential()
        self.stages.add_module("conv", nn.Conv2d(1, 3, 3, padding=1, stride=2))
        self.stages.add_module("global_pool", MeanPool())
        self.stages.add_module("logits", nn.Linear(3, 4))

    def forward(self, images):
        return self.stages(images)


softmax = partial(torch.softmax, dim=1)


@pytest.fixture(scope="module")
def digit():
    return torch.from_numpy(sample("digits").images[3] / 255.0)[None, None].float()


@pytest.fixture(scope="module")
def network():
    return zoo.load("digits-cnn")


@pytest.fixture(scope="module")
def answer(network, digit):
    with torch.inference_mode():
        return int(network(digit).argmax())


def logit(network, image, target):
    with torch.inference_mode():
        return network(image)[0, target].item()


def test_integrated_gradients_add_up_to_the_difference_of_logits(network, digit, answer):
    for target in (answer, (answer + 1) % 10):
        expected = logit(network, digit, target) - logit(network, blank(digit), target)
        assert attribute("integrated", network, digit, target).sum() == pytest.approx(expected, abs=0.15)


def test_a_region_speaks_for_what_the_logit_loses_without_it(network, digit, answer):
    parts = attributions.superpixels(digit, SMALL.pieces)
    found = attribute("regions", network, digit, answer)
    for part in range(parts.max() + 1):
        without = torch.where(torch.from_numpy(parts == part), 0.0, digit)
        expected = logit(network, digit, answer) - logit(network, without, answer)
        np.testing.assert_allclose(found[parts == part], expected, atol=1e-4)


def test_grad_cam_of_two_layers_by_hand(digit):
    torch.manual_seed(0)
    network = TwoLayers().eval().requires_grad_(False)
    maps = network.stages.conv(digit)[0].numpy()
    # The mean's gradient is 1 / cells everywhere, the score's its weight.
    weights = network.stages.logits.weight[2].numpy() / maps[0].size
    by_hand = torch.from_numpy(np.tensordot(weights, maps, 1))[None, None]
    expected = F.interpolate(by_hand, (28, 28), mode="bilinear")[0, 0].numpy()
    np.testing.assert_allclose(attribute("gradcam", network, digit, 2), expected, atol=1e-6)
    assert not network.stages.conv._forward_hooks


def test_occlusion_is_brute_force(network, digit, answer):
    window, stride = SMALL.window, SMALL.stride
    total, covered = np.zeros((28, 28)), np.zeros((28, 28))
    for row in range(0, 28 - window + 1, stride):
        for column in range(0, 28 - window + 1, stride):
            hidden = digit.clone()
            hidden[..., row : row + window, column : column + window] = 0
            fall = logit(network, digit, answer) - logit(network, hidden, answer)
            total[row : row + window, column : column + window] += fall
            covered[row : row + window, column : column + window] += 1
    np.testing.assert_allclose(
        attribute("occlusion", network, digit, answer), total / covered, rtol=1e-3, atol=1e-4
    )


def test_occlusion_of_colours_counts_a_square_once():
    class Brightness(nn.Module):
        def forward(self, images):
            return images.sum(dim=(1, 2, 3))[:, None]

    image = torch.full((1, 3, 224, 224), attributions.GREY + 0.1)
    found = attribute("occlusion", Brightness(), image, 0)
    np.testing.assert_allclose(found, 0.1 * 3 * 56 * 56, rtol=1e-3)


@pytest.mark.parametrize("method", METHODS)
def test_progress_rises_to_its_end_and_the_model_stays(method, network, digit, answer):
    seen = []
    before = digit.clone()
    first = attribute(method, network, digit, answer, seen.append)
    assert seen == sorted(seen) and seen[-1] == 1.0
    assert first.shape == (28, 28) and torch.equal(before, digit)
    np.testing.assert_array_equal(first, attribute(method, network, digit, answer))


def test_an_image_out_of_inference_mode_is_taken(network, digit, answer):
    with torch.inference_mode():
        image = digit * 1.0
    assert attribute("integrated", network, image, answer).any()


def test_superpixels_cover_the_image_without_a_gap():
    random = np.random.default_rng(0)
    slopes = np.linspace(0, 1, 224)[:, None] * np.ones((1, 3, 1, 224))
    for image in (random.random((1, 1, 28, 28)), random.random((1, 3, 224, 224)), slopes):
        regions = attributions.superpixels(torch.from_numpy(image), 16)
        assert regions.shape == image.shape[2:]
        assert set(np.unique(regions)) == set(range(regions.max() + 1)) and regions.max() > 3


def test_cells_are_means():
    values = np.arange(16.0).reshape(4, 4)
    np.testing.assert_array_equal(attributions.cells(values, 2), [[2.5, 4.5], [10.5, 12.5]])


def test_deletion_starts_at_the_answer_and_ends_at_nothing(network, digit, answer):
    values = attribute("integrated", network, digit, answer)
    with torch.inference_mode():
        start = network(digit).softmax(1)[0, answer].item()
        end = network(torch.zeros_like(digit)).softmax(1)[0, answer].item()
    for curve in (
        deletion.deletion(network, digit, answer, values, softmax),
        deletion.at_random(network, digit, answer, softmax),
    ):
        assert curve.probabilities[0] == pytest.approx(start, abs=1e-5)
        assert curve.probabilities[-1] == pytest.approx(end, abs=1e-5)
        assert 0.0 <= curve.area <= 1.0


def test_a_good_explanation_beats_chance_and_its_opposite(network, digit, answer):
    values = attribute("integrated", network, digit, answer)
    good, bad = (deletion.deletion(network, digit, answer, sign * values, softmax).area for sign in (1, -1))
    assert good < deletion.at_random(network, digit, answer, softmax).area
    assert good < bad


def test_deletion_takes_the_most_important_squares_first():
    class Corner(nn.Module):
        """Sure of class 0 as long as the first pixel is lit."""

        def forward(self, images):
            lit = 20 * images[:, 0, 0, 0]
            return torch.stack([lit, 10 - lit], dim=1)

    values = np.zeros((28, 28))
    values[0, 0] = 1.0
    image = torch.ones(1, 1, 28, 28)
    curve = deletion.deletion(Corner(), image, 0, values, softmax)
    assert curve.probabilities[0] > 0.99 and max(curve.probabilities[1:]) < 0.01
    assert deletion.ranks(values)[0, 0] == 0
    last = deletion.deletion(Corner(), image, 0, -values, softmax)
    assert min(last.probabilities[:-1]) > 0.99 and last.probabilities[-1] < 0.01


def test_area_is_the_mean_of_a_straight_line():
    assert deletion.DeletionCurve((0.0, 0.5, 1.0), (1.0, 0.5, 0.0)).area == pytest.approx(0.5)


def test_a_photograph_fades_into_a_blur_and_a_drawing_into_nothing():
    random = torch.rand(1, 3, 56, 56)
    left = attributions.faded(random)
    assert (
        left.mean().item() == pytest.approx(random.mean().item(), abs=0.05) and left.std() < random.std() / 4
    )
    assert not attributions.faded(random[:, :1]).any()
