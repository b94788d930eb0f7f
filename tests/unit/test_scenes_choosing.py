"""Which of several drawings fit a text best, by the describer."""

from random import Random

import numpy as np
import pytest
import torch

from dashboard import zoo
from dashboard.datasets.scenes import Scene, Subject, render, sample
from dashboard.datasets.scenes.grammar import NAMES, needed, order
from dashboard.datasets.scenes.grammar.compose import Composer
from dashboard.datasets.scenes.grammar.french import FRENCH
from dashboard.datasets.scenes.grammar.pieces import cut
from dashboard.models.scene_describer import SceneDescriber
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.scenes import drawing
from dashboard.scenes.choosing import fittest
from dashboard.scenes.images import as_input
from dashboard.scenes.reading import read
from dashboard.scenes.retelling import meant

CAT = Subject("cat", "black", "left", "medium", "sitting", "right")
WHITE = Subject("cat", "white", "left", "medium", "sitting", "right")
BALL = Subject("ball", "red", "right")


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("un chta noir dans l'herbe", "Un chat noir dans l'herbe.", "A black cat in the grass."),
        (
            "the dog on the left of a red house",
            "Un chien à gauche, et à sa droite une maison rouge.",
            "A dog on the left, and to its right a red house.",
        ),
        ("un chat et un chien et un oiseau", "Un chat, avec un chien.", "A cat, with a dog."),
    ],
)
def test_free_words_are_said_again_by_the_grammars(text: str, french: str, english: str) -> None:
    found = meant(read(text))
    assert found is not None and (found.text("fr"), found.text("en")) == (french, english)


def test_what_no_scene_has_is_not_said_again() -> None:
    assert meant(read("la neige")) is None and meant(read("une maison dans le salon")) is None
    beside = meant(read("un grand chien à gauche, une balle à droite"))
    assert beside is not None and "chien" in beside.text("fr") and "grand" not in beside.text("fr")


def test_all_that_is_said_again_is_in_the_describers_pieces() -> None:
    describer = zoo.load("scenes-describer")
    assert isinstance(describer, SceneDescriber)
    for seed in range(200):
        random = Random(seed)
        scene = sample(random)
        share, wanted, needs = random.random(), order(scene), needed(scene)
        told = {fact for fact in wanted if fact == wanted[0] or random.random() < share}
        text = Composer(scene, frozenset(f for f in told if needs(f) <= told), FRENCH, seed).text()
        found = meant(read(text))
        if found is not None:
            for name in NAMES:
                describer.numbers(cut(found.text(name)))


def test_the_likelihood_of_a_text_is_the_product_of_its_pieces() -> None:
    torch.manual_seed(0)
    model = SceneDescriber(("Un", " chat", " noir", "."), width=32, depth=2, longest=12).eval()
    images = torch.randn(2, 3, 64, 64)
    pieces = [model.begin(0), *model.numbers(["Un", " chat", "."])]
    whole = model.log_likelihood(images, torch.tensor([[*pieces, 0, 0]] * 2))
    total, image, lefts = torch.zeros(2), model.look(images), [8, 6, 1, 0]
    for n, following in enumerate((*pieces[1:], 0), 1):
        logits = model(image, torch.tensor([pieces[:n]] * 2), torch.tensor([lefts[:n]] * 2))
        total = total + logits[:, -1].log_softmax(-1)[:, following]
    torch.testing.assert_close(whole, total)


def test_the_images_that_fit_are_chosen_in_their_order() -> None:
    scenes = [Scene("grass", (one, BALL)) for one in (WHITE, CAT, WHITE, CAT)]
    images = as_input(np.stack([render(scene, seed) for seed, scene in enumerate(scenes)]))
    for text, kept in (("un chat noir et une balle", [1, 3]), ("a white cat, a red ball", [0, 2])):
        found = meant(read(text))
        assert found is not None
        with zoo.inference():
            assert fittest(images, found, 2).tolist() == kept


def test_drawings_begin_with_some_of_the_noises_and_without_a_choice_with_the_first() -> None:
    drawer = zoo.load("scenes-drawer")
    assert isinstance(drawer, SceneDrawer)
    text = "un chien marron à gauche dans la neige"
    noises = drawing.noise(drawer, 6, 5).numpy()
    free = drawing.draw(text, 2, seed=5, steps=1, among=1)
    np.testing.assert_array_equal(free.codes[0], noises[:2])
    chosen = drawing.draw(text, 2, seed=5, steps=1, among=3)
    found = [np.abs(noises - one).max((1, 2, 3)).argmin() for one in chosen.codes[0]]
    np.testing.assert_array_equal(chosen.codes[0], noises[found])
    assert found == sorted(set(found)) and len(found) == 2
