"""What is drawn of a network is true: the digit's way through it, computed again by torch."""

import numpy as np
import pytest
import torch

from dashboard.home import cost
from dashboard.home.drawn import MOST, digit, drawn, shown, told
from dashboard.latent.coders import coder
from dashboard.recipes import films


def test_few_neurons_are_all_drawn_and_many_are_not():
    assert [shown(n) for n in (1, 10, 12)] == [1, 10, 12]
    counts = [shown(n) for n in cost.WIDTHS]
    assert counts == sorted(counts) and counts[-1] <= MOST
    assert len(set(counts)) == len(counts), "each width must look different"


@pytest.mark.parametrize(("layers", "width"), [(0, 16), (1, 16), (6, 512)])
def test_the_answers_are_those_of_the_network(layers, width):
    sizes = cost.sizes(layers, width)
    image = digit().image
    way = drawn(sizes, image)
    values = torch.tensor(image.ravel()).float() / 255
    weights = [torch.tensor(layer.weights) for layer in cost.start(sizes)]
    for matrix in weights[:-1]:
        values = torch.relu(values @ matrix)
    wanted = torch.softmax(values @ weights[-1], 0).numpy()
    np.testing.assert_allclose(way.answers, wanted, rtol=1e-3)
    np.testing.assert_allclose(way.values[-1], wanted / wanted.max(), rtol=1e-3)
    assert [len(row) for row in way.values] == [shown(n) for n in sizes]
    assert [matrix.shape for matrix in way.weights] == [
        (len(a), len(b)) for a, b in zip(way.values, way.values[1:], strict=False)
    ]
    assert all(row.min() >= 0 and row.max() <= 1 for row in way.values)


def test_the_digit_was_squeezed_and_rebuilt_by_the_shipped_autoencoder():
    stored = digit()
    squeezer = coder("digits", 16)
    np.testing.assert_allclose(
        squeezer.encode(stored.image[None] / np.float32(255))[0], stored.code, atol=1e-3
    )
    rebuilt = squeezer.decode(stored.code[None])[0]
    assert np.abs(255 * rebuilt - stored.rebuilt.astype(float)).max() <= 2


def test_what_the_front_page_quotes_is_what_the_describer_says():
    assert {language: told(language) for language in ("fr", "en")} == films.told()
