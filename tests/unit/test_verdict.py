"""One verdict for every page: its kinds, its words, and the same probability wherever an image is shown."""

import numpy as np
import pytest
import torch
from scipy.special import softmax

from dashboard.classifiers import CLASSIFIERS, by_weights, classifier
from dashboard.datasets.imagenet import Family, names, worn
from dashboard.datasets.images import sample
from dashboard.generation import measures
from dashboard.languages import LANGUAGES
from dashboard.latent import measures as latent_measures
from dashboard.latent import planes
from dashboard.network import activations
from dashboard.ui.language import texts_in
from dashboard.ui.verdict import probability, sentence
from dashboard.verdict import Answer

torch.set_num_threads(1)
KINDS = ("certain", "family", "strange")


def found(probabilities, familiar=True, refuses=False, families=((0, 1), (2,))) -> Answer:
    shares = np.array(probabilities, dtype=float)
    sums = [
        (Family(str(k), members), float(shares[list(members)].sum())) for k, members in enumerate(families)
    ]
    return Answer(np.log(shares), shares, 0.0, familiar, tuple(sorted(sums, key=lambda s: -s[1])), refuses)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (found([0.9, 0.06, 0.04]), "certain"),
        (found([0.58, 0.4, 0.02]), "family"),  # a rival
        (found([0.45, 0.3, 0.25]), "family"),
        (
            found([0.9, 0.06, 0.04], familiar=False),
            "family",
        ),  # the threshold takes back the class, not the family
        (found([0.3, 0.15, 0.45], families=((0,), (1,), (2,))), "strange"),
        (found([0.3, 0.1, 0.1], familiar=False, refuses=True), "strange"),
        (found([0.9, 0.05, 0.01], refuses=True), "certain"),
    ],
)
def test_three_verdicts(answer, kind):
    assert answer.verdict == kind


def test_never_strange_where_a_family_passes_a_half_unless_the_network_refuses():
    random = np.random.default_rng(0)
    for _ in range(300):
        answer = found(random.dirichlet([0.5] * 3), familiar=bool(random.integers(2)))
        assert (answer.verdict == "strange") == (answer.families[0][1] < 0.5)


@pytest.mark.parametrize("name", ["digits", "digits-mlp"])
def test_strange_is_where_none_has_the_longest_bar(name):
    model = classifier(name)
    threshold = model.calibration.threshold
    random = np.random.default_rng(1)
    for logits in random.normal(threshold - 2, 2, (200, 10)):
        answer = model.answered(logits)
        padded = softmax(np.append(logits, threshold) / model.calibration.temperature)
        np.testing.assert_allclose(answer.probabilities, padded[:10])
        assert answer.none == pytest.approx(padded[10])
        assert (answer.verdict == "strange") == (answer.none > answer.probabilities.max())


def test_a_network_that_does_not_refuse_gives_nothing_to_none():
    answer = classifier("fashion").answered(np.zeros(10))
    assert answer.none == 0 and answer.probabilities.sum() == pytest.approx(1)


def test_every_page_gives_the_same_probability():
    shipped = sample("digits").images[:20] / 255.0
    model = by_weights("digits-cnn")
    expected = model.probabilities(shipped[:, None].astype(np.float32))
    np.testing.assert_allclose(measures.read("digits", shipped).probabilities, expected, atol=1e-5)
    np.testing.assert_allclose(planes.confidence("digits", shipped), expected.max(1), atol=1e-5)
    for image, shares in zip(shipped[:5], expected, strict=False):
        answer = activations.read("digits-cnn", image).answer
        np.testing.assert_allclose(answer.probabilities, shares, atol=1e-5)
        assert answer.verdict == model.answer(image[None].astype(np.float32)).verdict


def test_a_strange_image_is_strange_on_every_page():
    y, x = np.mgrid[-1.4:1.4:28j, -1.4:1.4:28j]
    heart = ((x**2 + y**2 - 0.8) ** 3 < -(x**2) * y**3).astype(np.float32)
    images = np.stack([heart, *(sample("digits").images[:3] / np.float32(255))])
    pages = [
        [by_weights("digits-cnn").answer(image[None]) for image in images],  # recognition
        [activations.read("digits-cnn", image.astype(float)).answer for image in images],  # network
        latent_measures.answers("digits", images),
    ]
    assert [answer.verdict for answer in pages[0]] == ["strange", *["certain"] * 3]
    for others in pages[1:]:
        for answer, other in zip(pages[0], others, strict=True):
            assert (answer.verdict, answer.ranking[0]) == (other.verdict, other.ranking[0])
            assert answer.none == pytest.approx(other.none, abs=1e-5)


def test_probabilities_in_writing(monkeypatch):
    monkeypatch.setattr("dashboard.ui.language.current", lambda: "en")
    monkeypatch.setattr("dashboard.ui.verdict.percent", lambda v, d=0: f"{100 * v:.{d}f}%")
    assert [probability(p) for p in (0, 0.0009, 0.034, 0.5, 0.99, 0.993, 1)] == [
        *("<\xa00.1%", "<\xa00.1%", "3.4%", "50%", "99%", ">\xa099%", ">\xa099%")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_classifier_has_its_words(language):
    said = texts_in("verdict", language)
    for kind in KINDS:
        assert set(CLASSIFIERS) - {"digits-mlp"} == set(said[kind])
    slugs = {family.slug for name in ("digits", "fashion") for family in classifier(name).families()}
    assert slugs == set(said["families"])


@pytest.mark.parametrize(
    ("score", "said"), [(-9.0, "None of the ten digits (> 99%)"), (0.0, "; otherwise 0")]
)
def test_what_is_surely_no_digit_is_given_no_other_name(monkeypatch, score, said):
    monkeypatch.setattr("dashboard.ui.language.current", lambda: "en")
    model = classifier("digits")
    answer = model.answered(np.full(10, model.calibration.threshold - 1.0 if score == 0 else score))
    assert answer.verdict == "strange"
    written = sentence(answer, "digits", tuple("0123456789")).replace("\N{NO-BREAK SPACE}", " ")
    assert (said in written) and ("otherwise" in written) == ("otherwise" in said)


def test_what_people_wear():
    worn_names = {names("en")[index] for index in worn()}
    assert {"wig", "bow tie", "mask", "sombrero"} <= worn_names
    assert not worn_names & {"tabby cat", "mountain bike", "banana"}


def test_a_calibration_says_what_it_was_measured_on():
    for name, told in (("digits", 0.94), ("digits-mlp", 0.75)):
        found = classifier(name).calibration
        assert found.refuses and found.caught["drawings"] > told and found.false_alarms < 0.01
