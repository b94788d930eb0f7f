"""Corruptions against what they must do, and flips where a toy network is known to flip."""

import numpy as np
import pytest
import torch
from PIL import Image
from scipy import ndimage
from skimage import data

from dashboard.recognition.corruptions import CORRUPTIONS, corrupted, ground
from dashboard.recognition.robustness import Flip, curve, to_picture, to_tensor


def photograph() -> np.ndarray:
    return np.asarray(Image.fromarray(data.chelsea()).resize((64, 64)), dtype=np.float32) / 255


def grey() -> np.ndarray:
    return photograph().mean(axis=2)


PICTURES = {"colours": photograph(), "grey": grey()}


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("name", CORRUPTIONS)
def test_identity_changes_nothing_and_every_level_is_a_picture_further_away(name, kind):
    picture, corruption = PICTURES[kind], CORRUPTIONS[name]
    assert np.array_equal(corrupted(picture, {name: corruption.identity}), picture)
    assert list(corruption.levels) == sorted(set(corruption.levels))
    distances = []
    for level in corruption.levels:
        changed = corrupted(picture, {name: level})
        assert changed.shape == picture.shape and changed.dtype == np.float32
        assert changed.min() >= 0 and changed.max() <= 1
        distances.append(float(np.abs(changed - picture).mean()))
    here = corruption.levels.index(corruption.identity)
    assert distances[here] == 0 and min(distances[:here] + distances[here + 1 :]) > 0
    if name in ("blur", "noise", "jpeg", "square", "brightness"):
        assert distances[here:] == sorted(distances[here:])
        assert distances[: here + 1] == sorted(distances[: here + 1], reverse=True)


@pytest.mark.parametrize("kind", PICTURES)
def test_a_quarter_turn(kind):
    assert np.allclose(corrupted(PICTURES[kind], {"rotation": 90}), np.rot90(PICTURES[kind]), atol=1e-6)


def test_known_effects():
    picture = photograph()
    assert np.allclose(corrupted(picture, {"brightness": -1}), picture / 2)
    assert np.array_equal(corrupted(picture, {"brightness": 5}), np.clip(32 * picture, 0, 1))
    covered = corrupted(picture, {"square": 0.5})
    assert (covered[16:48, 16:48] == ground(picture)).all()
    assert np.array_equal(covered[:16], picture[:16]) and np.array_equal(covered[:, 48:], picture[:, 48:])
    # A single point spreads into the Gaussian itself.
    point = np.zeros((65, 65), dtype=np.float32)
    point[32, 32] = 1
    spread = corrupted(point, {"blur": 0.04})
    across = spread.sum(axis=0)
    assert np.isclose(np.sqrt(across @ (np.arange(65) - 32) ** 2), 0.04 * 65, rtol=0.02)
    noise = corrupted(np.full((200, 200), 0.5, np.float32), {"noise": 0.1}) - 0.5
    assert abs(noise.std() - 0.1) < 0.002 and abs(noise.mean()) < 0.002


def test_scale_against_another_library():
    picture = ndimage.gaussian_filter(grey(), 2)
    near = corrupted(picture, {"scale": 2.0})
    assert (
        np.abs(near - ndimage.zoom(picture[16:48, 16:48], 2, order=1, grid_mode=True, mode="nearest")).max()
        < 0.05
    )
    far = corrupted(picture, {"scale": 0.5})
    assert np.abs(far[16:48, 16:48] - picture.reshape(32, 2, 32, 2).mean(axis=(1, 3))).max() < 0.05
    assert (far[:16] == ground(picture)).all()


def test_jpeg_against_pillow_and_unknown_names():
    picture = photograph()
    distances = [np.abs(corrupted(picture, {"jpeg": loss}) - picture).mean() for loss in (20, 99)]
    assert distances[0] < 0.03 < distances[1]
    with pytest.raises(KeyError, match="melted"):
        corrupted(picture, {"melted": 1.0})


def test_several_at_once_are_done_in_one_order():
    picture = photograph()
    both = corrupted(picture, {"noise": 0.1, "rotation": 90})
    assert np.array_equal(both, corrupted(corrupted(picture, {"rotation": 90}), {"noise": 0.1}))


def by_light(limit: float):
    """Class 0 for pictures brighter than `limit` on average, class 1 for darker ones, class 2 for white."""

    def predict(x: torch.Tensor) -> torch.Tensor:
        light = x.mean(dim=(1, 2, 3))
        scores = torch.stack([40 * (light - limit), 40 * (limit - light), 2000 * (light - 0.97)], dim=1)
        return scores.softmax(1)

    return predict


def test_flips_are_where_they_must_be():
    picture = np.full((28, 28), 0.4, dtype=np.float32)
    found = curve(by_light(0.15), picture, "brightness")
    # 0.4, 0.2 | 0.1 to the dark; 0.57, 0.8 | 1.0 to the bright.
    assert found.first == 0 and found.flips == (Flip(-1.0, -2.0, 1), Flip(1.0, 2.0, 2))
    assert found.probability.shape == (13,) and found.pictures.shape == (13, 28, 28)
    k = found.levels.index(-2.0)
    expected = by_light(0.15)(torch.full((1, 1, 28, 28), 0.1))[0]
    assert np.isclose(found.probability[k], float(expected[0]), atol=1e-5)
    assert found.answers[k] == 1 and np.isclose(found.shares[k, 0], float(expected[1]), atol=1e-5)
    assert not curve(by_light(-1.0), picture, "noise").flips
    # Where another corruption has changed the answer already, nothing is left to flip.
    assert not curve(by_light(0.15), picture, "rotation", {"brightness": -3.0}).flips
    assert curve(by_light(0.15), picture, "rotation", {"brightness": -3.0}).first == 0


def test_pictures_and_tensors_are_the_same_numbers():
    for picture in PICTURES.values():
        x = to_tensor(picture[None])
        assert x.shape == (1, 3 if picture.ndim == 3 else 1, 64, 64)
        assert np.array_equal(to_picture(x), picture) and np.array_equal(to_picture(x[0]), picture)
