"""The map view without a browser, for codes of every kind and maps that do not exist for some of them."""

import numpy as np
import pytest

from dashboard.latent.views.map.controls import POINTS, Cut, decode_group, encode_group
from dashboard.ui.language import texts_in
from tests.app.test_pages import run


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"size": "1", "map": "live"}, {"size": "1"}),
        ({"by": "pca", "map": "tsne", "dims": "3", "colour": "kept"}, {"by": "pca", "dims": "3"}),
        ({"by": "vae", "map": "live", "perp": "5"}, {"by": "vae", "map": "live", "perp": "5"}),
        ({"map": "pacmap", "dims": "3", "size": "64", "point": "2000"}, {"map": "pacmap", "point": "2000"}),
        ({"by": "own", "group": "zz", "point": "-3", "colour": "z", "data": "fashion"}, {"data": "fashion"}),
    ],
)
def test_the_map_view_draws_whatever_the_address_asks(asked, kept):
    test = run("latent_space", view="map", lang="fr", **asked)
    now = {name: "".join(value) for name, value in test.query_params.items()}
    assert {name: now.get(name) for name in kept} == kept
    refused = {"by": "own", "group": "zz", "point": "-3", "map": "tsne"}
    assert not set(refused.items()) & set(now.items())


def test_of_a_group_that_was_cut_the_rest_is_surrounded_and_it_says_so():
    members = np.random.default_rng(0).random(POINTS) < 0.01
    whole = encode_group(np.packbits(members).tobytes())
    assert decode_group(whole) == np.packbits(members).tobytes() and not isinstance(decode_group(whole), Cut)
    for length in range(40, len(whole) - 12, 7):
        left = np.unpackbits(np.frombuffer(decode_group(whole[:length]), np.uint8)).astype(bool)
        kept = int(np.flatnonzero(left).max()) // 8 * 8  # beyond its last byte nothing has come
        assert isinstance(decode_group(whole[:length]), Cut) and (left[:kept] == members[:kept]).all()
    said = texts_in("latent_map", "fr")["group"]["cut"]
    for text, cut in ((whole[:60], True), (whole, False)):
        test = run("latent_space", view="map", lang="fr", group=text)
        assert (said in [warning.value for warning in test.warning]) is cut
        assert "group" in test.query_params
