"""The codec of the message: texts fit, images come back, damage is found, and all is the same everywhere."""

import hashlib
import io
import math
import os
import subprocess
import sys
from functools import cache, partial

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboard import zoo
from dashboard.codec import decode, encode, tables
from dashboard.codec.network import CUBIC_UNITS, NAME, enlarged, network, step_size
from dashboard.codec.picture import Shape, analyse, canonical, haar, samples, targets, unhaar
from dashboard.codec.quality import error_map, psnr, ssim
from dashboard.codec.receiver import NotAMessage, receive
from dashboard.codec.sender import choose, text_of
from dashboard.codec.text import ALPHABET, ends
from dashboard.datasets.photographs import photograph

FEW = settings(max_examples=int(os.environ.get("EXAMPLES", "8")), deadline=None)


@cache
def photo(side: int = 64) -> Image.Image:
    return photograph("chelsea").resize((side, side), Image.Resampling.LANCZOS)


@cache
def message(characters: int = 300) -> str:
    return encode(photo(), characters)


def noise(rng: np.random.Generator, width: int, height: int, colours: int = 3) -> Image.Image:
    return Image.fromarray(rng.integers(0, 256, (height, width, colours), dtype=np.uint8))


def ramp(rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """(height, width), 0 to 1."""
    across = np.add.outer(np.arange(height) * rng.random(), np.arange(width) * rng.random())
    return across / max(across.max(), 1)


def with_clear_palette(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """A GIF that has been saved and opened again, one of its colours transparent."""
    file = io.BytesIO()
    noise(rng, width, height).quantize(int(rng.integers(2, 64))).save(file, "GIF", transparency=0)
    return Image.open(io.BytesIO(file.getvalue()))


def real(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Real numbers, some of them infinite or none."""
    values = (ramp(rng, width, height) * 10.0 ** rng.integers(-3, 6)).astype(np.float32)
    values.flat[:: int(rng.integers(1, 50))] = rng.choice([np.nan, np.inf, -np.inf])
    return Image.fromarray(values)


KINDS = {
    "one colour": lambda rng, *size: Image.new("RGB", size, tuple(rng.integers(0, 256, 3).tolist())),
    "transparent": partial(noise, colours=4),
    "palette": with_clear_palette,
    "16 bits": lambda rng, *size: Image.fromarray((ramp(rng, *size) * 65535).astype(np.uint16)),
    "real numbers": real,
    **{
        mode: lambda rng, *size, mode=mode: noise(rng, *size).convert(mode)
        for mode in ("RGB", "1", "L", "LA", "P", "CMYK", "YCbCr", "HSV", "LAB", "I")
    },
}


@FEW
@given(
    st.sampled_from(list(KINDS)),
    st.integers(1, 40),
    st.integers(1, 40),
    st.integers(8, 200),
    st.integers(0, 99),
)
def test_any_image_fits_and_comes_back_in_its_size(kind, width, height, characters, seed):
    image = KINDS[kind](np.random.default_rng(seed), width, height)
    text = encode(image, characters)
    assert len(text) <= characters and set(text) <= set(ALPHABET)
    assert text == encode(image, characters)
    assert decode(text).size == (width, height)
    assert not receive(text).damaged and receive(text).missing == 0


@pytest.mark.parametrize("size", [(1, 500), (500, 1), (1, 1), (3000, 40)])
def test_extreme_shapes(size):
    text = encode(Image.new("RGB", size, (200, 30, 60)), 200)
    width, height = decode(text).size
    assert max(width, height) == min(512, max(size))
    assert np.abs(np.asarray(decode(text), int) - (200, 30, 60)).max() <= 24


@pytest.mark.parametrize("size", [(400, 300), (1, 500), (64, 64)])
def test_one_colour_takes_few_characters(size):
    image = Image.new("RGB", size, (120, 130, 60))
    text = encode(image, 1000)
    assert len(text) <= 60
    assert psnr(image, decode(text)) > 45


def test_characters_out_of_range_are_refused():
    for characters in (0, 7, 2049):
        with pytest.raises(ValueError, match="8 to 2048"):
            encode(photo(), characters)


@FEW
@given(st.text(max_size=3000) | st.text(ALPHABET, max_size=2000))
def test_any_text_gives_an_image_or_a_word_on_it(text):
    try:
        assert decode(text).mode == "RGB"
    except NotAMessage as refusal:
        assert refusal.reason in ("foreign", "damaged", "impossible")


def test_any_prefix_decodes_and_more_characters_show_more():
    whole = message()
    reached = [psnr(photo(), decode(whole[:k])) for k in (1, 5, 20, 60, 100, 200, 300)]
    assert reached[2:] == sorted(reached[2:])
    assert reached[-1] > reached[3] + 3
    for k in range(0, len(whole), 7):
        received = receive(whole[:k])
        assert received.missing == (len(whole) - k if k > 3 else received.missing)
        assert not received.damaged


def test_a_smooth_image_is_coded_in_more_blocks_than_a_busy_one():
    few = np.random.default_rng(0).integers(110, 146, (12, 18, 3), np.uint8)
    smooth = Image.fromarray(few).resize((480, 320), Image.Resampling.BICUBIC)
    busy = photograph("coffee").resize((480, 320))
    of_smooth, of_busy = (receive(encode(image, 1000)).header.shape.blocks for image in (smooth, busy))
    assert of_smooth > of_busy > 0


def test_the_quality_promised():
    assert psnr(photo(), decode(encode(photo(), 250))) > 24
    assert psnr(photo(), decode(encode(photo(), 1000))) > 32


@FEW
@given(st.integers(0, 299), st.integers(1, 63))
def test_a_wrong_character_is_found_and_what_precedes_is_drawn(place, shift):
    whole = message()
    wrong = ALPHABET[(ALPHABET.index(whole[place]) + shift) % 64]
    damaged = whole[:place] + wrong + whole[place + 1 :]
    stretches = [0, *ends(len(whole))]
    begins = max(end for end in stretches if end <= place)
    if begins == 0:
        with pytest.raises(NotAMessage, match="damaged"):
            receive(damaged)
    else:
        received = receive(damaged)
        assert received.damaged and received.sound == begins
        assert np.array_equal(np.asarray(received.image), np.asarray(decode(whole[:begins])))


def test_two_characters_swapped_or_one_lost_are_found():
    whole = message()
    place = next(k for k in range(100, 200) if whole[k] != whole[k + 1] and k + 1 not in ends(300))
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert receive(swapped).damaged
    assert receive(whole[:150] + whole[151:]).damaged


@pytest.mark.parametrize(
    "dressed",
    [
        "{}",
        "\n  {}\n\n",
        "[27/11/2026 12:05] Zoé : « {} »",
        "https://example.org/message?m={}",
        '> "{}"',
    ],
)
def test_what_a_messenger_adds_is_forgiven(dressed):
    whole = message()
    broken = "\n".join(whole[k : k + 37] for k in range(0, len(whole), 37))
    for text in (whole, broken.replace("\n", "\u200b \n")):
        received = receive(dressed.format(text))
        assert received.text == whole and not received.damaged


def test_what_has_no_sign_of_a_message_is_foreign():
    with pytest.raises(NotAMessage, match="foreign"):
        receive("…!?…")


DECODING = """
import hashlib, sys
import numpy as np
from dashboard.codec import decode
for text in sys.stdin.read().split():
    print(hashlib.sha256(np.asarray(decode(text)).tobytes()).hexdigest())
"""


def test_another_process_with_other_kernels_draws_the_same_200_images():
    rng = np.random.default_rng(1)
    whole = photograph("coffee")
    texts = []
    for _ in range(200):
        left, top, width, height = (
            int(rng.integers(*limits)) for limits in [(0, 500), (0, 300), (8, 33), (8, 33)]
        )
        piece = whole.crop((left, top, left + 90, top + 90)).resize((width, height))
        shape = Shape(width, height)
        choice = choose(targets(samples(piece, shape), network()), shape.grid, int(rng.integers(20, 50)))
        texts.append(text_of(choice, shape, 400))
    here = [hashlib.sha256(np.asarray(decode(text)).tobytes()).hexdigest() for text in texts]
    settings_elsewhere = {
        "OPENBLAS_CORETYPE": "Sandybridge",
        "OPENBLAS_NUM_THREADS": "2",
        "OMP_NUM_THREADS": "2",
    }
    there = subprocess.run(
        [sys.executable, "-c", DECODING],
        input="\n".join(texts),
        env=os.environ | settings_elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == here


def test_whole_numbers_give_what_the_trained_network_gives():
    model = zoo.load(NAME)
    pixels = np.asarray(photo(), np.float64)
    index = 40
    with torch.inference_mode():
        redrawn, _, bits = model(
            torch.tensor(pixels).float().permute(2, 0, 1)[None],
            torch.tensor([step_size(index) / 16]),
            torch.tensor([0.15]),
        )
    chosen = choose(targets(pixels, network()), (8, 8), index)
    assert chosen.bits == pytest.approx(float(bits), rel=0.12)
    text = encode(photo(), 2000)
    assert psnr(photo(), decode(text)) > 36
    trained = Image.fromarray(redrawn[0].permute(1, 2, 0).clamp(0, 255).round().numpy().astype(np.uint8))
    assert psnr(photo(), trained) > 24


def test_sums_stay_where_float64_is_exact():
    for level in network().levels:
        for layers in level.dense:
            for layer in layers:
                assert np.abs(layer.weight).sum(0).max() * 2.0**18 < 2**53
        for spread in level.spread:
            assert np.abs(spread.weight).sum(0).max() * 9 * 2.0**17 < 2**53
    for weight, bias in network().redraw.layers:
        assert np.abs(weight).sum(0).max() * 2.0**18 + np.abs(bias).max() < 2**53
    assert np.abs(network().redraw.synthesis).sum(0).max() * 2.0**17 * 4 < 2**53


def test_what_is_enlarged_is_what_others_enlarge():
    small = np.random.default_rng(0).integers(0, 256, (12, 10, 3)).astype(float)
    ours = enlarged(enlarged(small).transpose(1, 0, 2)).transpose(1, 0, 2) / CUBIC_UNITS**2
    for colour in range(3):
        plane = Image.fromarray(small[:, :, colour].astype(np.float32))
        theirs = np.asarray(plane.resize((20, 24), Image.Resampling.BICUBIC))
        assert np.abs(ours[4:-4, 4:-4, colour] - theirs[4:-4, 4:-4]).max() < 0.01


def test_reduced_images_come_back_sharper_than_by_enlarging_alone():
    image = photograph("coffee")
    image = image.resize((480, 320), Image.Resampling.LANCZOS)
    text = encode(image, 1000)
    received = receive(text)
    assert received.header.shape.blocks
    assert psnr(image, decode(text[:100])) > 14, "what is expected drifts away without what is sent"
    redraw, head = network().redraw, received.header
    plain = Image.fromarray(redraw.run(received.coefficients, received.state, head.index, False))
    plain = plain.resize(image.size, Image.Resampling.BICUBIC)
    assert psnr(image, received.image) > psnr(image, plain) + 0.05


@FEW
@given(st.integers(1, 9), st.integers(1, 9))
def test_haar_comes_back(height, width):
    grid = np.random.default_rng(height * 10 + width).integers(-999, 999, (height, width, 3)).astype(float)
    assert np.array_equal(unhaar(*haar(grid), (height, width)), grid)


def test_the_transform_keeps_energy_nearly():
    pixels = np.asarray(photo(), np.float64)
    energy = (analyse(pixels, network().analysis) ** 2).sum()
    assert energy == pytest.approx(((pixels - 128) ** 2).sum(), rel=0.1)


@given(st.lists(st.tuples(st.integers(-3000, 3000), st.integers(0, 7)), min_size=1))
def test_numbers_taken_apart_come_together(numbers):
    symbols, digits = np.array(numbers, np.int64).T
    high, low = tables.split(symbols, digits)
    assert np.array_equal(tables.join(high, low, digits), symbols)
    assert (low >= 0).all() and (low < 1 << digits).all()


def test_the_table_is_of_probabilities():
    frequencies = network().frequencies
    assert (frequencies.sum(1) == tables.FREQUENCIES).all() and frequencies.min() >= 1
    assert np.array_equal(tables.frequencies(tables.logistic_rows()).argmax(1), np.full(tables.ROWS, 20))


def test_images_are_made_canonical():
    clear = Image.new("RGBA", (20, 10), (255, 0, 0, 0))
    assert canonical(clear).getpixel((5, 5)) == (255, 255, 255)
    assert canonical(Image.new("L", (4000, 1000))).size == (512, 128)
    assert canonical(Image.new("P", (3, 3))).mode == "RGB"
    assert samples(canonical(Image.new("RGB", (100, 50))), Shape(100, 50, 5)).shape == (24, 40, 3)


def test_measures_against_their_definitions():
    one, other = Image.new("RGB", (8, 8), (10, 20, 30)), Image.new("RGB", (8, 8), (13, 24, 30))
    assert psnr(one, one) == math.inf and ssim(one, one) == pytest.approx(1)
    assert psnr(one, other) == pytest.approx(10 * math.log10(255**2 / (25 / 3)))
    assert error_map(one, other)[0, 0] == pytest.approx(math.sqrt(25 / 3))
    assert math.isnan(ssim(Image.new("RGB", (2, 9)), Image.new("RGB", (2, 9))))
