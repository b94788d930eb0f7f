"""What is drawn from words, what it is compared with, and the codes of scenes."""

import numpy as np
from sklearn.decomposition import PCA

from dashboard.datasets.scenes import render
from dashboard.datasets.scenes.facts import INDEX
from dashboard.datasets.scenes.sampling import SHOWN, shown
from dashboard.datasets.scenes.world import KINDS, PLACES
from dashboard.generation import draw, scenes
from dashboard.generation.views.controls import shortened
from dashboard.latent.scenes import picture_map, principal, walk
from dashboard.scenes import keeping
from dashboard.scenes.images import decode, encode
from dashboard.scenes.memory import memory, nearest
from dashboard.scenes.reading import read


def test_drawings_of_a_seed_and_the_words_that_painted_them():
    drawn = draw("un chat roux dans la neige", 2, seed=3, steps=2)
    assert drawn.images.shape == (2, 64, 64, 3) and drawn.images.dtype == np.uint8
    assert np.array_equal(drawn.images, draw("un chat roux dans la neige", 2, seed=3, steps=2).images)
    assert not np.array_equal(drawn.images, draw("un chat roux dans la neige", 2, seed=4, steps=2).images)
    assert drawn.looked.shape == (2, len(drawn.understood.words), 8, 8)
    assert drawn.looked.min() >= 0 and 0 < drawn.looked.sum(1).max() <= 1 + 1e-5


def test_what_is_unknown_is_named_and_nothing_else_is_drawn():
    drawn = draw("une girafe")
    assert drawn.understood.unknown == ("girafe",) and drawn.understood.empty and not len(drawn.images)


def test_who_names_no_known_subject_gets_the_place_alone():
    drawn = draw("une grande girafe jaune dans le salon", 4, seed=0)
    assert drawn.understood.written == ("dans", "le", "salon") and drawn.looked.shape[1] == 3
    seen = keeping.seen(drawn.images)
    assert (seen[:, INDEX[None, "place"]] == PLACES.index("room")).all()
    assert (seen[:, [INDEX[kind, "present"] for kind in KINDS]] != 1).all()


def test_of_a_sentence_enough_is_kept_to_say_that_the_rest_is_not_read():
    assert read(shortened("un chat " * 1_000)).cut and not read(shortened("un chat " * 100)).cut
    long = read(shortened("Un chat noir dans l'herbe. " * 400))  # the limit falls within a word
    assert long.cut and not long.unknown and len(long.words) > 200
    assert read("x" * 1_001).unknown


def test_the_place_that_is_asked_for_is_seen():
    snow, night = (draw(text, 4, seed=0).images.mean() for text in ("la neige", "la nuit"))
    assert snow > night + 60


def test_real_scenes_of_the_game_went_through_the_autoencoder():
    images, real = scenes.mixed(2, 2, "en")
    assert images.shape == (4, 64, 64, 3) and sum(real) == 2
    wanted = decode(encode(np.stack([render(shown(k), SHOWN + k) for k in (9, 10)])))
    assert {image.tobytes() for image in images[real]} == {image.tobytes() for image in wanted}


def test_a_learnt_scene_is_nearest_to_itself():
    known = memory(6).codes
    rows, distances = nearest(known, known[[4, 1]] + 0.5)
    assert rows.tolist() == [4, 1] and np.allclose(distances, 0.5, atol=1e-3)


def test_a_walk_leads_from_one_rebuilt_scene_to_the_other():
    ends = scenes.unseen(1, 2)
    by_code, faded = walk(*ends, 3)
    rebuilt = decode(encode(ends))
    for film in (by_code, faded):
        assert film.shape == (3, 64, 64, 3)
        assert np.abs(film[[0, -1]].astype(int) - rebuilt).max() <= 1
    middle = rebuilt.astype(float).mean(0)
    assert np.abs(faded[1] - middle).max() <= 1 and np.abs(by_code[1] - middle).max() > 1


def test_places_on_a_map_are_those_of_the_principal_axes():
    codes = np.random.default_rng(0).normal(size=(20, 50)).astype(np.float32) * np.linspace(3, 0.1, 50)
    places, share = principal(codes)
    known = PCA(2).fit(codes)
    assert np.allclose(np.abs(places), np.abs(known.transform(codes)), atol=1e-3)
    assert np.isclose(share, known.explained_variance_ratio_.sum(), atol=1e-4)


def test_a_map_shows_the_scenes_where_their_codes_are():
    images = np.stack([np.full((64, 64, 3), grey, np.uint8) for grey in (10, 90, 200)])
    codes = np.array([[-1, 0, 0], [0.5, 0.5, 0], [2, 0, 0]], np.float32)
    found = picture_map(images, codes, 3, 2, 32)
    assert found.picture.shape == (64, 96, 4) and sorted(found.shown[:, 2].tolist()) == [0, 1, 2]
    for column, row, number in found.shown.tolist():
        cell = found.picture[32 * row : 32 * row + 32, 32 * column : 32 * column + 32]
        assert (cell[..., :3] == images[number, 0, 0]).all()
    order = found.picture.reshape(2, 32, 3, 32, 4)[:, 0, :, 0, 0].max(0).tolist()
    assert order in ([10, 90, 200], [200, 90, 10]) and (found.picture[..., 3] == 0).any()
