"""Attributes measured on shapes of which they are known."""

import numpy as np
import pytest
from scipy import ndimage

from dashboard.datasets.images import sample
from dashboard.generation.attributes import ATTRIBUTES, measure

FINE = 16


def bar(slant: float = 0.0, width: float = 3.0, height: float = 16.0, grey: float = 1.0) -> np.ndarray:
    """A bar in the middle that leans right by `slant` pixels a row, drawn finely: (1, 28, 28)."""
    places = (np.arange(28 * FINE) + 0.5) / FINE - 14
    y, x = np.meshgrid(places, places, indexing="ij")
    inside = (np.abs(y) < height / 2) & (np.abs(x + slant * y) < width / 2)
    return grey * inside.reshape(28, FINE, 28, FINE).mean(axis=(1, 3))[None]


def of(image: np.ndarray, dataset: str = "digits") -> dict[str, float]:
    return dict(zip(ATTRIBUTES, measure(dataset, image)[0], strict=True))


@pytest.mark.parametrize("slant", [-0.5, -0.2, 0.0, 0.3, 0.6])
def test_slant_is_what_the_bar_was_sheared_by(slant):
    assert of(bar(slant))["slant"] == pytest.approx(slant, abs=0.02)


def test_slant_follows_a_shear_of_a_real_digit():
    digit = sample("digits").images[3] / 255.0
    before = measure("digits", digit[None])[0, 0]
    sheared = ndimage.affine_transform(digit, [[1, 0], [0.4, 1]], offset=[0, -0.4 * 13.5], order=1)
    assert measure("digits", sheared[None])[0, 0] - before == pytest.approx(0.4, abs=0.08)


@pytest.mark.parametrize("width", [2.0, 3.0, 4.0, 6.0])
def test_thickness_is_twice_area_over_outline(width):
    height = 20.0
    expected = 2 * width * height / (2 * (width + height))
    assert of(bar(width=width, height=height))["thickness"] == pytest.approx(expected, rel=0.06)


def test_size_is_the_radius_of_gyration():
    expected = np.sqrt((4.0**2 + 16.0**2) / 12)
    assert of(bar(width=4.0, height=16.0))["size"] == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("grey", [0.3, 0.7, 1.0])
def test_brightness_is_the_grey_of_the_cloth_and_changes_nothing_else(grey):
    found = of(bar(0.3, width=8.0, grey=grey), "fashion")
    assert found["brightness"] == pytest.approx(grey, rel=0.06)
    white = of(bar(0.3, width=8.0), "fashion")
    for name in ("slant", "size"):
        assert found[name] == pytest.approx(white[name], abs=0.1)


def test_place_changes_nothing_but_at_the_rim():
    image = bar(0.3)
    assert np.allclose(
        measure("digits", image), measure("digits", np.roll(image, (3, -4), (1, 2))), atol=1e-6
    )


def test_nothing_measures_nothing():
    assert measure("digits", np.zeros((2, 28, 28))).tolist() == [[0.0] * 4] * 2


def test_thicker_strokes_measure_thicker():
    digits = sample("digits").images[:50] / 255.0
    thick = np.stack([ndimage.grey_dilation(digit, (2, 2)) for digit in digits])
    assert (measure("digits", thick)[:, 1] > measure("digits", digits)[:, 1]).all()
