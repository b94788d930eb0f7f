"""The clusters have the proportions that the text tells; the maps' are measured by other means."""

import re
from itertools import combinations

import numpy as np
import pytest
from scipy.spatial.distance import cdist, pdist

from dashboard.languages import LANGUAGES
from dashboard.latent.deception import MEMBERS, PERPLEXITIES, deception, proportions
from dashboard.ui.language import texts_in


def by_pairs(places, labels):
    """Widths and distances from pairs of points alone: no centre is worked out."""
    squares = [(pdist(places[labels == k]) ** 2).sum() / (labels == k).sum() ** 2 for k in range(3)]
    apart = {
        pair: np.sqrt(
            (cdist(*(places[labels == k] for k in pair)) ** 2).mean() - sum(squares[k] for k in pair)
        )
        for pair in combinations(range(3), 2)
    }
    return np.sqrt(squares[1] / squares[0]), apart[0, 2] / apart[0, 1]


def test_the_truth_is_as_the_text_tells():
    found = deception()
    truth = proportions(found.points, found.labels)
    assert (truth.width, truth.distance) == pytest.approx((5, 5))
    assert np.bincount(found.labels).tolist() == [MEMBERS] * 3
    for language in LANGUAGES:
        told = re.findall(r"\b(\d)\b", texts_in("latent", language)["intro"]["deceive"])
        assert told == ["5", "5"]


def test_what_is_measured_on_each_map_and_that_it_deceives():
    found = deception()
    assert found.maps.shape == (len(PERPLEXITIES), len(found.iterations), 3 * MEMBERS, 2)
    for frames in found.maps:
        measured = proportions(frames[-1], found.labels)
        assert (measured.width, measured.distance) == pytest.approx(
            by_pairs(frames[-1], found.labels), rel=1e-4
        )
        assert measured.width < 2.5 and measured.distance < 4.6  # 5 and 5 in truth
    assert np.abs(found.maps).max() == pytest.approx(1)
