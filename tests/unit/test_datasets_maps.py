"""The ready-made maps: complete, faithful to the models, and new points placed where they belong."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from dashboard import zoo
from dashboard.datasets import maps, shipped
from dashboard.datasets.images import DATASETS, sample
from dashboard.recipes import layouts
from dashboard.recipes.recipe import in_batches


@pytest.fixture(scope="module")
def small() -> maps.Maps:
    """Two clouds of codes, their PCA map, and a map of another kind that pulls them apart."""
    random = np.random.default_rng(0)
    codes = random.normal(size=(200, 4)).astype(np.float32)
    codes[100:] += 8
    layout = random.normal(size=(200, 2)).astype(np.float32)
    layout[100:] += 50
    coordinates = {(4, "pca", 2): PCA(2).fit_transform(codes).astype(np.float32), (4, "tsne", 2): layout}
    return maps.Maps({4: codes}, coordinates)


def test_pca_places_new_points_as_scikit_learn_does(small):
    new = np.random.default_rng(1).normal(size=(7, 4)).astype(np.float32)
    expected = PCA(2).fit(small.codes[4]).transform(new)
    np.testing.assert_allclose(small.place(new, 4, "pca", 2), expected, atol=1e-3)


def test_other_maps_place_a_new_point_among_its_neighbours(small):
    new = np.array([[0, 0, 0, 0], [8, 8, 8, 8]], np.float32)
    placed = small.place(new, 4, "tsne", 2)
    assert placed.shape == (2, 2)
    assert np.linalg.norm(placed[0]) < 5
    assert np.linalg.norm(placed[1] - 50) < 5


def test_a_known_point_is_placed_on_the_side_where_it_is(small):
    placed = small.place(small.codes[4], 4, "tsne", 2)
    assert ((placed[:, 0] > 25) == (np.arange(200) >= 100)).all()


def test_an_unknown_map_is_refused(small):
    with pytest.raises(KeyError):
        small.place(np.zeros((1, 4)), 4, "pacmap", 3)


@pytest.mark.parametrize("name", DATASETS)
def test_what_ships_is_complete_and_finite(name):
    ready = maps.load(name)
    assert {size: codes.shape for size, codes in ready.codes.items()} == {
        size: (2000, size) for size in (1, 2, 4, 8, 16, 32, 64)
    }
    wanted = {
        (size, method, dims) for size in maps.MAPPED_SIZES for method in maps.METHODS for dims in (2, 3)
    }
    assert ready.coordinates.keys() == wanted
    for (_, _, dims), layout in ready.coordinates.items():
        assert layout.shape == (2000, dims)
        assert np.isfinite(layout).all() and layout.std() > 0
    assert (shipped.SAMPLES / f"{name}-maps.npz").stat().st_size < 2_000_000


@pytest.mark.parametrize("name", DATASETS)
def test_the_stored_codes_are_those_of_the_shipped_models(name):
    codes = in_batches(zoo.load(f"{name}-autoencoder-8").encode, sample(name)[:200]).numpy()
    np.testing.assert_allclose(maps.load(name).codes[8][:200], codes, rtol=2e-3, atol=5e-3)


@pytest.mark.parametrize("name", DATASETS)
def test_the_maps_keep_classes_together(name):
    """Among a point's ten nearest on the t-SNE map most are of its class: far more than by chance (10 %)."""
    layout, labels = maps.load(name).coordinates[32, "tsne", 2], sample(name).labels
    squared = np.square(layout[:, None] - layout[None]).sum(2)
    nearest = np.argsort(squared, axis=1)[:, 1:11]
    assert (labels[nearest] == labels[:, None]).mean() > 0.6


def test_the_recipe_of_pca_is_scikit_learns():
    codes = np.random.default_rng(0).normal(size=(60, 5))
    np.testing.assert_allclose(np.abs(layouts.pca(codes, 2)), np.abs(PCA(2).fit_transform(codes)), atol=1e-9)


def test_tsne_separates_two_clouds_and_follows_its_seed():
    random = np.random.default_rng(0)
    codes = np.concatenate([random.normal(size=(60, 5)), random.normal(size=(60, 5)) + 12])
    layout = layouts.tsne(codes, 2)
    assert layout.shape == (120, 2)
    centres = layout[:60].mean(0), layout[60:].mean(0)
    assert np.linalg.norm(centres[0] - centres[1]) > 2 * layout[:60].std()
    np.testing.assert_array_equal(layout, layouts.tsne(codes, 2))
