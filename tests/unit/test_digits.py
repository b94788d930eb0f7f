"""Drawings and photographs of digits, prepared as MNIST's were."""

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy import ndimage

from dashboard.datasets.digits import BOX, SIDE, EmptyDrawing, to_mnist
from dashboard.datasets.images import sample

DIGITS = sample("digits").images[::97][:20]


def drawn(digit: np.ndarray, size: int, canvas: tuple[int, int], corner: tuple[int, int]) -> Image.Image:
    """A digit of MNIST in black on white, of any size, anywhere."""
    large = Image.fromarray(255 - digit).resize((size, size), Image.Resampling.BICUBIC)
    page = Image.new("L", canvas, 255)
    page.paste(large, corner)
    return page


def likeness(one: np.ndarray, two: np.ndarray) -> float:
    """Correlation of two digits, slightly blurred: 1 for the same."""
    blurred = [ndimage.gaussian_filter(np.asarray(d, dtype=float), 1.0).ravel() for d in (one, two)]
    return float(np.corrcoef(*blurred)[0, 1])


def check(result: np.ndarray, digit: np.ndarray, least: float) -> None:
    assert result.shape == (SIDE, SIDE) and result.dtype == np.float32
    assert result.min() == 0.0 and 0.99 <= result.max() <= 1.0
    rows, columns = (np.flatnonzero((result > 0.05).any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 <= BOX
    assert likeness(result, digit) > least


PLACES = [(280, (280, 280), (0, 0)), (60, (900, 700), (700, 30)), (900, (1200, 900), (200, 0))]


@pytest.mark.parametrize("size,canvas,corner", PLACES)
def test_size_and_place_do_not_matter(size, canvas, corner):
    for digit in DIGITS:
        check(to_mnist(drawn(digit, size, canvas, corner)), digit, 0.8)


def test_mnists_own_digits_stay_what_they_are():
    for digit in DIGITS:
        for image in (digit, 255 - digit):
            check(to_mnist(Image.fromarray(image)), digit, 0.8)


def test_the_centre_of_mass_is_in_the_middle():
    for digit in DIGITS:
        centre = ndimage.center_of_mass(to_mnist(drawn(digit, 200, (500, 400), (250, 20))))
        assert np.abs(np.array(centre) - SIDE / 2).max() <= 0.75


@pytest.mark.parametrize("ink", [(0, 0, 0), (255, 255, 255), (200, 0, 0)])
def test_ink_on_a_transparent_ground(ink):
    for digit in DIGITS[:5]:
        image = Image.new("RGBA", (280, 280), (*ink, 0))
        image.putalpha(Image.fromarray(digit).resize((280, 280), Image.Resampling.BICUBIC))
        check(to_mnist(image), digit, 0.8)


@pytest.mark.parametrize("width", [1, 2, 8, 30, 70, 130])
def test_strokes_of_any_thickness(width):
    """A hand-drawn 7 on a large canvas keeps its two strokes and a usual thickness."""
    image = Image.new("RGB", (1000, 1000), "white")
    ImageDraw.Draw(image).line([(200, 200), (780, 200), (420, 820)], fill="black", width=width, joint="curve")
    seven = to_mnist(image)
    assert 40 < (seven > 0.5).sum() < 140
    assert ndimage.label(seven > 0.4, structure=np.ones((3, 3)))[1] == 1


@pytest.mark.parametrize("tilt", [(0.4, 0.1), (-0.3, 0.3)])
def test_a_photograph_with_a_shadow_and_noise(tilt):
    rng = np.random.default_rng(3)
    for digit in DIGITS[:8]:
        page = np.asarray(drawn(digit, 250, (640, 480), (200, 110))) / 255.0
        y, x = np.mgrid[-0.5:0.5:480j, -0.5:0.5:640j]
        light = 0.6 + tilt[0] * x + tilt[1] * y - 0.3 * (x * x + y * y)
        photo = (0.3 + 0.7 * page) * light + rng.normal(0.0, 0.015, page.shape)
        photo[:, :30] = 0.1  # the table beside the paper
        check(to_mnist(Image.fromarray((photo.clip(0, 1) * 255).astype(np.uint8))), digit, 0.8)


def test_nothing_drawn_is_said():
    rng = np.random.default_rng(0)
    noise = (180 + rng.normal(0, 3, (300, 300))).clip(0, 255).astype(np.uint8)
    for empty in (
        Image.new("RGB", (280, 280), "white"),
        Image.new("L", (28, 28), 0),
        Image.new("RGBA", (50, 50)),
        Image.new("RGB", (1, 1)),
        Image.fromarray(noise),
    ):
        with pytest.raises(EmptyDrawing):
            to_mnist(empty)
