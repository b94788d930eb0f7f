"""What is kept of a scene: by a text that says exactly some facts, and by images whose facts are known."""

from random import Random

import numpy as np
import pytest

from dashboard.datasets.scenes import render, sample
from dashboard.datasets.scenes.facts import INDEX, OPEN, QUESTIONS, facts
from dashboard.datasets.scenes.grammar import relation, say
from dashboard.datasets.scenes.sampling import ORIGINAL, shown
from dashboard.datasets.scenes.world import Kind
from dashboard.scenes import keeping
from dashboard.scenes.reading import Understood, read


def understood(row: np.ndarray, where: str = "", kinds: tuple[Kind, ...] = ()) -> Understood:
    nothing = np.zeros(0, np.float32)
    return Understood((), (), kinds, row.astype(np.int8), where, nothing, nothing)


def test_a_fact_is_told_left_open_or_told_wrongly():
    row = facts(ORIGINAL)
    assert set(keeping.told(ORIGINAL, understood(row))) == {"told"}
    nothing = np.full(len(row), OPEN)
    assert set(keeping.told(ORIGINAL, understood(nothing))) == {"open"}
    asked = keeping.sayable(ORIGINAL)
    for place, fact in enumerate(asked):
        changed = row.copy()
        changed[fact] = (row[fact] + 1) % len(QUESTIONS[fact].answers)
        absent = QUESTIONS[fact].aspect in ("present", "reaching")  # an absence is never said
        expected = ["told"] * len(asked)
        expected[place] = "open" if absent else "wrong"
        assert keeping.told(ORIGINAL, understood(changed)) == expected


@pytest.mark.parametrize(
    ("where", "kinds", "side"),
    [
        ("right", ("cat", "butterfly"), "butterfly"),
        ("left", ("butterfly", "cat"), "cat"),
        ("left", ("cat", "butterfly"), None),
        ("right", ("butterfly", "cat"), None),
    ],
)
def test_a_place_told_from_the_subject_that_the_text_begins_with_counts(where, kinds, side):
    assert relation(ORIGINAL) == "right" and ORIGINAL.subjects[0].kind == "cat"
    nothing = np.full(len(QUESTIONS), OPEN)
    fates = keeping.told(ORIGINAL, understood(nothing, where, kinds))
    told = [fact for fact, fate in zip(keeping.sayable(ORIGINAL), fates, strict=True) if fate == "told"]
    assert told == ([INDEX[side, "side"]] if side else [])


def test_what_is_not_there_shows_nothing_of_itself(monkeypatch):
    row = facts(ORIGINAL)
    gone = row.copy()
    gone[INDEX["cat", "present"]] = 0
    monkeypatch.setattr(keeping, "seen", lambda images: np.stack([row, gone])[: len(images)])
    kept = keeping.shown(ORIGINAL, np.zeros((2, 64, 64, 3), np.uint8))
    assert kept[0].all()
    of_cat = [QUESTIONS[fact].kind == "cat" for fact in keeping.sayable(ORIGINAL)]
    np.testing.assert_array_equal(~kept[1], of_cat)
    assert keeping.shown(ORIGINAL, np.zeros((0, 64, 64, 3), np.uint8)).shape == (0, len(of_cat))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_shipped_reader_and_eye_find_what_is_there(language):
    told = total = 0
    images = []
    scenes = [shown(number) for number in range(1, 31)]
    for number, scene in enumerate(scenes, 1):
        said = say(scene, 250, language, Random(number))
        fates = dict(zip(keeping.sayable(scene), keeping.told(scene, read(said.text)), strict=True))
        asked = [fact for fact in said.facts if fact in fates]
        told += sum(fates[fact] == "told" for fact in asked)
        total += len(asked)
        images.append(render(scene, number))
    assert told > 0.95 * total
    seen = [keeping.shown(scene, image[None]).mean() for scene, image in zip(scenes, images, strict=True)]
    assert np.mean(seen) > 0.93
    other = [keeping.shown(sample(Random(k)), image[None]).mean() for k, image in enumerate(images)]
    assert np.mean(other) < 0.5  # of another scene an image shows no more than chance


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fact_has_a_name(language):
    for seed in range(100):
        scene = sample(Random(seed))
        names = keeping.named(scene, language)
        assert len(names) == len(keeping.sayable(scene)) and all(names)
        assert not any(mark in "".join(names) for mark in "[]{}*")


def test_telephone():
    scene = shown(3)
    rounds = list(keeping.telephone(scene, render(scene, 3), 60, "fr", 2))
    assert len(rounds) == 3
    np.testing.assert_array_equal(rounds[0].image, render(scene, 3))
    assert all(0 < len(one.text) <= 60 for one in rounds[:2]) and rounds[2].text == ""
    again = list(keeping.telephone(scene, render(scene, 3), 60, "fr", 2))
    for one, other in zip(rounds, again, strict=True):
        np.testing.assert_array_equal(one.image, other.image)
        assert one.text == other.text
