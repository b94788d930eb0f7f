"""Several requests on one screen are each drawn as if they were alone, and read by the classifier."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.classifiers import by_weights
from dashboard.datasets.images import sample
from dashboard.generation.amounts import UPRIGHT
from dashboard.generation.attributes import measure
from dashboard.generation.batches import Batch, code, dataset_of, make
from dashboard.generation.sampling import Request, Settings, generate
from dashboard.generation.sampling import sample as draw

SEVEN, BOOT = Request("digits", 7), Request("fashion", 9)


def test_each_part_is_drawn_as_if_it_were_alone():
    batch = Batch(((SEVEN, 3), (BOOT, 2)), steps=4, seed=5)
    generated = make(batch)
    assert generated.frames.shape == generated.predicted.shape == (5, 5, 28, 28)
    for part, request in ((generated.images[:3], SEVEN), (generated.images[3:], BOOT)):
        alone = generate(request.dataset, request.label, len(part), steps=4, seed=5)
        np.testing.assert_allclose(part, alone, atol=1e-5)
    assert generated.requests == (SEVEN, SEVEN, SEVEN, BOOT, BOOT)
    assert batch.count == 5 and dataset_of(batch) == "digits"


def test_the_expectation_ends_at_the_image():
    generated = make(Batch(((SEVEN, 2),), steps=3))
    np.testing.assert_array_equal(generated.predicted[-1], generated.images)
    film = draw(SEVEN, Settings(2, steps=3))
    np.testing.assert_array_equal(generated.predicted[:-1], film.predicted)


def test_hits_count_what_was_asked_for():
    generated = make(Batch(((SEVEN, 4), (Request("digits"), 2))))
    model = by_weights("digits-cnn")
    for image, answer in zip(generated.images, generated.answers, strict=True):
        alone = model.answer(image[None])
        assert (alone.verdict, alone.ranking[0]) == (answer.verdict, answer.ranking[0])
    assert generated.hits == sum(a.verdict != "strange" and a.ranking[0] == 7 for a in generated.answers[:4])
    blank = by_weights("digits-cnn").answered(np.full(10, -99.0))  # far under the score of none
    assert blank.verdict == "strange" and blank.ranking[0] == 0
    strange = replace(generated, requests=(Request("digits", 0),) * 6, answers=(blank,) * 6)
    assert strange.hits == 0
    assert make(Batch(((Request("digits"), 2),))).hits is None


def test_a_sketch_without_noise_stays_what_it_was_and_with_all_is_forgotten():
    known = sample("digits")
    drawn = (known.images[known.labels == 3][0] / 255).astype(np.float32)
    kept, forgotten = (
        make(Batch(((Request("digits"), 1),), drawn=drawn.tobytes(), strength=strength))
        for strength in (0.0, 1.0)
    )
    assert np.abs(kept.images[0] - drawn).mean() < 0.05
    np.testing.assert_allclose(forgotten.images, make(Batch(((Request("digits"), 1),))).images, atol=1e-5)


def test_the_code_draws_the_same_images():
    batch = Batch(((Request("digits", 7, thickness=1.5), 2),), steps=3, guidance=2.0, seed=4)
    names: dict = {}
    exec(code(batch), names)
    np.testing.assert_allclose(names["images"], make(batch).images, atol=1e-5)


@pytest.mark.parametrize("label", range(10))
def test_upright_is_where_real_digits_stand_straight(label):
    known = sample("digits")
    slants = measure("digits", known.images[known.labels == label] / 255)[:, 0]
    assert UPRIGHT[label] == pytest.approx(-slants.mean() / slants.std(), abs=0.3)
