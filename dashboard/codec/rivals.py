"""The same image by JPEG, WebP and AVIF in the same number of bytes, each at its best.

At its best: of several reductions and both samplings of colour, the one with the highest PSNR once enlarged
again. What a receiver can know is not counted: JPEG's markers and standard tables, WebP's container and frame
header, AVIF's boxes and AV1's sequence header.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from dashboard.codec.quality import psnr

REDUCTIONS = (1.0, 0.75, 0.5625, 0.42, 0.3125, 0.23, 0.17, 0.125)
LEAST = 8  # pixels on the shorter side of a reduced image
SPEED = 6  # of AVIF's encoder: 0 is the slowest
FORMATS = ("JPEG", "WEBP", "AVIF")


@dataclass(frozen=True)
class Rival:
    """`image` has the original's size; `bytes` are those counted; `side` is the longest of what was coded."""

    image: Image.Image
    bytes: int
    side: int


def best(image: Image.Image, format_: str, room: int) -> Rival | None:
    """The best that a format (of FORMATS) makes of an RGB image in `room` bytes; None if it does not fit."""
    found: Rival | None = None
    highest = float("-inf")
    for reduction in REDUCTIONS:
        width, height = (max(1, round(side * reduction)) for side in image.size)
        if reduction < 1 and min(width, height) < LEAST:
            break
        small = image if reduction == 1 else image.resize((width, height), Image.Resampling.LANCZOS)
        here = float("-inf")
        for encode in ENCODERS[format_](small):
            fitting = _highest_quality(encode, room)
            if fitting is None:
                continue
            content, counted = fitting
            with Image.open(io.BytesIO(content)) as opened:
                enlarged = opened.convert("RGB").resize(image.size, Image.Resampling.BICUBIC)
            if (reached := psnr(image, enlarged)) > here:
                here = reached
                if here > highest:
                    found, highest = Rival(enlarged, counted, max(width, height)), here
        if found is not None and here < highest - 1:  # past the best reduction
            break
    return found


Encode = Callable[[int], tuple[bytes, int]]
"""From a quality of 0 to 100 to a file and the bytes of it that count."""


def _highest_quality(encode: Encode, room: int) -> tuple[bytes, int] | None:
    low, high = 0, 101
    fitting = None
    while low < high:
        quality = (low + high - 1) // 2
        made = encode(quality)
        if made[1] <= room:
            fitting, low = made, quality + 1
        else:
            high = quality
    return fitting


def _jpeg(image: Image.Image) -> Iterator[Encode]:
    def encoder(sampling: str, optimised: bool) -> Encode:
        def encode(quality: int) -> tuple[bytes, int]:
            content = _saved(image, "JPEG", quality=max(quality, 1), subsampling=sampling, optimize=optimised)
            return content, jpeg_bytes(content, optimised)

        return encode

    for sampling in ("4:2:0", "4:4:4"):
        for optimised in (False, True):
            yield encoder(sampling, optimised)


def _webp(image: Image.Image) -> Iterator[Encode]:
    def encode(quality: int) -> tuple[bytes, int]:
        content = _saved(image, "WEBP", quality=quality, method=6)
        return content, webp_bytes(content)

    yield encode


def _avif(image: Image.Image) -> Iterator[Encode]:
    def encoder(sampling: str) -> Encode:
        def encode(quality: int) -> tuple[bytes, int]:
            content = _saved(image, "AVIF", quality=quality, subsampling=sampling, speed=SPEED, max_threads=1)
            return content, avif_bytes(content)

        return encode

    for sampling in ("4:2:0", "4:4:4"):
        yield encoder(sampling)


ENCODERS: dict[str, Callable[[Image.Image], Iterator[Encode]]] = {"JPEG": _jpeg, "WEBP": _webp, "AVIF": _avif}


def _saved(image: Image.Image, format_: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def jpeg_bytes(content: bytes, with_tables: bool) -> int:
    """Bytes of a JPEG's scan, with its Huffman tables if they are its own, and one that says its quality."""
    position, tables = 2, 0
    while content[position + 1] != 0xDA:
        length = 2 + int.from_bytes(content[position + 2 : position + 4], "big")
        if content[position + 1] == 0xC4:
            tables += length
        position += length
    scan = position + 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return len(content) - scan - 2 + 1 + (tables if with_tables else 0)


def webp_bytes(content: bytes) -> int:
    """Bytes of a WebP without RIFF and chunk headers (20) and the frame's tag, start code and size (10)."""
    return len(content) - 30


def avif_bytes(content: bytes) -> int:
    """Bytes of the frame in an AVIF: its `mdat` box without temporal delimiter and sequence header."""
    position = 0
    while content[position + 4 : position + 8] != b"mdat":
        position += int.from_bytes(content[position : position + 4], "big")
    end = position + int.from_bytes(content[position : position + 4], "big")
    position, frame = position + 8, 0
    while position < end:
        kind = content[position] >> 3 & 15
        start = position
        position += 1 + (content[position] >> 2 & 1)
        size, shift = 0, 0
        while True:
            byte = content[position]
            size |= (byte & 127) << shift
            shift, position = shift + 7, position + 1
            if byte < 128:
                break
        position += size
        if kind not in (1, 2):
            frame += position - start
    return frame
