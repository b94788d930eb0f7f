"""Own classes that a browser sends back."""

import numpy as np
import pytest

from dashboard.recognition.own_classes import FEATURES
from dashboard.recognition.views.own.keeping import packed, take_back
from dashboard.recognition.views.own.workshop import Shelf, Shown, begin_anew, workshop


@pytest.fixture(autouse=True)
def blank():
    begin_anew()


def shelf(name: str, images: int) -> Shelf:
    rng = np.random.default_rng(images)
    return Shelf(
        1,
        name,
        [
            Shown(str(k), np.full((64, 64, 3), 80 * k, np.uint8), rng.normal(size=FEATURES))
            for k in range(images)
        ],
    )


def test_what_was_held_is_there_again():
    sent = [shelf("tasses", 3), shelf("<chats>", 2), shelf("vide", 0)]
    take_back([packed(each) for each in sent])
    back = workshop().shelves
    assert [(each.name, len(each.images)) for each in back] == [("tasses", 3), ("<chats>", 2), ("vide", 0)]
    for before, after in zip(sent[0].images, back[0].images, strict=True):
        assert np.abs(before.thumbnail.astype(int) - after.thumbnail).max() <= 2
        assert np.allclose(before.features, after.features, atol=0.002)
    assert workshop().learned().own.names == ("tasses", "<chats>")


def test_what_cannot_be_used_changes_nothing_or_is_left_out():
    good = packed(shelf("tasses", 1))
    picture, numbers = good["images"][0]
    for wrong in (None, "x", [], [good], [good] * 6, [{"name": "a"}] * 2, [1, 2], [good, 3]):
        take_back(wrong)
        assert not any(each.images for each in workshop().shelves)
    infinite = packed(Shelf(1, "a", [Shown("a", np.zeros((64, 64, 3), np.uint8), np.full(FEATURES, np.inf))]))
    bad = [[picture], [picture, numbers[4:]], ["AAAA", numbers], [1, 2], "x", *infinite["images"]]
    take_back([good, {"name": 3, "images": bad}, {"name": "b", "images": None}])
    assert [len(each.images) for each in workshop().shelves] == [1, 0, 0]
