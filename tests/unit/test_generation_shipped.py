"""What ships for generation belongs together: flows, autoencoders, clouds of classes, codes, curves."""

import numpy as np
import pytest
import torch

from dashboard.datasets.images import sample
from dashboard.generation import baselines, generate, measures, nearest, sampling
from dashboard.generation.attributes import ATTRIBUTES, measure
from dashboard.generation.sampling import Request, Settings

DATASETS = ("digits", "fashion")


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_flow_knows_the_codes_of_its_autoencoder(dataset):
    """An autoencoder trained again has other codes: its flow must then be made again too."""
    flow, autoencoder = sampling.models(dataset)
    images = torch.tensor(sample(dataset).images[:600])[:, None] / 255
    white = flow.whiten(autoencoder.encode(images))
    assert white.mean(0).abs().max() < 0.25
    assert white.std(0) == pytest.approx(torch.ones(flow.latent), abs=0.25)


@pytest.mark.parametrize(("dataset", "least"), [("digits", 0.96), ("fashion", 0.85)])
def test_images_are_of_the_class_asked_for(dataset, least):
    images = np.concatenate([generate(dataset, label=label, count=10) for label in range(10)])
    assert images.shape == (100, 28, 28) and images.min() >= 0 and images.max() <= 1
    assert (measures.read(dataset, images).labels == np.repeat(np.arange(10), 10)).mean() >= least


@pytest.mark.parametrize(
    ("dataset", "label", "name"),
    [
        ("digits", 7, "slant"),
        ("digits", 3, "thickness"),
        ("fashion", 3, "brightness"),
        ("fashion", 8, "size"),
    ],
)
def test_more_of_an_attribute_measures_more(dataset, label, name):
    low, high = (
        measure(dataset, generate(dataset, label, count=12, **{name: value}))[:, ATTRIBUTES.index(name)]
        for value in (-1.5, 1.5)
    )
    assert (high > low).mean() > 0.9


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_training_image_is_its_own_nearest(dataset):
    known = nearest.memory(dataset)
    assert len(known.codes) == 55_000 and (np.diff(known.unseen) >= 0).all()
    rows = [0, 777, 54_999]
    found = nearest.nearest(dataset, known.codes[rows])
    assert found.rows.tolist() == rows and found.distances.max() < 1e-6 and found.closer_than.min() == 1
    assert found.images.shape == (3, 28, 28)
    far = nearest.nearest(dataset, known.codes[:1] + 50)
    assert far.closer_than[0] == 0


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("method", baselines.METHODS)
def test_every_method_answers_every_request(dataset, method):
    for request in (Request(dataset), Request(dataset, 2, thickness=1.5, brightness=-0.5)):
        images = baselines.draw(method, request, Settings(count=3, steps=2))
        assert images.shape == (3, 28, 28) and images.min() >= 0 and images.max() <= 1
        assert np.array_equal(images, baselines.draw(method, request, Settings(count=3, steps=2)))


def test_the_average_of_a_class_is_near_that_of_the_test_images():
    shown, known = baselines.draw("average", Request("digits", 0), Settings(count=1))[0], sample("digits")
    assert np.abs(shown - known.images[known.labels == 0].mean(0) / 255).mean() < 0.02


@pytest.mark.parametrize("dataset", DATASETS)
def test_curves_are_whole_and_say_what_is_known(dataset):
    found = measures.curves(dataset)
    assert len(found.points) == 2 * len(measures.STEPS) * len(measures.GUIDANCES)
    default = found.points[measures.Setting("heun", 8, 1.5)]
    assert default.frechet < found.points[measures.Setting("euler", 1, 1.5)].frechet
    # Without guidance the request is ignored, and one class in ten is right by chance.
    assert found.points[measures.Setting("heun", 8, 0.0)].accuracy < 0.2
    assert default.accuracy > 0.9 and found.real.accuracy > 0.9


def saturated(images: np.ndarray) -> float:
    """Of the ink, the share that is as white as can be."""
    return float((images > 0.98).sum() / (images > 0.3).sum())


@pytest.mark.parametrize(
    "request_",
    [Request("digits", 7, thickness=1.5), Request("fashion", 3, brightness=-1.5), Request("fashion", 9)],
)
def test_the_fair_games_real_images_are_like_the_generated_ones(request_):
    how = Settings(count=12)
    fake, real, plain = (draw(request_, how) for draw in (sampling.images, baselines.matched, baselines.real))
    assert np.array_equal(real, baselines.matched(request_, how))
    # Neither the ink of the decoder nor what was asked for tells them apart.
    assert abs(saturated(real) - saturated(fake)) < 0.1
    asked = [k for k, value in enumerate(request_.attributes) if value is not None]
    mean = lambda images: measure(request_.dataset, images).mean(axis=0)[asked]  # noqa: E731
    assert (np.abs(mean(real) - mean(fake)) < 0.25 * np.abs(mean(plain) - mean(fake)) + 1e-9).all()
