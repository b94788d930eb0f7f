"""Temperature against scikit-learn and a closed form; what is stored belongs to the weights that ship."""

import numpy as np
import pytest
import torch
from scipy.special import softmax
from sklearn.metrics import log_loss

from dashboard.calibration import fit_temperature, strength
from dashboard.classifiers import CLASSIFIERS, classifier
from dashboard.datasets.images import sample

torch.set_num_threads(1)


def drawn(temperature: float, count: int = 9000, classes: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and labels drawn from their softmax at this temperature."""
    random = np.random.default_rng(0)
    logits = random.normal(0, 2, (count, classes))
    shares = softmax(logits / temperature, axis=1).cumsum(axis=1)
    return logits, (random.random((count, 1)) > shares).sum(axis=1)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_temperature_that_made_the_labels_is_found(temperature):
    assert fit_temperature(*drawn(temperature)) == pytest.approx(temperature, rel=0.08)


def test_the_temperature_has_the_least_log_loss_of_scikit_learn():
    logits, labels = drawn(1.7)
    found = fit_temperature(logits, labels)
    losses = {t: log_loss(labels, softmax(logits / t, axis=1)) for t in (found, 0.97 * found, 1.03 * found)}
    assert min(losses, key=losses.__getitem__) == found


def test_the_temperature_of_two_classes_in_closed_form():
    # Every image has the logits (1, -1), and 80 % are of the first class: sigma(2 / T) = 0.8.
    logits = np.tile([1.0, -1.0], (1000, 1))
    labels = (np.arange(1000) >= 800).astype(int)
    assert fit_temperature(logits, labels) == pytest.approx(2 / np.log(4), rel=1e-4)


def test_strength_is_the_greatest_score():
    assert strength(np.array([[1.0, 3.0, 2.0], [-1.0, -5.0, -2.0]])).tolist() == [3.0, -1.0]


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_calibration_on_a_card_is_sound(name):
    found = classifier(name).calibration
    assert 0.2 < found.temperature < 5 and found.images >= 3000
    assert 0 <= found.error_after < found.error_before < 0.2
    assert 0 < found.false_alarms < 0.2 and all(share > 0.5 for share in found.caught.values())


def test_the_photo_card_says_the_calibration_error_before_and_after():
    measured, found = classifier("photos").card.measured, classifier("photos").calibration
    assert measured["calibration_error"] == pytest.approx(found.error_before, abs=1e-4)
    assert measured["calibration_error_calibrated"] == pytest.approx(found.error_after, abs=1e-4)


@pytest.mark.parametrize(("name", "dataset"), [("digits", "digits"), ("fashion", "fashion")])
def test_the_temperature_helps_on_other_images_too(name, dataset):
    shipped = sample(dataset)
    model = classifier(name)
    logits = model.scores(shipped.images[:300, None] / np.float32(255))
    calibration = model.calibration
    # One outcome more where it refuses, before as after.
    padded = np.pad(logits, ((0, 0), (0, int(calibration.refuses))), constant_values=calibration.threshold)
    right = np.arange(300), shipped.labels[:300]
    before, after = (-np.log(p[right]).mean() for p in (softmax(padded, axis=1), model.shares(logits)))
    assert after < before
    assert (strength(logits) >= calibration.threshold).mean() > 0.85
