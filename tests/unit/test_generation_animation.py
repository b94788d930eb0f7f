"""Files of generated images hold what was drawn, frame by frame."""

import io

import numpy as np
import pytest
from PIL import Image

from dashboard.generation.animation import BETWEEN, FRAME_MS, GAP, LAST_MS, SCALE, film, grid, png

RANDOM = np.random.default_rng(0)
FRAMES = RANDOM.random((4, 5, 6, 7))  # 4 frames of 5 images, 6 high and 7 wide


def tile(picture: np.ndarray, row: int, column: int) -> np.ndarray:
    """One image of an enlarged grid, small again."""
    small = picture[SCALE // 2 :: SCALE, SCALE // 2 :: SCALE]
    top, left = row * (6 + GAP), column * (7 + GAP)
    return small[top : top + 6, left : left + 7]


def test_a_sheet_holds_every_image_in_its_place():
    picture = np.asarray(grid(FRAMES[0], columns=3))
    assert picture.shape == ((2 * 6 + GAP) * SCALE, (3 * 7 + 2 * GAP) * SCALE)
    for k, image in enumerate(FRAMES[0]):
        assert np.abs(tile(picture, k // 3, k % 3) - 255 * image).max() <= 0.5
    assert (tile(picture, 1, 2) == BETWEEN).all()  # five images leave one place empty


def test_fewer_images_than_columns_make_one_short_row():
    assert grid(FRAMES[0, :2], columns=9).size == ((2 * 7 + GAP) * SCALE, 6 * SCALE)


def test_values_beyond_the_limits_are_black_and_white():
    picture = np.asarray(grid(np.array([[[-3.0, 7.0]]]), columns=1))
    assert picture[0, 0] == 0 and picture[0, -1] == 255


def test_png_is_the_sheet():
    with Image.open(io.BytesIO(png(FRAMES[0], 3))) as read:
        assert read.format == "PNG"
        assert (np.asarray(read) == np.asarray(grid(FRAMES[0], 3))).all()


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_an_animation_holds_every_frame_without_loss(kind):
    with Image.open(io.BytesIO(film(FRAMES, 3, kind))) as read:
        assert read.format == kind.upper() and read.n_frames == len(FRAMES)
        for k, images in enumerate(FRAMES):
            read.seek(k)
            read.load()
            assert read.info["duration"] == (LAST_MS if k == len(FRAMES) - 1 else FRAME_MS)
            assert (np.asarray(read.convert("L")) == np.asarray(grid(images, 3))).all()


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_a_film_of_one_frame_is_a_picture(kind):
    with Image.open(io.BytesIO(film(FRAMES[:1], 3, kind))) as read:
        assert getattr(read, "n_frames", 1) == 1
