"""Points of the plane for the network page."""

import numpy as np
import pytest

from dashboard.datasets import plane
from dashboard.datasets.points import PointSet


@pytest.mark.parametrize("slug", [*plane.CLASSES, *plane.VALUES])
@pytest.mark.parametrize("size", [20, 101])
def test_every_set_is_complete_repeatable_and_in_the_square(slug, size):
    split, again = (plane.make(slug, size, 0.0, 0.7, 4) for _ in range(2))
    for name in ("train_points", "train_targets", "test_points", "test_targets"):
        np.testing.assert_array_equal(getattr(split, name), getattr(again, name))
    assert len(split.train_points) == len(split.train_targets) == round(0.7 * size)
    points = np.concatenate([split.train_points, split.test_points])
    targets = np.concatenate([split.train_targets, split.test_targets])
    assert points.shape == (size, 2) and np.abs(points).max() <= plane.EXTENT
    if split.task == "classes":
        counts = np.bincount(targets.astype(int))
        assert len(counts) == split.classes and split.outputs == (1 if split.classes == 2 else split.classes)
        if slug not in ("xor", "checkerboard"):
            assert counts.max() - counts.min() <= 1
    else:
        assert split.outputs == 1 and np.abs(targets).max() <= 1.0
    assert not np.array_equal(plane.make(slug, size, 0.0, 0.7, 5).train_points, split.train_points)
    noisy = plane.make(slug, size, 0.3, 0.7, 4)
    spoilt = "train_points" if split.task == "classes" else "train_targets"
    assert not np.array_equal(getattr(noisy, spoilt), getattr(split, spoilt))


def test_a_nearest_neighbour_solves_every_set_of_classes_without_noise():
    from sklearn.neighbors import KNeighborsClassifier

    for slug in plane.CLASSES:
        split = plane.make(slug, 600, 0.0, 0.5, 0)
        model = KNeighborsClassifier(1).fit(split.train_points, split.train_targets)
        assert model.score(split.test_points, split.test_targets) > 0.9, slug


def test_the_visitors_own_points():
    points = PointSet(np.array([[-1.2, 0.0], [1.2, 1.2], [0.5, 0.2]]), np.array([-1, 1, 1]))
    split = plane.own(points, 0.5, seed=0)
    everything = np.concatenate([split.train_points, split.test_points])
    targets = np.concatenate([split.train_targets, split.test_targets])
    assert np.abs(everything).max() == plane.EXTENT and split.outputs == 1
    assert targets[everything[:, 0] == -6.0] == 0.0 and targets.sum() == 2.0


def test_features_by_hand():
    values = plane.features(np.array([[2.0, -3.0]]), ("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2"))
    np.testing.assert_allclose(values, [[2, -3, 4, 9, -6, np.sin(2), np.sin(-3)]])


def test_grid_starts_at_the_top_left():
    grid = plane.grid(3)
    np.testing.assert_allclose(grid[0], [-4, 4])
    np.testing.assert_allclose(grid[1], [0, 4])
    np.testing.assert_allclose(grid[-1], [4, -4])


def test_refusals():
    with pytest.raises(ValueError, match="circle, "):
        plane.make("nonsense", 50, 0.0, 0.5, 0)
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError):
        plane.split(np.zeros((1, 2)), np.zeros(1), 0.5, rng, "classes", 2)
    with pytest.raises(ValueError):
        plane.split(np.zeros((2, 2)), np.array([0, 2]), 0.5, rng, "classes", 2)
    tiny = plane.split(np.zeros((2, 2)), np.array([0, 1]), 0.9, rng, "classes", 2)
    assert len(tiny.train_points) == len(tiny.test_points) == 1
