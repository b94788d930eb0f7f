"""The perceptron on images against scikit-learn's."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import Perceptron

from dashboard.perceptron.digits import learn_digits


@pytest.mark.parametrize(("a", "b"), [(0, 1), (3, 8), (4, 9)])
def test_agrees_with_scikit_learn(a, b):
    run = learn_digits(a, b, seed=1)
    data = load_digits()
    chosen = np.random.default_rng(1).permutation(np.flatnonzero(np.isin(data.target, (a, b))))
    half = len(chosen) // 2
    x, y = data.data[chosen] / 16, np.where(data.target[chosen] == b, 1, -1)
    reference = Perceptron(shuffle=False, tol=None, max_iter=30).fit(x[:half], y[:half])
    assert run.converged and reference.score(x[:half], y[:half]) == 1
    np.testing.assert_allclose(run.weights[-1].ravel(), reference.coef_[0], atol=1e-9)
    assert run.bias == pytest.approx(reference.intercept_[0])
    assert run.wrong.mean() == pytest.approx(1 - reference.score(x[half:], y[half:]))


def test_worst_images_come_first_and_scores_are_sums():
    run = learn_digits(3, 8)
    assert (np.diff(run.labels * run.scores) >= 0).all()
    np.testing.assert_allclose((run.images * run.weights[-1]).sum(axis=(1, 2)) + run.bias, run.scores)


def test_same_digit_twice_is_refused():
    with pytest.raises(ValueError, match="two different"):
        learn_digits(5, 5)
