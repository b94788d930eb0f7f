"""Confusion, calibration and intervals against scikit-learn and SciPy."""

import numpy as np
import pytest
import torch
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score, confusion_matrix

from dashboard import zoo
from dashboard.datasets.images import sample
from dashboard.recognition.quality import Answers, calibration, interval, judged


@pytest.fixture
def answers() -> Answers:
    """Two thousand answers, nine of ten right."""
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, 2000)
    scores = random.normal(0, 1, (2000, 10))
    scores[np.arange(2000), labels] += 3.2
    powers = np.exp(2 * scores)
    return Answers(labels, powers / powers.sum(axis=1, keepdims=True))


def test_confusion_and_accuracy(answers):
    assert np.array_equal(answers.confusion, confusion_matrix(answers.labels, answers.answers))
    assert answers.accuracy == accuracy_score(answers.labels, answers.answers)
    for label, answer in ((3, 3), (3, 8), (0, 5)):
        cell = answers.cell(label, answer)
        assert len(cell) == answers.confusion[label, answer]
        assert (answers.labels[cell] == label).all() and (answers.answers[cell] == answer).all()
        assert (np.diff(answers.confidence[cell]) <= 0).all()


def test_worst_errors_are_the_surest(answers):
    worst = answers.worst(5)
    wrong = answers.confidence[answers.answers != answers.labels]
    assert not answers.right[worst].any()
    assert np.allclose(answers.confidence[worst], np.sort(wrong)[::-1][:5])
    perfect = Answers(np.arange(3), np.eye(3))
    assert len(perfect.worst(5)) == 0 and perfect.accuracy == 1


def test_calibration_against_scikit_learn(answers):
    mine = calibration(answers, bins=8)
    accuracy, confidence = calibration_curve(answers.right, answers.confidence, n_bins=8, strategy="quantile")
    assert np.allclose(mine.accuracy, accuracy) and np.allclose(mine.confidence, confidence)
    assert mine.count.sum() == 2000 and (mine.count == 250).all()
    assert np.isclose(mine.error, np.abs(accuracy - confidence).mean())
    assert (mine.low <= mine.accuracy).all() and (mine.accuracy <= mine.high).all()


def test_answers_of_chance_are_calibrated():
    random = np.random.default_rng(1)
    shares = random.dirichlet(np.ones(4), 20_000)
    labels = (shares.cumsum(axis=1) > random.random((20_000, 1))).argmax(axis=1)
    assert calibration(Answers(labels, shares)).error < 0.01
    # Twice the scores: too sure of itself.
    sharp = shares**2 / (shares**2).sum(axis=1, keepdims=True)
    assert calibration(Answers(labels, sharp)).error > 0.05


def test_intervals_against_scipy():
    for right, n in ((0, 3), (7, 8), (24, 24), (1990, 2000)):
        low, high = interval(right, n)
        known = stats.binomtest(right, n).proportion_ci(0.95, method="wilson")
        assert np.allclose((low, high), (known.low, known.high), atol=1e-4)


def test_the_sample_is_judged_by_the_network_as_it_is():
    raw, answers = judged("digits")
    # The card's figure is of all 10,000 images, of which these are a fifth.
    low, high = interval(int(answers.right.sum()), 2000)
    assert low < zoo.card("digits-cnn").measured["accuracy"] < high
    assert np.array_equal(raw.answers, answers.answers)
    reference = zoo.load("digits-cnn")(torch.from_numpy(sample("digits").images[:20, None] / np.float32(255)))
    assert np.allclose(raw.probabilities[:20], reference.softmax(1), atol=1e-5)
    assert judged("digits") is judged("digits")
    with pytest.raises(ValueError, match="photos"):
        judged("photos")
