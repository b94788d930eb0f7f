"""What the figures beside the map show, and what travels to the map itself."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from dashboard import palette
from dashboard.latent.views.map.controls import GROUP, POINTS
from dashboard.ui import atlas

RANDOM = np.random.default_rng(0)


def test_a_sheet_holds_each_image_in_its_place():
    images = np.zeros((60, 28, 28), np.uint8)
    images[53, 4:24, 4:24] = 255
    kind, content = atlas.thumbnails_image(images).split(";base64,")
    sheet = np.asarray(Image.open(io.BytesIO(base64.b64decode(content))).convert("L"))
    assert kind == "data:image/webp" and sheet.shape == (2 * 28, atlas.ACROSS * 28)
    assert sheet[28 + 14, 3 * 28 + 14] > 250  # second row, fourth from the left
    assert sheet[:, : 3 * 28 - 4].max() < 8


def test_places_travel_with_less_than_a_pixel_of_error():
    values = RANDOM.uniform(-1, 1, (100, 2))
    steps = np.frombuffer(base64.b64decode(atlas._pack(values)), "<u2").reshape(100, 2)
    assert np.abs(steps / 32767.5 - 1 - values).max() < 1e-4


def test_the_scale_runs_from_orange_over_neutral_to_blue():
    shades = atlas._shades()
    assert (shades[0], shades[5], shades[-1]) == (palette.ORANGE, palette.NEUTRAL["light"], palette.BLUE)


def test_members_travel_and_nothing_else_does():
    members = RANDOM.random(POINTS) < 0.1
    assert (atlas.unpack_members(atlas.pack_members(members), POINTS) == members).all()
    for wrong in (None, "", "%%%", 7, ["A"], "AAAA", "A" * 200_000):
        assert atlas.unpack_members(wrong, POINTS) is None


def test_a_group_in_the_address_comes_back():
    bits = np.packbits(RANDOM.random(POINTS) < 0.5).tobytes()
    text = GROUP.format(bits)
    assert GROUP.parse(text) == bits
    assert len(text) < 400 and text.isascii() and not set(text) & set("+/=&?# ")


@pytest.mark.parametrize("text", ["", "x", "!!", "AAAA", "eJwDAAAAAAE", "é", "A" * 5000])
def test_an_absurd_group_counts_as_none(text):
    assert GROUP.parse(text) == b""


def test_a_group_that_unpacks_to_gigabytes_is_not_unpacked():
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(bytes(200_000), 9)).decode().rstrip("=")
    assert GROUP.parse(bomb) == b""
