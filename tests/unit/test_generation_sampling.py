"""From noise to images: solvers against closed forms, seeds, guidance, sketches and mixtures."""

import itertools
import math

import numpy as np
import pytest
import torch

from dashboard import generation, zoo
from dashboard.generation import sampling
from dashboard.generation.sampling import Request, Settings, great_circle, integrate, noise
from dashboard.models.autoencoder import Autoencoder
from dashboard.models.flow import Flow


@pytest.fixture(scope="module")
def random_models() -> tuple[Flow, Autoencoder]:
    """A flow of random weights, so that what it draws depends on every condition."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    flow = Flow(8, width=32, depth=2, condition=16, space="none")
    for parameter in flow.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    autoencoder = Autoencoder(8, channels=8, hidden=16)
    return flow.eval().requires_grad_(False), autoencoder.eval().requires_grad_(False)


@pytest.fixture
def models(random_models, monkeypatch):
    monkeypatch.setattr(sampling, "models", lambda dataset: random_models)
    return random_models


@pytest.mark.parametrize(("sampler", "order"), [("euler", 1), ("heun", 2)])
def test_a_solver_has_its_order(sampler, order):
    """dx/dt = x cos t has the solution x0 exp(sin t)."""
    start = torch.tensor([[1.0], [-0.5]], dtype=torch.float64)
    exact = start * math.exp(math.sin(1.0))
    errors = []
    for steps in (16, 32, 64):
        states, _ = integrate(lambda x, t: x * math.cos(t), start, np.linspace(0, 1, steps + 1), sampler)
        assert states.shape == (steps + 1, 2, 1)
        errors.append(float((states[-1] - exact).abs().max()))
    for coarse, fine in itertools.pairwise(errors):
        assert math.log2(coarse / fine) == pytest.approx(order, abs=0.1)


def test_a_straight_path_is_exact_in_one_step_and_foreseen():
    start, end = torch.randn(3, 2), torch.randn(3, 2)
    for sampler in sampling.SAMPLERS:
        states, predicted = integrate(lambda x, t: end - start, start, np.linspace(0, 1, 2), sampler)
        assert torch.allclose(states[-1], end, atol=1e-6) and torch.allclose(predicted[0], end, atol=1e-6)


def test_a_film_has_all_that_was_seen(models):
    film = sampling.sample(Request("digits", 3, slant=1.0), Settings(count=4, steps=5))
    assert film.frames.shape == (6, 4, 28, 28) and film.predicted.shape == (5, 4, 28, 28)
    assert film.codes.shape == (6, 4, 8) and film.times.tolist() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert np.array_equal(film.images, film.frames[-1])
    assert film.frames.min() >= 0 and film.frames.max() <= 1
    # The last state of a step of Euler and its foreseen end are the same at the last step.
    film = sampling.sample(Request("digits", 3), Settings(count=4, steps=5, sampler="euler"))
    assert np.allclose(film.predicted[-1], film.images, atol=1e-5)


def test_the_same_seed_gives_the_same_images_and_another_does_not(models):
    request = Request("digits", 7)
    one, two = (sampling.sample(request, Settings(count=3)).images for _ in range(2))
    assert np.array_equal(one, two)
    assert not np.allclose(one, sampling.sample(request, Settings(count=3, seed=1)).images)
    without_film = sampling.images(request, Settings(count=3))
    assert np.allclose(one, without_film, atol=1e-5)
    assert np.array_equal(without_film, generation.generate("digits", label=7, count=3))


def test_more_images_of_a_seed_begin_with_the_same_ones(models):
    few, many = noise(Settings(count=3), 8), noise(Settings(count=25), 8)
    assert torch.equal(few, many[:3])
    images = [generation.generate("digits", 2, count=count) for count in (3, 25)]
    assert np.allclose(images[0], images[1][:3], atol=1e-5)


def test_guidance_zero_ignores_the_request_exactly(models):
    settings = Settings(count=5, guidance=0.0)
    anything = sampling.sample(Request("digits"), settings)
    asked = sampling.sample(Request("digits", 7, slant=2.0, brightness=-1.0), settings)
    assert np.array_equal(anything.frames, asked.frames)
    # Without a request there is nothing to guide towards, however strongly.
    assert np.array_equal(
        anything.images, sampling.sample(Request("digits"), Settings(5, guidance=3.0)).images
    )
    assert not np.allclose(anything.images, sampling.sample(Request("digits", 7), Settings(count=5)).images)


def test_guidance_goes_from_the_open_velocity_through_the_asked_one_and_beyond(random_models):
    flow, _ = random_models
    labels, attributes = torch.tensor([1, 2]), torch.tensor([[0.5] * 4, [float("nan")] * 4])
    points = torch.randn(2, 8)
    nothing, asked, more = (
        sampling.guided(flow, labels, attributes, g)(points, 0.3) for g in (0.0, 1.0, 2.5)
    )
    assert torch.allclose(more, nothing + 2.5 * (asked - nothing), atol=1e-5)
    near_one = sampling.guided(flow, labels, attributes, 1 + 1e-6)(points, 0.3)
    assert torch.allclose(near_one, asked, atol=1e-4)


def test_a_sketch_is_kept_or_forgotten_as_strongly_as_asked(models):
    _, autoencoder = models
    drawn = np.zeros((28, 28), np.float32)
    drawn[5:22, 12:16] = 1
    request, settings = Request("digits", 1), Settings(count=3, steps=6)
    kept = sampling.sketch(drawn, 0.0, request, settings)
    rebuilt = autoencoder(torch.from_numpy(drawn)[None, None])[0, 0].numpy()
    assert np.allclose(kept.images, rebuilt, atol=1e-4) and kept.times[0] == 1
    forgotten = sampling.sketch(drawn, 1.0, request, settings)
    assert np.allclose(forgotten.frames, sampling.sample(request, settings).frames, atol=1e-5)
    half = sampling.sketch(drawn, 0.4, request, settings)
    assert half.times[0] == pytest.approx(0.6) and half.frames.shape == (7, 3, 28, 28)


def test_a_sketch_of_the_wrong_kind_is_refused(models):
    with pytest.raises(ValueError, match="28"):
        sampling.sketch(np.zeros((14, 14)), 0.5, Request("digits"))
    with pytest.raises(ValueError, match="strength"):
        sampling.sketch(np.zeros((28, 28)), 1.5, Request("digits"))


def test_between_two_requests_the_ends_are_the_requests_themselves(models):
    one, two, settings = Request("digits", 1), Request("digits", 8, thickness=1.0), Settings(count=2)
    images = sampling.between(one, two, np.linspace(0, 1, 5), settings)
    assert images.shape == (5, 2, 28, 28)
    assert np.allclose(images[0], sampling.images(one, settings), atol=1e-4)
    assert np.allclose(images[-1], sampling.images(two, settings), atol=1e-4)
    with pytest.raises(ValueError, match="same data set"):
        sampling.between(one, Request("fashion", 1), np.linspace(0, 1, 3), settings)


def test_between_two_samples_the_ends_are_the_samples_themselves(models):
    request, settings = Request("digits", 5), Settings(count=6)
    images = sampling.morph(1, 4, np.linspace(0, 1, 7), request, settings)
    both = sampling.images(request, settings)
    assert images.shape == (7, 28, 28)
    assert np.allclose(images[[0, -1]], both[[1, 4]], atol=1e-4)


def test_the_great_circle_keeps_the_length_and_turns_evenly():
    first, second = torch.tensor([2.0, 0.0]), torch.tensor([0.0, 2.0])
    points = great_circle(first, second, torch.linspace(0, 1, 4))
    angles = torch.atan2(points[:, 1], points[:, 0])
    assert torch.allclose(points.norm(dim=1), torch.full((4,), 2.0), atol=1e-5)
    assert torch.allclose(angles, torch.linspace(0, math.pi / 2, 4), atol=1e-5)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Request("photos"),
        lambda: Request("digits", 10),
        lambda: Request("digits", -1),
        lambda: Settings(count=0),
        lambda: Settings(steps=0),
        lambda: Settings(steps=10_000),
        lambda: Settings(sampler="rk4"),
    ],
)
def test_what_cannot_be_is_refused(make):
    with pytest.raises(ValueError):
        make()


def test_a_missing_model_is_a_zoo_error(monkeypatch):
    monkeypatch.setattr(zoo, "names", lambda folder=None: ())
    monkeypatch.setattr(zoo, "_loaded", {})
    with pytest.raises(zoo.ZooError, match="digits-flow"):
        sampling.sample(Request("digits"))
