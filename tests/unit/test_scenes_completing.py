"""What a text leaves open, settled by lot."""

import numpy as np
import pytest
from scipy.ndimage import binary_dilation, label

from dashboard.datasets.scenes.facts import INDEX, OPEN, QUESTIONS
from dashboard.datasets.scenes.grammar.evidence import evidence
from dashboard.datasets.scenes.world import FACINGS, PLACES, SIDES
from dashboard.scenes.completing import completed
from dashboard.scenes.drawing import draw, numbered
from dashboard.scenes.reading import read


def test_no_subject_is_drawn_twice_where_no_side_is_told() -> None:
    for image in draw("un oiseau rouge et un chat noir dans la neige", 24, seed=1).images.astype(int):
        red = (image[..., 0] > 150) & (image[..., 1] < 90) & (image[..., 2] < 90)
        spots, count = label(binary_dilation(red, np.ones((3, 3)), iterations=3))
        assert sum((red & (spots == one)).sum() >= 12 for one in range(1, count + 1)) == 1


SETTLED: tuple[tuple[str, set[str]], ...] = (
    ("un chat", {"place", "side", "pose", "facing"}),
    ("a red house and a green tree on the beach", {"side"}),
    ("un chat noir assis à gauche dans l'herbe, tourné vers la droite, un papillon bleu au milieu", set()),
    ("Un chat sur le dos dans l'herbe, une patte tendue vers un papillon", {"side", "facing"}),
)


@pytest.mark.parametrize(("text", "aspects"), SETTLED)
def test_a_lot_settles_what_a_text_leaves_open_and_nothing_else(text: str, aspects: set[str]) -> None:
    understood, sides = read(text), set()
    for seed in range(12):
        added = [word for _, words in completed(understood, str(seed)) for word in words]
        whole = read(f"{text} {' '.join(added)}.")
        assert whole.unknown == () and {*whole.kinds} == {*understood.kinds}
        changed = np.flatnonzero(whole.row != understood.row)
        assert (understood.row[changed] == OPEN).all()
        posed = (
            {"pose"} & aspects
            if any({*added} & words for words in evidence()[INDEX["cat", "pose"]])
            else set()
        )
        assert {QUESTIONS[one].aspect for one in changed} | posed == aspects
        told = [SIDES[whole.row[INDEX[kind, "side"]]] for kind in understood.kinds]
        sides.add((*told,))
        if whole.row[INDEX[None, "reaching"]] == 1:
            toward = "left" if SIDES.index(told[1]) < SIDES.index(told[0]) else "right"
            assert FACINGS[whole.row[INDEX["cat", "facing"]]] == toward
        assert len({*told}) == len(told)
        assert whole.row[INDEX[None, "place"]] != PLACES.index("room") or "house" not in whole.kinds
    assert len(sides) > 1 or not aspects


def test_sides_that_a_text_relates_are_settled_as_it_says() -> None:
    asked = (
        ("un chat dans la neige, et à sa gauche un oiseau", -1),
        ("un chat, avec une balle à sa droite", 1),
    )
    for text, way in asked:
        understood = read(text)
        assert understood.relation == {-1: "left", 1: "right"}[way]
        for seed in range(8):
            added = [word for _, words in completed(understood, str(seed)) for word in words]
            row = read(f"{' '.join(understood.kinds)} {' '.join(added)}").row
            first, second = (row[INDEX[kind, "side"]] for kind in understood.kinds)
            assert (second - first) * way > 0


def test_relations_are_told_from_the_subject_that_is_named_first() -> None:
    text = "Un chat noir, qui tend une patte vers un papillon à sa gauche. Le chat est au centre."
    for seed in range(6):
        (added,) = (words for kind, words in completed(read(text), str(seed)) if kind == "butterfly")
        assert "gauche" in added and "droite" not in added


def test_words_that_a_lot_has_added_paint_in_the_name_of_their_subject() -> None:
    text = read("dans la neige, un chat noir")
    words, named = numbered(text, "0")
    assert len(words) > len(text.words) and {*named.values()} == {text.words.index("chat")}
    assert [*named] == list(range(len(text.words), len(words)))
    looked = draw("dans la neige, un chat noir", 2, steps=2).looked.mean((0, 2, 3))
    assert looked.shape == (len(text.words),) and looked[text.words.index("chat")] > 0.2
