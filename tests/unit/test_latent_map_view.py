"""The map view without a browser, for codes of every kind and maps that do not exist for some of them."""

from __future__ import annotations

import pytest

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
