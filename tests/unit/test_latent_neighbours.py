"""Neighbours, by hand, by brute force and by scikit-learn."""

import numpy as np
import pytest
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from dashboard.datasets.maps import load
from dashboard.latent.neighbours import (
    class_distances,
    faithfulness,
    group,
    nearest,
    nearest_to,
    share_kept,
    squared_distances,
)

RANDOM = np.random.default_rng(0)
# On a line, and the same line with its two ends swapped.
LINE = np.array([[0.0], [1.0], [2.1], [3.3], [4.6], [6.0]])
SWAPPED = LINE[[5, 1, 2, 3, 4, 0]]


def brute_force(points: np.ndarray, k: int) -> np.ndarray:
    found = []
    for i, point in enumerate(points):
        far = [(float(np.linalg.norm(point - other)), j) for j, other in enumerate(points) if j != i]
        found.append([j for _, j in sorted(far)[:k]])
    return np.array(found)


def test_squared_distances():
    points = np.array([[0.0, 0.0], [3.0, 4.0]])
    assert squared_distances(points, np.array([[3.0, 0.0]])).tolist() == [[9.0], [16.0]]


@pytest.mark.parametrize("size", [1, 2, 8])
def test_nearest_is_brute_force(size):
    points = RANDOM.normal(size=(60, size))
    assert (nearest(points, 7) == brute_force(points, 7)).all()


def test_nearest_of_the_sample_is_scikit_learn():
    codes = load("digits").codes[32]
    expected = NearestNeighbors(n_neighbors=10).fit(codes.astype(float)).kneighbors(return_distance=False)
    assert (nearest(codes) == expected).mean() > 0.999  # ties aside


def test_nearest_to_one_place():
    points = RANDOM.normal(size=(40, 3))
    assert (nearest_to(points[5], points, 6, without=5) == brute_force(points, 6)[5]).all()
    assert nearest_to(points[5], points, 1)[0] == 5


def test_share_kept_by_hand():
    by_code = np.array([[1, 2, 3, 4], [0, 2, 3, 4]])
    on_map = np.array([[4, 3, 8, 9], [5, 6, 7, 8]])
    assert share_kept(by_code, on_map).tolist() == [0.5, 0.0]


def test_faithfulness_by_hand():
    """With one neighbour each: on the map the ends have changed places, so that 0 stands beside 4."""
    found = faithfulness(LINE, SWAPPED, 1)
    # By code 0-1, 1-0, 2-1, 3-2, 4-3, 5-4; on the map 0-4, 1-5, 2-1, 3-2, 4-3, 5-1.
    assert found.kept.tolist() == [0.0, 0.0, 1.0, 1.0, 1.0, 0.0]
    # Ranks by code of 4 for 0: 4; of 5 for 1: 5; of 1 for 5: 4. Beyond 1: 3 + 4 + 3 = 10; n = 6, k = 1.
    assert found.trustworthiness == pytest.approx(1 - 2 * 10 / (6 * (2 * 6 - 3 - 1)))
    assert found.chance == 1 / 5


@pytest.mark.parametrize("k", [1, 5, 10])
def test_trustworthiness_is_scikit_learns(k):
    codes = RANDOM.normal(size=(150, 8))
    layout = codes[:, :2] + 0.3 * RANDOM.normal(size=(150, 2))
    found = faithfulness(codes, layout, k)
    assert found.trustworthiness == pytest.approx(trustworthiness(codes, layout, n_neighbors=k), abs=1e-12)
    assert found.kept == pytest.approx(share_kept(nearest(codes, k), nearest(layout, k)))


def test_a_map_that_is_the_codes_keeps_everything_and_a_random_one_nothing():
    codes = RANDOM.normal(size=(300, 2))
    assert faithfulness(codes, 3 * codes + 1).trustworthiness == 1
    assert faithfulness(codes, 3 * codes + 1).kept.tolist() == [1.0] * 300
    lost = faithfulness(codes, RANDOM.permutation(codes))
    assert lost.kept.mean() < 3 * lost.chance and 0.4 < lost.trustworthiness < 0.6


def test_too_many_neighbours_are_refused():
    with pytest.raises(ValueError, match="too many"):
        faithfulness(LINE, SWAPPED, 3)


def test_group_by_hand():
    codes = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 9.0], [-2.0, -9.0]])
    found = group(codes, np.array([0, 1, 1, 2]), np.array([0, 1]))
    assert found.counts.tolist() == [1, 1, 0]
    assert found.mean.tolist() == [1.0, 0.0]
    assert found.spread == pytest.approx(1.0 / np.linalg.norm(codes, axis=1).mean())  # the whole's mean is 0
    everyone = group(codes, np.array([0, 1, 1, 2]), np.arange(4), most=2)
    assert everyone.spread == 1 and everyone.typical.tolist() == [0, 1]
    with pytest.raises(ValueError, match="at least one"):
        group(codes, np.array([0, 1, 1, 2]), np.array([], dtype=int))


def test_class_distances_by_hand():
    points = np.array([[0.0, 0.0], [0.0, 2.0], [3.0, 5.0]])
    expected = [[0.0, 5.0], [5.0, 0.0]]
    assert class_distances(points, np.array([0, 0, 1])) == pytest.approx(np.array(expected))
