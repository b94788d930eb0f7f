"""What is made of image files, against files that a script makes."""

import io
import logging
import tomllib
from pathlib import Path

import markdown_it
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from dashboard import images
from dashboard.images import MAX_SIDE, REASONS, ImageRefused, load, safe_name, to_png
from dashboard.languages import LANGUAGES
from tests.unit import odd_images
from tests.unit.odd_images import damaged, excessive, foreign, good, picture, saved

LOCALES = Path(images.__file__).parents[1] / "locales"


def answer(odd: odd_images.Odd) -> str | np.ndarray:
    """The reason for the refusal, or the corners of the picture."""
    try:
        image = load(odd.data, odd.name)
    except ImageRefused as refused:
        return refused.reason
    assert image.mode == "RGB" and max(image.size) <= MAX_SIDE
    return np.asarray(image)[[0, 0, -1, -1], [0, -1, 0, -1]].astype(int)


def test_good_files_are_read_as_they_are_meant():
    for odd in good():
        result = answer(odd)
        assert not isinstance(result, str), (odd.name, result)
        assert np.abs(result - odd.expect).max() <= 12, (odd.name, result)


@pytest.mark.parametrize("maker", [foreign, damaged, excessive])
def test_other_files_are_refused_for_the_right_reason(maker):
    for odd in maker():
        assert answer(odd) == odd.expect, odd.name


def test_there_are_enough_odd_files():
    names = [odd.name for maker in (foreign, damaged) for odd in maker()]
    assert len(names) >= 58 and len(set(names)) == len(names)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF"])
def test_spoilt_bytes_are_read_or_refused(format_):
    original = np.frombuffer(saved(picture(), format_), np.uint8)
    rng = np.random.default_rng(7)
    for _ in range(60):
        data = original.copy()
        data[rng.integers(0, len(data), rng.integers(1, 12))] = rng.integers(0, 256)
        try:
            assert load(data.tobytes()).mode == "RGB"
        except ImageRefused as refused:
            assert refused.reason in REASONS


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_reason(data):
    with pytest.raises(ImageRefused) as caught:
        load(data)
    assert caught.value.reason in REASONS


def test_large_pictures_are_shrunk_and_keep_their_shape():
    for size, expected in (
        ((4200, 3150), (2048, 1536)),
        ((2048, 100), (2048, 100)),
        ((1500, 5000), (614, 2048)),
    ):
        for format_ in ("JPEG", "PNG"):
            assert load(saved(Image.new("RGB", size), format_)).size == expected
    # A photograph that is large enough at a half is not decoded at its full scale for 48 pixels more.
    assert load(saved(Image.new("RGB", (4000, 3000)), "JPEG")).size == (2000, 1500)


@pytest.mark.parametrize("turn", [1, 6, 8])
def test_a_large_heic_read_by_tiles_is_what_it_is_as_a_whole(turn, monkeypatch):
    """libheif's own decoding of the whole is the other source."""
    rng = np.random.default_rng(turn)
    coarse = Image.fromarray(rng.integers(0, 256, (9, 12, 3), dtype=np.uint8))
    # Neither side is a multiple of the tiles': a turn puts the cut ones first.
    image = coarse.resize((2300, 1600), Image.Resampling.BICUBIC)
    options = {"exif": odd_images.exif(turn)} if turn > 1 else {}
    fast = {"preset": "ultrafast"}
    data = saved(image, "HEIF", quality=95, tile_size=256, enc_params=fast, **options)
    whole = load(data)
    monkeypatch.setattr(images, "WHOLE_HEIF", 1)
    for side in (700, 2048):
        monkeypatch.setattr(images, "MAX_SIDE", side)
        monkeypatch.setattr(images, "ENOUGH", side)
        tiled = load(data)
        expected = whole.resize(tiled.size, Image.Resampling.BICUBIC, reducing_gap=2.0)
        difference = np.abs(np.asarray(tiled).astype(int) - np.asarray(expected))
        assert difference.mean() < 1 and np.quantile(difference, 0.999) <= 8


# Pillow warns of what is refused a moment later.
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_photographs_of_phones_are_read_whatever_their_size():
    for size in ((12_000, 9_000), (8_064, 6_048), (30_000, 3_600)):
        # A grey one costs a third of the time to make; the decoder treats it the same.
        photo = load(saved(Image.new("L", size, 90), "JPEG"))
        assert images.ENOUGH <= max(photo.size) <= MAX_SIDE and abs(photo.getpixel((9, 9))[0] - 90) < 3
    with pytest.raises(ImageRefused) as caught:
        load(saved(Image.new("L", (12_000, 9_200)), "JPEG"))
    assert (caught.value.reason, caught.value.limit) == ("too_large", 110)


def test_a_heic_of_too_many_tiles_is_refused(monkeypatch):
    data = saved(picture().resize((512, 512)), "HEIF", tile_size=64, enc_params={"preset": "ultrafast"})
    assert load(data).size == (512, 512)
    monkeypatch.setattr(images.tiles, "MAX_TILES", 63)
    with pytest.raises(ImageRefused, match="costly"):
        load(data)


def test_a_large_heic_of_one_piece_has_its_own_limit(monkeypatch):
    data = saved(picture().resize((1500, 1000)), "HEIF", enc_params={"preset": "ultrafast"})
    monkeypatch.setattr(images, "WHOLE_HEIF", 1)
    assert load(data).size == (1500, 1000)
    monkeypatch.setattr(images, "MAX_TILE", 1)
    with pytest.raises(ImageRefused) as caught:
        load(data)
    assert (caught.value.reason, caught.value.limit) == ("too_large", 1)


def test_a_turned_large_jpeg_is_upright():
    image = picture().resize((4800, 3200), Image.Resampling.NEAREST)
    upright = load(saved(image, "JPEG", exif=odd_images.exif(6)))
    assert upright.size == (1365, 2048)
    assert np.abs(np.asarray(upright)[5, 5].astype(int) - odd_images.QUARTERS["blue"]).max() < 12


def test_colours_are_those_that_the_profile_means():
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert load(saved(picture(), "PNG", icc_profile=swapped)).size == picture().size
    grey = load(saved(Image.new("RGB", (4, 4), (128, 128, 128)), "PNG", icc_profile=wide_profile()))
    assert np.abs(np.asarray(grey).astype(int) - 128).max() <= 1
    # A modest red of a space with wider primaries is a stronger red of sRGB.
    red, green, _ = load(
        saved(Image.new("RGB", (4, 4), (200, 100, 100)), "PNG", icc_profile=wide_profile())
    ).getpixel((0, 0))
    assert red > 205 and green < 95


def wide_profile() -> bytes:
    """sRGB's own profile with the red and green primaries moved outwards by a fifth."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    columns = {}
    for index in range(int.from_bytes(profile[128:132], "big")):
        entry = 132 + 12 * index
        columns[bytes(profile[entry : entry + 4])] = int.from_bytes(profile[entry + 4 : entry + 8], "big")
    at = [columns[name] + 8 for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    matrix = np.array([np.frombuffer(bytes(profile[a : a + 12]), ">i4") for a in at]) / 65536
    white = matrix.sum(axis=0)
    # Away from white: what one primary gains, the others lose, so that grey stays grey.
    wide = matrix + 0.2 * (matrix - white / 3)
    for a, column in zip(at, wide, strict=True):
        profile[a : a + 12] = np.round(column * 65536).astype(">i4").tobytes()
    return bytes(profile)


def test_there_and_back():
    image = Image.fromarray(np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8))
    np.testing.assert_array_equal(load(to_png(image)), image)
    np.testing.assert_array_equal(load(io.BytesIO(to_png(image))), image)


def test_names_are_harmless():
    markdown = markdown_it.MarkdownIt("commonmark").enable(["table"])
    for name in (
        "**bold** _it_ `code` [link](http://x.y).png",
        "<img src=x onerror=alert(1)>.png",
        ":red[x] $x$ www.evil.com ~~a~~ | b | # h",
        "\u202egnp.exe\n# title\0.png",
        "&amp;\\<b>.jpg",
    ):
        shown = safe_name(name)
        tokens = markdown.parse(f"x {shown}")[1].children
        assert {token.type for token in tokens} <= {"text", "text_special"}
        assert "\n" not in shown and "\u202e" not in shown and "\0" not in shown
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\photos\\chat.jpg") == "chat\\.jpg"
    shown = safe_name("x" * 5000 + ".jpeg").replace("\\", "")
    assert len(shown) == 40 and shown.endswith("xxxxx.jpeg")


def test_every_reason_has_its_sentence_in_both_languages():
    for language in LANGUAGES:
        texts = tomllib.loads((LOCALES / language / "images.toml").read_text("utf-8"))
        assert set(texts["refused"]) == set(REASONS)
        for sentence in texts["refused"].values():
            filled = sentence.format(name="photo.jpg", limit=10)
            assert "photo.jpg" in filled and filled.endswith(".")


def test_a_refusal_carries_its_limit_and_name():
    with pytest.raises(ImageRefused) as caught:
        load(b"\x89PNG\r\n\x1a\n" + bytes(images.MAX_MEGABYTES * 1_000_000), "a*b.png")
    refusal = caught.value
    assert (refusal.reason, refusal.limit, refusal.name) == ("too_heavy", images.MAX_MEGABYTES, "a\\*b\\.png")


def test_nothing_is_logged_or_printed(caplog, capfd):
    with caplog.at_level(logging.INFO):
        load(saved(picture(), "TIFF", compression="jpeg"), "secret.tif")
        for odd in damaged():
            with pytest.raises(ImageRefused):
                load(odd.data, "secret.png")
    out, err = capfd.readouterr()
    assert "secret" not in caplog.text + out + err
