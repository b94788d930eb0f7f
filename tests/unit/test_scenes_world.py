"""The drawn world: what a scene may hold, and its image."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from dashboard.datasets.scenes import Scene, Subject, render, sample
from dashboard.datasets.scenes.facts import ANSWERS, FIRST, INDEX, OPEN, QUESTIONS, facts
from dashboard.datasets.scenes.render import REDUCE, SIDE
from dashboard.datasets.scenes.world import COLOURS, DETAILS, KINDS, PLACES, POSES, SIDES

CAT = Subject("cat", "black-white", "left", "medium", "back", "right")
BUTTERFLY = Subject("butterfly", "spotted", "right", "medium", "flying")
MEADOW = Scene("grass", (CAT, BUTTERFLY), shining=False, detail=1, reaching=True)


def test_every_random_scene_is_one_of_the_world_and_every_fact_comes_up() -> None:
    rows = np.stack([facts(sample(Random(seed))) for seed in range(3_000)])
    for question, answers in zip(QUESTIONS, rows.T, strict=True):
        if question.kind is None or question.aspect == "present":
            assert set(range(len(question.answers))) <= set(answers.tolist()), question
    there = rows[:, [INDEX[kind, "present"] for kind in KINDS]].sum(1)
    assert set(there.tolist()) == {1, 2}
    assert 0.03 < rows[:, INDEX[None, "reaching"]].mean() < 0.3


@pytest.mark.parametrize(
    ("scene", "changes"),
    [
        (MEADOW, {"place": "moon"}),
        (MEADOW, {"detail": 3}),
        (MEADOW, {"subjects": ()}),
        (MEADOW, {"subjects": (CAT, replace(CAT, side="right"))}),
        (MEADOW, {"subjects": (replace(CAT, colour="blue"), BUTTERFLY)}),
        (MEADOW, {"subjects": (replace(CAT, pose="flying"), BUTTERFLY)}),
        (MEADOW, {"subjects": (replace(CAT, facing=None), BUTTERFLY)}),
        (
            MEADOW,
            {"subjects": (replace(CAT, facing="left"), BUTTERFLY)},
        ),  # turned away from what it reaches for
        (MEADOW, {"subjects": (replace(CAT, pose="asleep"), BUTTERFLY)}),
        (MEADOW, {"subjects": (CAT, Subject("tree", "green", "right"))}),  # reaching for a tree
        (MEADOW, {"subjects": (CAT,)}),  # reaching for nothing
        (MEADOW, {"place": "room", "reaching": False, "subjects": (CAT, Subject("house", "red", "right"))}),
        (MEADOW, {"reaching": False, "subjects": (CAT, Subject("ball", "red", "left"))}),  # the same spot
        (MEADOW, {"reaching": False, "subjects": (CAT, Subject("ball", "red", "right", "large"))}),
    ],
)
def test_what_the_world_does_not_hold_is_refused(scene: Scene, changes: dict) -> None:
    with pytest.raises(ValueError):
        replace(scene, **changes)


def test_an_image_is_fixed_by_its_scene_and_seed() -> None:
    first = render(MEADOW, 4)
    assert first.shape == (SIDE, SIDE, 3) and first.dtype == np.uint8
    np.testing.assert_array_equal(first, render(MEADOW, 4))
    assert (first != render(MEADOW, 5)).any()
    assert (first != render(replace(MEADOW, shining=True), 4)).any()


def test_subjects_stand_where_they_should_and_in_their_colours() -> None:
    for side, column in zip(SIDES, (0.22, 0.5, 0.78), strict=True):
        with_ball = render(Scene("night", (Subject("ball", "yellow", side, "large"),)), 0).astype(int)
        yellow = np.argwhere((with_ball[..., 0] > 150) & (with_ball[..., 2] < 120))
        row, found = yellow.mean(0)
        assert abs(found - column * SIDE) < 5 and row > SIDE / 2
    flying = render(Scene("night", (Subject("butterfly", "yellow", "centre", "large", "flying"),)), 0).astype(
        int
    )
    assert np.argwhere((flying[..., 0] > 150) & (flying[..., 2] < 120)).mean(0)[0] < SIDE / 2
    assert REDUCE == 4


def test_every_detail_and_every_place_shows() -> None:
    ball = (Subject("ball", "blue", "centre", "small"),)
    for place in PLACES:
        images = [render(Scene(place, ball, detail=detail), 0) for detail in range(len(DETAILS[place]))]
        assert all((images[0] != other).any() for other in images[1:])


def test_the_row_of_facts_tells_what_the_scene_holds_and_leaves_the_rest_open() -> None:
    row = facts(MEADOW)
    assert row.shape == (len(QUESTIONS),) and FIRST[-1] + len(QUESTIONS[-1].answers) == ANSWERS
    assert PLACES[row[INDEX[None, "place"]]] == "grass" and row[INDEX[None, "reaching"]] == 1
    assert COLOURS[row[INDEX["cat", "colour"]]] == "black-white"
    assert POSES[row[INDEX["cat", "pose"]]] == "back" and SIDES[row[INDEX["butterfly", "side"]]] == "right"
    assert row[INDEX["butterfly", "facing"]] == OPEN
    assert row[INDEX["dog", "present"]] == 0 and row[INDEX["dog", "colour"]] == OPEN
