"""The learning rules against scikit-learn, hand computation and the convergence theorem."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from sklearn.linear_model import LogisticRegression, Perceptron, SGDClassifier, SGDRegressor

from dashboard.datasets.points import make
from dashboard.perceptron.learning import RULES, learn, misclassified, separability, with_bias

OVERLAPPING = make("overlapping", 80, 0.1, seed=3)


def test_first_updates_by_hand():
    points = np.array([[0.5, 1.0], [-1.0, 0.5], [0.25, -0.5]])
    labels = np.array([1, -1, -1])
    run = learn(points, labels, "rosenblatt", rate=0.5, updates=3)
    # Point 0: score 0, wrong: add 0.5 * (0.5, 1, 1). Point 1: score -0.25+0.25+0.5 > 0, wrong: take away.
    assert run.index[1:3].tolist() == [0, 1]
    np.testing.assert_allclose(run.weights[1], [0.25, 0.5, 0.5])
    np.testing.assert_allclose(run.weights[2], [0.75, 0.25, 0.0])


@pytest.mark.parametrize("epochs", [1, 3, 7])
def test_rosenblatt_agrees_with_scikit_learn(epochs):
    reference = Perceptron(eta0=0.3, shuffle=False, max_iter=epochs, tol=None)
    reference.fit(OVERLAPPING.points, OVERLAPPING.labels)
    run = learn(OVERLAPPING.points, OVERLAPPING.labels, "rosenblatt", 0.3, updates=10_000)
    last = np.flatnonzero(run.epoch < epochs)[-1]
    np.testing.assert_allclose(run.weights[last], [*reference.coef_[0], *reference.intercept_], atol=1e-9)


def test_averaged_agrees_with_scikit_learn():
    # scikit-learn averages over all visits too, from the first.
    reference = SGDClassifier(
        loss="perceptron",
        average=True,
        learning_rate="constant",
        eta0=0.3,
        alpha=0,
        penalty=None,
        shuffle=False,
        max_iter=1,
        tol=None,
    )
    points, labels = OVERLAPPING.points, OVERLAPPING.labels
    reference.fit(points, labels)
    run = learn(points, labels, "averaged", 0.3, updates=10_000)
    # The last update of the epoch is followed by visits that count: extend the average to the epoch's end.
    last = np.flatnonzero(run.epoch < 1)[-1]
    visits = run.index[last] + 1
    average = (run.answer[last] * visits + run.weights[last] * (len(points) - visits)) / len(points)
    np.testing.assert_allclose(average, [*reference.coef_[0], *reference.intercept_], atol=1e-9)


@pytest.mark.parametrize("rule", ["adaline", "logistic"])
def test_gradient_rules_agree_with_scikit_learn(rule):
    common = {
        "learning_rate": "constant",
        "eta0": 0.05,
        "alpha": 0,
        "penalty": None,
        "shuffle": False,
        "max_iter": 4,
        "tol": None,
    }
    reference = (
        SGDRegressor(loss="squared_error", **common)
        if rule == "adaline"
        else SGDClassifier(loss="log_loss", **common)
    )
    reference.fit(OVERLAPPING.points, OVERLAPPING.labels)
    run = learn(OVERLAPPING.points, OVERLAPPING.labels, rule, 0.05, updates=4 * 80)
    np.testing.assert_allclose(run.weights[-1], [*reference.coef_.ravel(), *reference.intercept_], atol=1e-9)


def test_logistic_comes_near_the_maximum_of_likelihood():
    points, labels = OVERLAPPING.points, OVERLAPPING.labels
    reference = LogisticRegression(C=np.inf).fit(points, labels)
    run = learn(points, labels, "logistic", 0.03, updates=50_000)

    def loss(weights):
        return np.log1p(np.exp(-labels * (with_bias(points) @ weights))).mean()

    best = loss(np.array([*reference.coef_[0], *reference.intercept_]))
    assert best <= loss(run.weights[-1]) < best + 2e-3


def test_pocket_never_loses_its_best():
    points, labels = OVERLAPPING.points, OVERLAPPING.labels
    run = learn(points, labels, "pocket", 0.1)
    errors = [misclassified(points, labels, w).sum() for w in run.answer]
    fewest_so_far = np.minimum.accumulate([misclassified(points, labels, w).sum() for w in run.weights])
    assert errors == fewest_so_far.tolist()


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    size=st.integers(2, 40),
    rate=st.sampled_from([0.01, 0.3, 1.0, 4.0]),
    start=st.tuples(*[st.floats(-2, 2)] * 3),
)
def test_convergence_theorem(seed, size, rate, start):
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (size, 2))
    truth = rng.normal(size=3)
    distance = with_bias(points) @ truth / np.linalg.norm(truth)
    assume((np.abs(distance) > 0.03).all())
    labels = np.where(distance > 0, 1, -1)
    facts = separability(points, labels)
    assert facts.separator is not None
    assert facts.margin >= np.abs(distance).min() - 1e-9  # no separator has a wider margin than the best
    run = learn(points, labels, "rosenblatt", rate, start, updates=1_000_000)
    assert run.converged
    assert not misclassified(points, labels, run.answer[-1]).any()
    assert run.updates <= facts.bound(rate, start) + 1e-6


def test_bound_from_zero_is_novikoffs():
    data = make("separable", 60, 0.0, 0.1, seed=5)
    facts = separability(data.points, data.labels)
    assert facts.bound(rate=0.7) == pytest.approx((facts.radius / facts.margin) ** 2)
    assert facts.radius == pytest.approx(np.linalg.norm(with_bias(data.points), axis=1).max())


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    ("slug", "noise"), [("separable", 0.05), ("separable", 0.2), ("overlapping", 0.0), ("and", 0.2)]
)
def test_separability_agrees_with_a_linear_program(slug, noise, seed):
    data = make(slug, 60, noise, 0.1, seed)
    signed = with_bias(data.points) * data.labels[:, None]
    program = linprog(np.zeros(3), A_ub=-signed, b_ub=-np.ones(len(signed)), bounds=(None, None))
    assert (separability(data.points, data.labels).separator is not None) == (program.status == 0)


def test_meeting_point_lies_in_both_hulls():
    data = make("circles", 60, 0.05, seed=2)
    facts = separability(data.points, data.labels)
    assert facts.separator is None and facts.margin == 0 and math.isinf(facts.bound())
    around = np.array(facts.around)
    for label in (-1, 1):
        corners = data.points[around[data.labels[around] == label]]
        # A convex combination of the corners gives the point: solve for its coefficients.
        system = np.vstack([corners.T, np.ones(len(corners))])
        weights, *_ = np.linalg.lstsq(system, np.append(facts.meeting, 1), rcond=None)
        np.testing.assert_allclose(system @ weights, np.append(facts.meeting, 1), atol=1e-6)
        assert (weights > -1e-6).all()


def test_same_place_different_class_never_separates():
    points, labels = np.array([[0.2, 0.1], [0.2, 0.1], [-0.5, 0.3]]), np.array([1, -1, 1])
    assert separability(points, labels).separator is None
    run = learn(points, labels, "rosenblatt", updates=50)
    assert run.updates == 50 and not run.converged


def test_adaline_diverges_when_the_rate_is_too_high():
    data = make("overlapping", 60, 0.1)
    run = learn(data.points, data.labels, "adaline", rate=3.0)
    assert run.diverged and np.isfinite(run.weights).all()


@pytest.mark.parametrize("rule", RULES)
def test_run_is_well_formed(rule):
    run = learn(OVERLAPPING.points, OVERLAPPING.labels, rule, 0.1, (0.5, -0.5, 0.1), updates=120)
    frames = len(run.index)
    assert run.weights.shape == run.answer.shape == (frames, 3) and run.epoch.shape == (frames,)
    assert run.index[0] == -1 and run.weights[0].tolist() == [0.5, -0.5, 0.1]
    assert run.updates <= 120


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="unknown rule 'svm'"):
        learn(OVERLAPPING.points, OVERLAPPING.labels, "svm")
    with pytest.raises(ValueError, match="no points"):
        learn(np.empty((0, 2)), np.empty(0, dtype=int))


@pytest.mark.parametrize("rule", RULES)
def test_the_film_holds_the_step_of_each_update(rule):
    run = learn(OVERLAPPING.points, OVERLAPPING.labels, rule, 0.03, (0.5, -0.2, 0.1), updates=200)
    made = run.index >= 0
    inputs = with_bias(OVERLAPPING.points)[run.index[made]]
    moved = np.diff(run.weights, axis=0)[made[1:]]
    np.testing.assert_allclose(moved, 0.03 * run.step[made, None] * inputs, atol=1e-12)
    assert made.sum() > 50 and not run.step[~made].any()
