"""Measures of generated images, the nearest training images and the baselines, against other sources."""

import numpy as np
import pytest
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist, pdist

from dashboard.classifiers import classifier
from dashboard.datasets import shipped
from dashboard.datasets.images import sample
from dashboard.generation import baselines, frechet, measures, nearest
from dashboard.generation.sampling import Request, Settings

RANDOM = np.random.default_rng(0)


def cloud(size: int, seed: int) -> frechet.Cloud:
    random = np.random.default_rng(seed)
    return frechet.Cloud.of(random.normal(size=(200, size)) @ random.normal(size=(size, size)) + seed)


def test_frechet_is_its_closed_form_with_scipys_matrix_root():
    one, two = cloud(6, 1), cloud(6, 2)
    root = sqrtm(one.covariance @ two.covariance)
    expected = ((one.mean - two.mean) ** 2).sum() + np.trace(one.covariance + two.covariance - 2 * root.real)
    assert frechet.distance(one, two) == pytest.approx(expected, rel=1e-6)
    assert frechet.distance(two, one) == pytest.approx(expected, rel=1e-6)
    assert frechet.distance(one, one) == pytest.approx(0, abs=1e-8 * np.trace(one.covariance))


def test_frechet_of_clouds_in_one_dimension():
    one, two = (frechet.Cloud(np.array([m]), np.array([[s**2]])) for m, s in ((0.0, 1.0), (3.0, 2.5)))
    assert frechet.distance(one, two) == pytest.approx(3.0**2 + 1.5**2)
    point = frechet.Cloud(np.array([0.0]), np.array([[0.0]]))
    assert frechet.share(two, frechet.Cloud(two.mean, point.covariance)) == pytest.approx(1.0)


def test_spread_is_the_mean_distance_within_classes():
    features, labels = RANDOM.normal(size=(60, 5)), np.arange(60) % 3
    expected = np.mean([pdist(features[labels == label]).mean() for label in range(3)])
    assert measures.spread(features, labels) == pytest.approx(expected)


def test_real_images_are_read_right_and_are_as_varied_as_themselves():
    real = sample("digits")[:400]
    reading = measures.read("digits", real.images / 255.0)
    found = measures.quality(reading, real.labels, reading, real.labels)
    assert found.accuracy > 0.98 and found.frechet == pytest.approx(0, abs=1e-6) and found.diversity == 1
    shown = real.images[:5, None] / np.float32(255)
    assert np.allclose(reading.probabilities[:5], classifier("digits").probabilities(shown), atol=1e-5)


def test_curves_come_back_as_written(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "SAMPLES", tmp_path)
    measures.curves.cache_clear()
    points = {measures.Setting("heun", 8, 1.5): measures.Quality(0.99, 0.008, 0.97)}
    measures.write_curves("digits", measures.Curves(100, measures.Quality(0.995, 0.003, 1.0), points))
    found = measures.curves("digits")
    assert found.points == points and found.samples == 100 and found.real.frechet == 0.003
    measures.curves.cache_clear()


def test_the_closest_is_that_of_all_distances():
    known, asked = (RANDOM.normal(size=(n, 7)).astype(np.float32) for n in (500, 450))
    assert np.array_equal(nearest.closest(known, asked), cdist(asked, known).argmin(axis=1))


def test_codes_come_back_to_half_a_step(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "SAMPLES", tmp_path)
    nearest.memory.cache_clear()
    codes = (RANDOM.normal(size=(300, 4)) * [1, 2, 3, 4]).astype(np.float32)
    labels, unseen = RANDOM.integers(0, 10, 300).astype(np.uint8), np.sort(RANDOM.random(50))
    nearest.write_memory("digits", nearest.Memory(codes, labels, unseen.astype(np.float32)))
    found = nearest.memory("digits")
    assert (np.abs(found.codes - codes).max(0) <= 0.502 * np.ptp(codes, axis=0) / 255).all()
    assert np.array_equal(found.labels, labels) and np.allclose(found.unseen, unseen, atol=1e-3)
    nearest.memory.cache_clear()


def test_a_conditioned_cloud_is_that_of_the_inverse_covariance():
    """With the inverse P of the covariance, the conditional covariance is inv(P_xx)."""
    whole = cloud(6, 3)
    mean, covariance = baselines.conditioned(whole.mean, whole.covariance, (0.5, None, -1.0))
    kept, given = [0, 1, 2, 4], [3, 5]
    precision = np.linalg.inv(whole.covariance[np.ix_(kept + given, kept + given)])
    expected = np.linalg.inv(precision[:4, :4])
    shift = -expected @ precision[:4, 4:] @ (np.array([0.5, -1.0]) - whole.mean[given])
    assert covariance == pytest.approx(expected[:3, :3], rel=1e-4, abs=1e-6)
    assert mean == pytest.approx(whole.mean[:3] + shift[:3], rel=1e-4)
    same_mean, same = baselines.conditioned(whole.mean, whole.covariance, (None, None, None))
    assert np.array_equal(same_mean, whole.mean[:3]) and np.array_equal(same, whole.covariance[:3, :3])


def test_codes_of_a_cloud_have_its_moments():
    whole = [cloud(6, seed) for seed in range(10)]
    clouds = baselines.Clouds(np.stack([c.mean for c in whole]), np.stack([c.covariance for c in whole]))
    labels = np.full(4000, 4)
    codes = clouds.codes(Request("digits", 4), labels, seed=0)
    assert codes.shape == (4000, 2)
    assert codes.mean(0) == pytest.approx(whole[4].mean[:2], abs=0.2)
    assert np.cov(codes.T) == pytest.approx(whole[4].covariance[:2, :2], rel=0.1, abs=0.2)
    assert np.array_equal(codes, clouds.codes(Request("digits", 4), labels, seed=0))
    assert not np.array_equal(codes, clouds.codes(Request("digits", 4), labels, seed=1))


def test_real_images_are_of_the_class_and_differ():
    shown = baselines.real(Request("fashion", 9), Settings(count=12))
    known = sample("fashion")
    boots = known.images[known.labels == 9] / np.float32(255)
    assert shown.shape == (12, 28, 28) and len(np.unique(shown.reshape(12, -1), axis=0)) == 12
    assert (cdist(shown.reshape(12, -1), boots.reshape(200, -1)).min(axis=1) < 1e-5).all()
