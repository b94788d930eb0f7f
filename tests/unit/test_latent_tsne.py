"""The film of t-SNE on a few hundred codes."""

import numpy as np
import pytest

from dashboard.datasets.images import sample
from dashboard.datasets.maps import load
from dashboard.latent import tsne
from dashboard.latent.neighbours import faithfulness

CODES = load("digits").codes[8][:300]


@pytest.fixture(scope="module")
def film() -> tsne.TsneFilm:
    return tsne.run(CODES, 10)


def test_frames_follow_the_run(film):
    # Every tenth iteration of the exaggeration, then every twentieth.
    assert film.iterations.tolist() == [*range(0, 150, 10), 150, *range(160, 501, 20)]
    assert film.frames.shape == (len(film.iterations), 300, 2) and film.frames.dtype == np.float32
    assert np.isfinite(film.frames).all() and not film.stopped
    assert np.abs(film.frames.mean(axis=1)).max() < 1e-3
    assert (film.layout == film.frames[-1]).all()


def test_the_film_begins_with_pca(film):
    assert (film.frames[0] == tsne.beginning(CODES)).all()
    centred = (CODES - CODES.mean(axis=0)).astype(float)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:2]
    for k in range(2):
        assert abs(np.corrcoef(film.frames[0][:, k], centred @ axes[k])[0, 1]) > 0.999


def test_the_map_gets_better_and_better_than_chance(film):
    first, last = (faithfulness(CODES, frame) for frame in (film.frames[0], film.layout))
    assert last.kept.mean() > 10 * last.chance
    assert last.kept.mean() > first.kept.mean() + 0.1
    assert last.trustworthiness > first.trustworthiness
    # Once the exaggeration is over, what t-SNE makes small falls.
    after = film.divergence[film.iterations > tsne.EXAGGERATED]
    assert after[-1] < after[0] and np.isnan(film.divergence[0])


def test_classes_gather_though_it_never_sees_them(film):
    labels = sample("digits").labels[:300]
    distances = np.linalg.norm(film.layout[:, None] - film.layout[None], axis=-1)
    np.fill_diagonal(distances, np.inf)
    assert (labels[distances.argmin(axis=1)] == labels).mean() > 0.75


def test_the_same_arguments_give_the_same_film(film):
    again = tsne.run(CODES, 10)
    assert (again.frames == film.frames).all()
    assert not np.allclose(tsne.run(CODES, 30, progress=lambda share: share < 0.1).layout, film.frames[5])


def test_it_stops_when_told():
    shares: list[float] = []

    def progress(share: float) -> bool:
        shares.append(share)
        return share < 0.4

    film = tsne.run(CODES, 10, progress)
    assert film.stopped and film.iterations[-1] == 200 and shares[-1] == 0.4
    assert shares == sorted(shares)


@pytest.mark.parametrize("perplexity", [0.5, 100, float("nan")])
def test_a_perplexity_that_makes_no_sense_is_refused(perplexity):
    with pytest.raises(ValueError, match="perplexity"):
        tsne.run(CODES, perplexity)
