"""The frames of the message: those that ship are what the codec gives; what each character speaks of."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from dashboard.codec.picture import canonical
from dashboard.codec.receiver import receive
from dashboard.datasets.photographs import photograph
from dashboard.message.frames import CHOICES, EXAMPLES, LIMITS, NO_PART, drawn, example, sent, spoken
from dashboard.message.views.shown import _payload


@pytest.mark.parametrize(("slug", "limit"), [("chelsea", 100), ("rocket", 350)])
def test_what_ships_is_what_the_codec_gives(slug, limit):
    """The receiver's numbers are exact on every machine, but not what another version makes of a WebP."""
    original = canonical(photograph(slug))
    frame = example(slug, limit)
    again = drawn(receive(frame.text), limit, original)
    assert replace(again, picture="", grid=list(again.grid)) == replace(frame, picture="")
    assert len(frame.text) <= limit
    assert sent(original, limit).psnr == pytest.approx(frame.psnr, abs=0.05)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_every_limit_that_can_be_chosen_ships(slug):
    limits = sorted({*LIMITS, *CHOICES})
    frames = [example(slug, limit) for limit in limits]
    assert [frame.limit for frame in frames] == limits
    likeness = [frame.psnr for frame in frames]
    assert likeness[-1] == max(likeness) > likeness[0] + 3
    assert example(slug, 101) is None


def test_parts_are_squares_of_the_grid_and_every_scale_has_some():
    received = receive(example("chelsea", 500).text)
    rows, columns = received.header.shape.grid
    scales, parts = spoken(received)
    assert len(scales) == len(parts) == 500 and set(scales) == set("012345")
    some = parts[parts != NO_PART].astype(int)
    for code, side in enumerate((4, 2, 1)):
        squares = math.ceil(rows / side) * math.ceil(columns / side)
        found = np.unique(some[some % 3 == code] // 3)
        assert found.min() >= 0 and found.max() < squares
        assert len(found) > squares / 2


def test_a_tiny_image_travels_without_the_figure_that_it_has_not():
    frame = sent(Image.new("RGB", (2, 2), (128, 128, 128)), 100)
    assert math.isnan(frame.ssim)
    assert "ssim" not in json.loads(json.dumps(_payload(frame), allow_nan=False))
