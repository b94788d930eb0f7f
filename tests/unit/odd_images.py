"""Odd and hostile files, made here so that none has to be kept: each a name, its bytes and what to expect.

The picture in the good ones has four quarters: red, green / blue, yellow; it is 48 x 32.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

from dashboard.images import MAX_MEGABYTES

WIDTH, HEIGHT = 48, 32
QUARTERS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}

pillow_heif.register_heif_opener()


class Odd(NamedTuple):
    """`expect` is a refusal's reason, or the colours of the corners from the top left, row by row."""

    name: str
    data: bytes
    expect: str | tuple[tuple[int, int, int], ...]


def picture() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for index, colour in enumerate(QUARTERS.values()):
        left, top = index % 2 * WIDTH // 2, index // 2 * HEIGHT // 2
        image.paste(colour, (left, top, left + WIDTH // 2, top + HEIGHT // 2))
    return image


def saved(image: Image.Image, format_: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    width: int, height: int, depth: int, colour: int, rows: bytes, *before: bytes, interlaced=False
) -> bytes:
    """A PNG from its filtered rows, with chunks `before` the pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    pixels = chunk(b"IDAT", zlib.compress(rows, 1))
    return b"".join([b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), *before, pixels, chunk(b"IEND")])


def flat_png(width: int, height: int, interlaced: bool = False, depth: int = 8) -> bytes:
    """Black, of any size, cheap to make; all Adam7 passes are rows of zeros."""
    if not interlaced:
        return png(width, height, depth, 2, bytes((1 + 3 * depth // 8 * width) * height))
    rows = 0
    for left, top, right, down in ADAM7:
        across, along = -(-(width - left) // right), -(-(height - top) // down)
        rows += along * (1 + 3 * depth // 8 * across)
    return png(width, height, depth, 2, bytes(rows), interlaced=True)


ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def interlaced_png() -> bytes:
    pixels = np.asarray(picture())
    passes = (pixels[top::down, left::right] for left, top, right, down in ADAM7)
    rows = b"".join(b"\0" + row.tobytes() for part in passes for row in part)
    return png(WIDTH, HEIGHT, 8, 2, rows, interlaced=True)


def sixteen_bit_png(alpha: bool) -> bytes:
    pixels = np.asarray(picture().convert("RGBA" if alpha else "RGB")).astype(">u2") * 257
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    return png(WIDTH, HEIGHT, 16, 6 if alpha else 2, rows)


def with_chunks(*chunks: bytes) -> bytes:
    """The picture as PNG, with more chunks after its header."""
    data = saved(picture(), "PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def many_scans(count: int, width: int, height: int) -> bytes:
    """A progressive grey JPEG whose one refinement scan is repeated: small to send, long to decode."""
    data = saved(Image.new("L", (width, height), 128), "JPEG", progressive=True, quality=10)
    starts = [at for at in range(len(data)) if data[at : at + 2] == b"\xff\xda"]
    last = data[starts[-1] : -2]
    return data[: starts[-1]] + last * count + b"\xff\xd9"


def tiff(tags: list[tuple[int, int, int, bytes]], tail: bytes = b"") -> bytes:
    entries = b"".join(struct.pack("<HHI", tag, type_, count) + value for tag, type_, count, value in tags)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + bytes(4) + tail


def big_endian_tiff() -> bytes:
    pixels = (np.arange(12 * 8).reshape(8, 12) * 600).astype(">u2")
    values = {256: 12, 257: 8, 258: 16, 259: 1, 262: 1, 273: 8, 277: 1, 278: 8, 279: pixels.nbytes}
    at = 8 + pixels.nbytes
    entries = b"".join(struct.pack(">HHII", tag, 4, 1, value) for tag, value in values.items())
    return b"MM\0*" + struct.pack(">I", at) + pixels.tobytes() + struct.pack(">H", 9) + entries + bytes(4)


def exif(orientation: int, little: bool = True) -> bytes:
    order = "<" if little else ">"
    return (
        b"Exif\0\0"
        + (b"II*\0" if little else b"MM\0*")
        + struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    )


TURNED = {
    1: "red green blue yellow",
    2: "green red yellow blue",
    3: "yellow blue green red",
    4: "blue yellow red green",
    5: "red blue green yellow",
    6: "blue red yellow green",
    7: "yellow green blue red",
    8: "green yellow red blue",
}


def corners(names: str) -> tuple[tuple[int, int, int], ...]:
    return tuple(QUARTERS[name] for name in names.split())


AS_IT_IS = corners(TURNED[1])
GREY = tuple((round(0.299 * r + 0.587 * g + 0.114 * b),) * 3 for r, g, b in QUARTERS.values())
HALF_CLEAR = ((255, 128, 128), (128, 255, 128), (128, 128, 255), (255, 255, 128))


GREYS = tuple((grey,) * 3 for grey in (0, 255, 85, 170))


def steps(side: int, kind: type = np.float32) -> Image.Image:
    """Four quarters of numbers, from the least to the greatest of a scale of 16 bits."""
    corner = np.array([[0, 65535], [21845, 43690]], dtype=kind)
    return Image.fromarray(corner.repeat(side // 2, axis=0).repeat(side // 2, axis=1))


def good() -> Iterator[Odd]:
    image, rgba = picture(), picture().convert("RGBA")
    half = picture()
    half.putalpha(127)
    for turn, names in TURNED.items():
        yield Odd(
            f"turned{turn}.jpg",
            saved(image, "JPEG", quality=95, exif=exif(turn, turn % 2 == 0)),
            corners(names),
        )
    jpeg = saved(image, "JPEG", quality=95)
    yield Odd("plain.jpg", jpeg, AS_IT_IS)
    yield Odd("progressive.jpg", saved(image, "JPEG", quality=95, progressive=True), AS_IT_IS)
    yield Odd("grey.jpg", saved(image.convert("L"), "JPEG", quality=95), GREY)
    yield Odd("cmyk.jpg", saved(image.convert("CMYK"), "JPEG", quality=95), AS_IT_IS)
    yield Odd("video behind.jpg", jpeg + np.random.default_rng(0).bytes(500_000), AS_IT_IS)
    yield Odd("html inside.jpg", saved(image, "JPEG", quality=95, comment=b"<html><script>"), AS_IT_IS)
    yield Odd("liar.gif", jpeg, AS_IT_IS)
    yield Odd("no name", jpeg, AS_IT_IS)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield Odd("srgb.jpg", saved(image, "JPEG", quality=95, icc_profile=srgb), AS_IT_IS)
    yield Odd("bad profile.jpg", saved(image, "JPEG", quality=95, icc_profile=b"nonsense" * 20), AS_IT_IS)
    yield Odd(
        "cmyk with rgb profile.jpg",
        saved(image.convert("CMYK"), "JPEG", quality=95, icc_profile=srgb),
        AS_IT_IS,
    )
    yield Odd("plain.png", saved(image, "PNG"), AS_IT_IS)
    yield Odd("palette.png", saved(image.quantize(4), "PNG"), AS_IT_IS)
    yield Odd("clear.png", saved(Image.new("RGBA", (9, 9)), "PNG"), ((255, 255, 255),) * 4)
    yield Odd("half clear.png", saved(half, "PNG"), HALF_CLEAR)
    yield Odd("grey alpha.png", saved(rgba.convert("LA"), "PNG"), GREY)
    yield Odd("two tones.png", saved(Image.new("1", (8, 8), 1), "PNG"), ((255,) * 3,) * 4)
    clear_red = saved(image, "PNG", transparency=(255, 0, 0))
    yield Odd("clear red.png", clear_red, ((255, 255, 255), *AS_IT_IS[1:]))
    quantized = image.quantize(4)
    red = quantized.getpixel((0, 0))
    yield Odd(
        "clear palette.png", saved(quantized, "PNG", transparency=red), ((255, 255, 255), *AS_IT_IS[1:])
    )
    ramp = Image.fromarray(np.array([[0, 65535], [32896, 16448]], dtype=np.uint16))
    yield Odd("grey16.png", saved(ramp, "PNG"), ((0,) * 3, (255,) * 3, (128,) * 3, (64,) * 3))
    yield Odd("rgb16.png", sixteen_bit_png(alpha=False), AS_IT_IS)
    yield Odd("rgba16.png", sixteen_bit_png(alpha=True), AS_IT_IS)
    yield Odd("interlaced.png", interlaced_png(), AS_IT_IS)
    yield Odd("turned.png", saved(image, "PNG", exif=exif(6)[6:]), corners(TURNED[6]))
    later = [Image.new("RGB", image.size, "black")] * 3
    yield Odd("moving.png", saved(image, "PNG", save_all=True, append_images=later), AS_IT_IS)
    yield Odd("lossless.webp", saved(image, "WEBP", lossless=True), AS_IT_IS)
    yield Odd("lossy.webp", saved(image, "WEBP", quality=95), AS_IT_IS)
    yield Odd("half clear.webp", saved(half, "WEBP", lossless=True), HALF_CLEAR)
    yield Odd(
        "moving.webp", saved(image, "WEBP", lossless=True, save_all=True, append_images=later), AS_IT_IS
    )
    yield Odd("turned.webp", saved(image, "WEBP", lossless=True, exif=exif(8)), corners(TURNED[8]))
    yield Odd("plain.gif", saved(image, "GIF"), AS_IT_IS)
    yield Odd("moving.gif", saved(image, "GIF", save_all=True, append_images=later), AS_IT_IS)
    yield Odd("clear.gif", saved(Image.new("P", (9, 9)), "GIF", transparency=0), ((255, 255, 255),) * 4)
    yield Odd("plain.bmp", saved(image, "BMP"), AS_IT_IS)
    yield Odd("palette.bmp", saved(image.quantize(4), "BMP"), AS_IT_IS)
    yield Odd("two tones.bmp", saved(Image.new("1", (8, 8), 1), "BMP"), ((255,) * 3,) * 4)
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "jpeg"):
        yield Odd(f"{compression}.tif", saved(image, "TIFF", compression=compression), AS_IT_IS)
    yield Odd("cmyk.tif", saved(image.convert("CMYK"), "TIFF"), AS_IT_IS)
    yield Odd("turned.tif", saved(image, "TIFF", tiffinfo={0x0112: 6}), corners(TURNED[6]))
    yield Odd("pages.tif", saved(image, "TIFF", save_all=True, append_images=later), AS_IT_IS)
    yield Odd("grey16.tif", big_endian_tiff(), ((0,) * 3, (25,) * 3, (196,) * 3, (222,) * 3))
    floats = Image.fromarray(np.array([[-2.0, 2.0], [0.0, np.nan]], dtype=np.float32))
    yield Odd("floats.tif", saved(floats, "TIFF"), ((0,) * 3, (255,) * 3, (127,) * 3, (127,) * 3))
    yield Odd("plain.avif", saved(image, "AVIF", quality=95), AS_IT_IS)
    yield Odd("half clear.avif", saved(half, "AVIF", quality=95), HALF_CLEAR)
    yield Odd("turned.avif", saved(image, "AVIF", quality=95, exif=exif(6)), corners(TURNED[6]))
    yield Odd("plain.heic", saved(image, "HEIF", quality=95), AS_IT_IS)
    yield Odd("half clear.heic", saved(half, "HEIF", quality=95), HALF_CLEAR)
    yield Odd("turned.heic", saved(image, "HEIF", quality=95, exif=exif(6)), corners(TURNED[6]))
    yield Odd("dot.png", saved(Image.new("RGB", (1, 1), "blue"), "PNG"), (QUARTERS["blue"],) * 4)
    yield Odd("texts.png", with_chunks(chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(50_000_000)))), AS_IT_IS)
    yield Odd(
        "profile bomb.png", with_chunks(chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(50_000_000)))), AS_IT_IS
    )
    many_texts = (chunk(b"iTXt", b"k\0\1\0\0\0" + zlib.compress(bytes(900_000))) for _ in range(600))
    yield Odd("many texts.png", with_chunks(*many_texts), AS_IT_IS)
    yield Odd("large.png", flat_png(7500, 5000), ((0, 0, 0),) * 4)
    yield Odd("large16.png", flat_png(5000, 5000, depth=16), ((0, 0, 0),) * 4)
    yield Odd("large interlaced.png", flat_png(6000, 5000, interlaced=True), ((0, 0, 0),) * 4)
    large = Image.new("RGB", (7500, 5000), "blue")
    yield Odd("large.jpeg", saved(large, "JPEG"), (QUARTERS["blue"],) * 4)
    yield Odd("large.webp", saved(large.resize((4800, 3100)), "WEBP"), (QUARTERS["blue"],) * 4)
    yield Odd("large.avif", saved(large.resize((6000, 4100)), "AVIF", speed=10), (QUARTERS["blue"],) * 4)
    clear = large.quantize(4)
    yield Odd("large clear.png", saved(clear, "PNG", transparency=0), ((255, 255, 255),) * 4)
    yield Odd("large float.tif", saved(steps(5000), "TIFF", compression="tiff_lzw"), GREYS)
    yield Odd("large16 grey.png", saved(steps(5000, np.uint16), "PNG", compress_level=1), GREYS)
    yield Odd("large.gif", saved(Image.new("P", large.size), "GIF"), ((0, 0, 0),) * 4)
    yield Odd(
        "large.tif",
        saved(large.resize((7000, 4900)), "TIFF", compression="tiff_adobe_deflate"),
        (QUARTERS["blue"],) * 4,
    )


def foreign() -> Iterator[Odd]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield Odd("drawing.svg", svg, "vector")
    yield Odd("drawing.png", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!DOCTYPE svg>" + svg, "vector")
    yield Odd("page.html", b"<!DOCTYPE html><html><body><svg></svg>", "web_page")
    yield Odd("page.jpg", b"\n\n  <HTML><img src=x onerror=alert(1)>", "web_page")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("image.png", saved(picture(), "PNG"))
    yield Odd("images.zip", file.getvalue(), "archive")
    yield Odd("empty.zip", b"PK\x05\x06" + bytes(18), "archive")
    yield Odd("image.svgz", gzip.compress(svg), "archive")
    yield Odd("bomb.gz", gzip.compress(bytes(10_000_000)), "archive")
    yield Odd("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "archive")
    yield Odd("a.rar", b"Rar!\x1a\x07\x01" + bytes(40), "archive")
    yield Odd("a.xz", b"\xfd7zXZ\0" + bytes(40), "archive")
    yield Odd("a.pdf", b"%PDF-1.7\n" + bytes(40), "document")
    yield Odd("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", "document")
    yield Odd("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "document")
    yield Odd("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(40), "video")
    yield Odd("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(40), "video")
    yield Odd("a.webm", b"\x1aE\xdf\xa3" + bytes(40), "video")
    yield Odd("a.avi", b"RIFF\0\0\0\0AVI LIST" + bytes(40), "video")
    yield Odd("a.wav", b"RIFF\0\0\0\0WAVEfmt " + bytes(40), "video")
    yield Odd("a.mp3", b"ID3\x04" + bytes(40), "video")
    yield Odd("a.psd", b"8BPS\0\1" + bytes(40), "other_image")
    yield Odd("a.ico", saved(picture(), "ICO"), "other_image")
    yield Odd("a.jp2", saved(picture(), "JPEG2000"), "other_image")
    yield Odd("a.jxl", b"\xff\x0a" + bytes(40), "other_image")
    yield Odd("a.ppm", saved(picture(), "PPM"), "other_image")
    yield Odd("a.exe", b"MZ" + bytes(60), "unknown")
    yield Odd("a.txt", b"Une image, vraiment ?", "unknown")
    yield Odd("a.json", b'{"image": true}', "unknown")
    yield Odd("a.npy", b"\x93NUMPY\1\0" + bytes(80), "unknown")
    yield Odd("zeros.bin", bytes(1000), "unknown")
    yield Odd("noise.bin", b"\1" + np.random.default_rng(1).bytes(5000), "unknown")
    yield Odd("nothing.png", b"", "empty")
    yield Odd("heavy.png", b"\x89PNG\r\n\x1a\n" + bytes(MAX_MEGABYTES * 1_000_000), "too_heavy")


def damaged() -> Iterator[Odd]:
    noise = Image.fromarray(np.random.default_rng(2).integers(0, 256, (60, 80, 3), dtype=np.uint8))
    for format_ in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF"):
        data = saved(noise, format_)
        yield Odd(f"half.{format_.lower()}", data[: len(data) // 2], "broken")
        yield Odd(f"start.{format_.lower()}", data[:24], "broken")
    data = saved(picture(), "PNG")
    yield Odd("wrong sum.png", data[:60] + bytes([data[60] ^ 255]) + data[61:], "broken")
    yield Odd("too few rows.png", png(100, 100, 8, 2, bytes(500)), "broken")
    yield Odd("no pixels.png", data[:33] + chunk(b"IEND"), "broken")
    yield Odd("no header.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IEND"), "broken")
    yield Odd("endless.png", data[:33] + b"\xff\xff\xff\xffIDAT" + bytes(50), "broken")
    yield Odd("no size.png", png(0, 0, 8, 2, b""), "broken")
    yield Odd("wrong depth.png", png(9, 9, 3, 2, bytes(500)), "broken")
    yield Odd("loop.tif", b"II*\0\x08\0\0\0\x00\0\x08\0\0\0", "broken")
    yield Odd("far.tif", b"II*\0\xff\xff\xff\xff", "broken")


def excessive() -> Iterator[Odd]:
    yield Odd("wide.png", png(100_000, 100_000, 8, 2, b""), "too_large")
    yield Odd("large.png", flat_png(7000, 6000), "too_large")
    yield Odd("large.gif", b"GIF89a\xff\xff\xff\xff\0\0\0" + saved(picture(), "GIF")[13:], "too_large")
    bmp = saved(picture(), "BMP")
    yield Odd("large.bmp", bmp[:18] + struct.pack("<ii", 30_000, 30_000) + bmp[26:], "too_large")
    jpeg = saved(picture(), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    yield Odd("large.jpg", jpeg[:at] + struct.pack(">HH", 65_000, 65_000) + jpeg[at + 4 :], "too_large")
    sides = [(256, 4, 1, struct.pack("<I", 2**31 - 1)), (257, 4, 1, struct.pack("<I", 2**31 - 1))]
    rest = [
        (258, 3, 1, struct.pack("<I", 8)),
        (262, 3, 1, struct.pack("<I", 1)),
        (273, 4, 1, struct.pack("<I", 8)),
    ]
    yield Odd("large.tif", tiff(sides + rest), "too_large")
    yield Odd("large.webp", saved(Image.new("RGB", (5000, 3200)), "WEBP"), "too_large")
    yield Odd("large.avif", saved(Image.new("RGB", (8000, 6000)), "AVIF", speed=10), "too_large")
    yield Odd("thin.png", flat_png(40_000, 1), "too_long")
    yield Odd("tall.png", flat_png(10, 2000), "too_long")
    yield Odd("scans.jpg", many_scans(10_000, 2000, 2000), "costly")
    yield Odd("few large scans.jpg", many_scans(20, 7500, 5000), "costly")
    yield Odd("coefficients.jpg", many_scans(0, 12_000, 9_000), "costly")
    yield Odd("pixel chunks.png", with_chunks(*[chunk(b"IDAT")] * 300_000), "costly")
    shared = [(65000 + index, 7, 4_000_000, struct.pack("<I", 2000)) for index in range(400)]
    yield Odd("tags.tif", tiff(shared, bytes(4_200_000)), "costly")
    yield Odd("many tags.tif", tiff([(1 + index, 3, 1, bytes(4)) for index in range(60_000)]), "costly")
    strips = [*sides, *rest[:2], (273, 4, 1_000_000, struct.pack("<I", 100))]
    yield Odd("strips.tif", tiff(strips, bytes(4_200_000)), "costly")
    runs = bmp[:18] + struct.pack("<iiHHI", 6000, 6000, 1, 8, 1) + bmp[34:] + b"\1\0" * 2_000_000
    yield Odd("runs.bmp", runs, "costly")
