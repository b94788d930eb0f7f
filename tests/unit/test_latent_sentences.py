"""Sentences as points: what says the same stands together, and where one's own sentence lies."""

from random import Random

import numpy as np
from sklearn.decomposition import PCA

from dashboard.datasets.scenes import sample
from dashboard.datasets.scenes.facts import facts
from dashboard.datasets.scenes.grammar import NAMES, order
from dashboard.latent import sentences
from dashboard.latent.neighbours import nearest_to
from dashboard.scenes.reading import meanings, read


def test_four_sentences_tell_the_same_facts_of_a_scene_in_two_languages():
    scenes = [sample(Random(seed)) for seed in range(12)]
    told = sentences.about(scenes, 4)
    assert len(told) == 48 and len({one.text for one in told}) == 48
    for number, scene in enumerate(scenes):
        mine = told[4 * number : 4 * number + 4]
        assert {(one.language, one.paraphrase) for one in mine} == {(n, p) for n in NAMES for p in (0, 1)}
        assert {one.scene for one in mine} == {number}
        row = read(mine[0].text).row
        for fact in order(scene)[:4]:
            assert row[fact] == facts(scene)[fact], mine[0].text


def test_meanings_are_probabilities_and_fill_up_to_no_effect():
    texts = ["un chat noir", "a brown dog sitting on the beach, with a red ball on its right", ""]
    together = meanings(texts)
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_allclose(meanings([text])[0], row, atol=1e-5)
        np.testing.assert_allclose(row.sum(), len(read(text).row) + 1, atol=1e-3)  # and the relation


def test_neighbours_by_meaning_say_the_same_in_the_other_language_and_by_words_do_not():
    told = sentences.about([sample(Random(3_000_000 + seed)) for seed in range(40)])
    for abroad in (False, True):
        by_meaning, by_words = (sentences.alike(told, by, abroad) for by in ("meaning", "words"))
        assert by_meaning > 0.9 and by_words < 0.6
    same = [
        sentences.Sentence("un chat noir", 0, "fr", True),
        sentences.Sentence("chat noir", 1, "fr", False),
    ]
    assert sentences.alike(same, "words") == 0


def test_a_sentence_lies_where_the_principal_axes_put_it():
    for by in sentences.BY:
        space = sentences.space(by)
        np.testing.assert_allclose(np.linalg.norm(space.vectors, axis=1), 1, atol=1e-5)
        known = PCA(2).fit(space.vectors)
        np.testing.assert_allclose(np.abs(space.places), np.abs(known.transform(space.vectors)), atol=1e-4)
        np.testing.assert_allclose(space.explained, known.explained_variance_ratio_.sum(), atol=1e-4)
        for k in (0, 7):
            np.testing.assert_allclose(space.place(space.vectors[k]), space.places[k], atol=1e-5)
    asked = sentences.vectors(["a black and white kitty on its back on the lawn"], "meaning")[0]
    near = nearest_to(asked, sentences.space("meaning").vectors, 4)
    assert {sentences.sentences()[k].scene for k in near} == {0}
