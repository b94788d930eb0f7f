"""The visitor's scene: whatever is asked for becomes a scene, and comes back from its address."""

from itertools import product
from random import Random

import numpy as np
import pytest

from dashboard.datasets.scenes import render, sample
from dashboard.datasets.scenes.sampling import ORIGINAL, shown
from dashboard.datasets.scenes.world import COLOURS, KINDS, PLACES, POSES
from dashboard.message.composing import NUMBERS, Wanted, can_reach, compose, kinds, picture, read, written

WRONG = (
    *("", "-1", str(NUMBERS + 1), "٣", "grass", "grass.1.0.0", "grass.1.x.0~~", "~" * 99),
    "grass.1.9.0~cat.black.left.medium.back.left",
    "moon.1.0.0~ball.red.left.medium..",
    "grass.1.0.0~ball.pink.left.medium..",
    "grass.1.0.0~giraffe.black.left.medium..",
)


def test_whatever_is_asked_for_a_scene_comes_of_it():
    random = Random(0)
    for place, first, second in product((*PLACES, "moon"), (*KINDS, "giraffe"), (*KINDS, "", "giraffe")):
        wanted = [
            Wanted(kind, random.choice((*COLOURS, "pink")), random.choice((*POSES, "")))
            for kind in (first, second)
            if kind
        ]
        made = compose(
            place, wanted, random.random() < 0.5, random.random() < 0.5
        )  # breaks no rule, or raises
        assert len(made.subjects) == len(wanted)
        if first in kinds(made.place):
            assert made.subjects[0].kind == first
        assert read(written(made)) == made


def test_what_exists_is_kept_and_a_paw_reaches_only_what_flies_or_rolls():
    cat, butterfly = Wanted("cat", "black-white", "back"), Wanted("butterfly", "spotted", "flying")
    made = compose("grass", [cat, butterfly], True, True)
    assert [(s.kind, s.colour, s.pose) for s in made.subjects] == [cat, butterfly]
    assert made.reaching and can_reach(made.subjects)
    assert not compose("grass", [cat, Wanted("tree")], True, True).reaching
    assert not compose("grass", [Wanted("cat", "black", "asleep"), butterfly], True, True).reaching


def test_addresses():
    assert read("0") == ORIGINAL and read("17") == shown(17)
    np.testing.assert_array_equal(picture("17"), render(shown(17), 17))
    for seed in range(200):
        scene = sample(Random(seed))
        assert read(written(scene)) == scene
    for text in WRONG:
        with pytest.raises(ValueError, match="no scene"):
            read(text)
