"""The figures of the bottleneck and of the hourglass: what is drawn is what was computed."""

import numpy as np
import pytest

from dashboard import palette
from dashboard.latent.coders import SIZES
from dashboard.latent.figures import bottleneck, hourglass
from dashboard.ui.language import texts_in

RNG = np.random.default_rng(0)


def rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def test_too_much_is_blue_too_little_orange_and_right_neutral():
    image = np.array([[0.0, 1.0, 0.5]])
    rebuilt = np.array([[1.0, 0.0, 0.5]])
    picture = bottleneck.error_picture(image, rebuilt, "dark")[0].tolist()
    assert picture == [rgb(palette.BLUE), rgb(palette.ORANGE), rgb(palette.NEUTRAL["dark"])]


@pytest.mark.parametrize("size", SIZES)
def test_a_code_has_a_cell_for_each_number(size):
    code = np.where(np.arange(size) % 2, -1.0, 1.0)
    picture = bottleneck.code_picture(code, "light").reshape(-1, 3)
    assert len(picture) == 56 * 56
    blue = (picture == rgb(palette.BLUE)).all(axis=1).sum()
    orange = (picture == rgb(palette.ORANGE)).all(axis=1).sum()
    cell = blue / (-(-size // 2))
    assert cell == int(cell) >= 9 and orange == cell * (size // 2)


def test_grey_bytes():
    assert bottleneck.grey(np.array([0.0, 0.5, 1.0, 1.2])).tolist() == [0, 128, 255, 255]


def test_a_block_holds_every_number_once_at_its_share():
    maps = RNG.normal(size=(32, 7, 7))
    cells = hourglass.block(maps)
    assert cells.shape == (8 * 7 + 7, 4 * 7 + 3) and np.isfinite(cells).sum() == maps.size
    peak = np.quantile(np.abs(maps), 0.99)
    np.testing.assert_allclose(cells[8:15, 0:7], np.clip(maps[4] / peak, -1, 1))
    neurons = hourglass.block(np.arange(256.0)[:, None, None])
    assert neurons.shape == (32, 8) and neurons.max() == 1


def test_one_stage_and_its_thumbnail():
    text = {**texts_in("latent", "en")["hourglass"]["plots"], "stage_title": "Convolution 1"}
    maps = RNG.normal(size=(16, 14, 14))
    figure = hourglass.stage(maps, "light", text, "en")
    assert np.isfinite(np.asarray(figure.data[0].z)).sum() == maps.size
    assert figure.data[0].zmax == -figure.data[0].zmin == pytest.approx(np.abs(maps).max())
    assert hourglass.thumbnail(maps, "dark").shape == (56, 56, 3)
    assert hourglass.thumbnail(np.zeros((8, 1, 1)), "light").shape == (56, 56, 3)
    bars = hourglass.code(np.array([1.0, -2.0]), text, "en").data[0]
    assert list(bars.marker.color) == [palette.BLUE, palette.ORANGE]
