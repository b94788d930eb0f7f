"""Where images stand on the maps."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn.decomposition import PCA

from dashboard.datasets import maps
from dashboard.datasets.images import sample
from dashboard.latent import map_layouts
from dashboard.latent.coders import coder


@pytest.mark.parametrize("method", ["pca", "tsne", "pacmap"])
def test_a_point_of_the_sample_lands_near_itself(method):
    layout = map_layouts.layout(coder("digits", 16), method, 2)
    away = [
        np.linalg.norm(map_layouts.place(layout, layout.codes[i])[0] - layout.places[i]) for i in range(50)
    ]
    spread = np.linalg.norm(layout.places - layout.places.mean(axis=0), axis=1).mean()
    assert np.median(away) < (0.01 if method == "pca" else 0.1) * spread


@pytest.mark.parametrize("method", ["pca", "tsne", "pacmap"])
def test_an_image_is_placed_as_the_maps_that_ship_say(method):
    images = 1 - sample("digits").images[:3].astype(np.float32) / 255  # none of the sample
    maker = coder("digits", 8)
    codes = maker.encode(images)
    expected = maps.load("digits").place(codes, 8, method, 3)
    layout = map_layouts.layout(maker, method, 3)
    for code, there in zip(codes, expected, strict=True):
        assert map_layouts.place(layout, code)[0] == pytest.approx(there, rel=0.01, abs=0.05)


def test_codes_of_one_and_two_numbers_are_their_own_map():
    plane = map_layouts.layout(coder("digits", 2), "tsne", 3)
    assert plane.method is None and (plane.places == plane.codes).all()
    assert map_layouts.place(plane, np.array([1.5, -2.0]))[0].tolist() == [1.5, -2.0]
    line = map_layouts.layout(coder("digits", 1), "pca", 2)
    assert (line.comparable == line.codes).all()
    # A row a class, the first on top: rows do not overlap.
    labels = sample("digits").labels
    heights = [line.places[labels == k, 1] for k in range(10)]
    assert all(above.min() > below.max() for above, below in pairwise(heights))


def test_codes_that_no_map_ships_for_are_laid_out_by_pca():
    maker = coder("fashion", 16, "vae")
    assert map_layouts.methods(maker) == ("pca",)
    assert map_layouts.methods(coder("fashion", 16)) == ("pca", "tsne", "pacmap")
    layout = map_layouts.layout(maker, "pca", 2)
    expected = PCA(2, svd_solver="full").fit_transform(layout.codes.astype(float))
    for k in range(2):
        assert abs(np.corrcoef(layout.places[:, k], expected[:, k])[0, 1]) > 0.9999
    assert layout.name != map_layouts.layout(coder("fashion", 16), "pca", 2).name
