"""Own classes against scikit-learn's own pipeline, on features that can and cannot be told apart."""

import json

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from dashboard.languages import LANGUAGES
from dashboard.recognition import own_classes
from dashboard.recognition.own_classes import (
    WrongFile,
    fit,
    from_json,
    look,
    nearest,
    to_json,
    try_out,
    usual_likeness,
)
from dashboard.recognition.own_samples import SETS, samples
from dashboard.ui.language import texts_in

NAMES = ("chat", "<b>chien</b>", "théière", "d", "e")


def examples(classes: int, each: int, apart: float = 3.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Features as a rectified network gives them, around one centre a class; some are always 0."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(7).normal(0, apart, (classes, 40))
    labels = np.repeat(np.arange(classes), each)
    features = np.maximum(centres[labels] + random.normal(0, 1, (len(labels), 40)), 0)
    features[:, 30:] = 0
    return features, labels


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_separable_classes_are_learned_as_scikit_learn_does(classes):
    features, labels = examples(classes, 6)
    own = fit(features, labels, NAMES[:classes])
    fresh, right = examples(classes, 50, seed=1)
    assert (own.probabilities(fresh).argmax(axis=1) == right).mean() > 0.98
    scaler = StandardScaler().fit(features)
    reference = LogisticRegression(C=own_classes._STRENGTH, max_iter=200).fit(
        scaler.transform(features), labels
    )
    assert np.allclose(own.probabilities(fresh), reference.predict_proba(scaler.transform(fresh)), atol=1e-6)


def test_cross_validation_is_honest():
    told_apart = try_out(*examples(3, 8))
    assert told_apart.right == 24 and told_apart.folds == 5 and told_apart.high <= 1
    assert 0.8 < told_apart.low < 0.9  # even 24 of 24 leaves room for doubt
    mixed = try_out(*examples(3, 8, apart=0.0))
    assert mixed.right < 16 and mixed.right == (mixed.answers == np.repeat(range(3), 8)).sum()
    features, labels = examples(2, 3)
    assert try_out(features, labels).folds == 3
    assert try_out(features[:4], labels[:4]) is None  # one class has a single image
    assert fit(features[:4], labels[:4], NAMES[:2]).weights.shape == (2, 40)


@pytest.mark.parametrize("classes", [2, 5])
def test_the_file_answers_as_what_was_learned(classes):
    own = fit(*examples(classes, 6), NAMES[:classes])
    read = from_json(to_json(own), 40)
    fresh, _ = examples(classes, 30, seed=2)
    assert read.names == own.names
    assert np.allclose(read.probabilities(fresh), own.probabilities(fresh), atol=1e-5)
    # The lines shown on the page: softmax of weights times features plus bias.
    content = json.loads(to_json(own))
    scores = fresh @ np.array(content["weights"]).T + content["bias"]
    assert np.array_equal(scores.argmax(axis=1), own.probabilities(fresh).argmax(axis=1))


def test_other_files_are_refused():
    good = json.loads(to_json(fit(*examples(2, 4), NAMES[:2])))
    bad = [
        *({**good, key: value} for key, value in (("names", ["a"]), ("names", "ab"), ("format", "x"))),
        *({**good, "weights": weights} for weights in ([[1.0]], [], "x", None, [[float("nan")] * 40] * 2)),
        {**good, "bias": [1.0]},
        {**good, "bias": [float("inf"), 0]},
        {key: good[key] for key in ("names", "weights")},
        [],
        None,
    ]
    for text in ["", "{", b"\xff\xfe", "[" * 100_000, " " * 2_000_000, *map(json.dumps, bad)]:
        with pytest.raises(WrongFile):
            from_json(text, 40)
    with pytest.raises(WrongFile):
        from_json(json.dumps(good), 41)


def test_wrong_calls():
    features, labels = examples(3, 4)
    for names, chosen in (("ab", labels), ("abcd", labels), ("a", labels * 0), ("abcdef", labels)):
        with pytest.raises(ValueError, match="classes"):
            fit(features, chosen, names)


def test_likeness():
    features = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    place, likeness = nearest(features, np.array([0.0, 5.0]))
    assert place == 2 and np.isclose(likeness, 1.0)
    assert np.isclose(usual_likeness(features), np.sqrt(0.5))


@pytest.mark.parametrize("name", SETS)
def test_ready_sets_are_learned_and_told_apart_on_what_was_kept(name, tmp_path, monkeypatch, capsys):
    found = samples(name)
    images = [image for own in found.learn for image in own]
    labels = np.repeat(np.arange(len(found.names)), [len(own) for own in found.learn])
    kept = [image for own in found.kept for image in own]
    seen = {image.tobytes() for image in images}
    assert len(seen) == len(images) and not seen & {image.tobytes() for image in kept}
    own = fit(np.stack(list(look(images))), labels, found.names)
    answers = own.probabilities(np.stack(list(look(kept)))).argmax(axis=1)
    right = np.repeat(np.arange(len(found.names)), [len(own) for own in found.kept])
    assert (answers == right).mean() > 0.75
    # The lines that a visitor takes away give the same answer, from the file alone.
    monkeypatch.chdir(tmp_path)
    kept[-1].save("image.jpg", quality=100, subsampling=0)
    for language in LANGUAGES:
        text = texts_in("recognition_own", language)["file"]
        (tmp_path / text["name"]).write_text(to_json(own), encoding="utf-8")
        exec(text["lines"], {})
        printed = dict(line.rsplit(": ", 1) for line in capsys.readouterr().out.splitlines())
        assert max(printed, key=lambda name: float(printed[name])) == found.names[answers[-1]]
