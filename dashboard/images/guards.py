"""What a file really is, and whether decoding it would cost more than a picture should.

All of this reads bytes in one or two passes and decodes nothing. A guard raises `Costly`, or `Broken` where
the structure that it walks ends too early.
"""

import re
import struct
import zlib
from collections.abc import Callable

MAX_SCANS = 24
"""Scans of a progressive JPEG; encoders write about ten, each costs a pass over the whole picture."""
MAX_COEFFICIENTS = 200_000_000
"""Bytes of the coefficients of a JPEG of several scans: 66 megapixels with colours at half the resolution.
With one scan none are kept, however large the picture is."""
MAX_CHUNKS = 20_000
MAX_PROFILE = 1_000_000
"""Bytes of an embedded colour profile, inflated; those of cameras and printers have up to about 600 kB."""
MAX_RUNS_FILE = 500_000
"""Bytes of a run-length BMP, which Pillow decodes in Python."""
MAX_TAGS, MAX_TAG_VALUES = 500, 100_000

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
AVIF_BRANDS = {b"avif", b"avis"}

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"%PDF", "document"),
    (b"%!PS", "document"),
    (b"{\\rtf", "document"),
    (b"\xd0\xcf\x11\xe0", "document"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"OggS", "video"),
    (b"ID3", "video"),
    (b"8BPS", "other_image"),
    (b"\0\0\1\0", "other_image"),
    (b"\0\0\0\x0cjP  ", "other_image"),
    (b"\0\0\0\x0cJXL ", "other_image"),
    (b"\xff\x0a", "other_image"),
    (b"v/1\1", "other_image"),
    (b"qoif", "other_image"),
)


class Costly(Exception):
    """Decoding would take far more than pictures of this size take."""


class Broken(Exception):
    """The file ends before its structure does, or contradicts itself."""


def kind(data: bytes) -> str:
    """What `data` is, by its first bytes: one of the formats that are read (JPEG PNG WEBP GIF BMP TIFF AVIF
    HEIF), or why it is not one: archive, document, video, other_image, vector, web_page, unknown."""
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            return name
    if data[:4] == b"RIFF":
        return "WEBP" if data[8:12] == b"WEBP" else "video"
    if data[4:8] == b"ftyp":
        size = int.from_bytes(data[:4], "big")
        brands = {data[at : at + 4] for at in (8, *range(16, min(size, 256), 4))}
        if brands & AVIF_BRANDS:
            return "AVIF"
        return "HEIF" if brands & HEIC_BRANDS else "video"
    text = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<!doctype html|<html|<head|<body|<script", text):
        return "web_page"
    if text.startswith(b"<") and b"<svg" in text:
        return "vector"
    if re.match(rb"p[1-6]\s", text):
        return "other_image"
    return "unknown"


def check_jpeg(data: bytes) -> None:
    """Count the scans of a JPEG, up to the end of its first picture (phones append others, and videos), and
    the coefficients that a decoder keeps if there are several."""
    at, scans, kept = 2, 0, 0
    # In coded data FF is followed by 00 or a restart marker; anything else is the next marker.
    marker = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
    while True:
        found = marker.search(data, at)
        if not found or data[found.start() + 1] == 0xD9:
            return
        at = found.start() + 2
        if data[at - 1] in _FRAMES:
            kept = _coefficients(data[at : at + 8 + 3 * 255])
        elif data[at - 1] == 0xDA:
            scans += 1
            if scans > MAX_SCANS or (scans > 1 and 2 * kept > MAX_COEFFICIENTS):
                raise Costly
        if data[at - 1] != 0x01:
            at += int.from_bytes(data[at : at + 2], "big")


_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers of a frame's header


def _coefficients(header: bytes) -> int:
    """How many coefficients the components of a JPEG have together, from its frame's header."""
    if len(header) < 8:
        raise Broken
    height, width, count = struct.unpack_from(">HHB", header, 3)
    factors = [(part >> 4, part & 15) for part in header[9 : 8 + 3 * count : 3]]
    across, down = (max((pair[side] for pair in factors), default=1) or 1 for side in (0, 1))
    return sum(width * a // across * (height * d // down) for a, d in factors)


def slim_png(data: bytes) -> bytes:
    """A PNG with nothing left in it but the chunks that draw the (first) picture, upright and in colour.

    Texts, which can be inflated a thousandfold, and later frames go unread.
    """
    parts, at = [data[:8]], 8
    for _ in range(MAX_CHUNKS):
        if at + 12 > len(data):
            raise Broken
        name = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if name in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf", b"sRGB", b"gAMA") or (
            name == b"iCCP" and _profile_is_small(data[at + 8 : end - 4])
        ):
            parts.append(data[at:end])
        if name == b"IEND":
            return b"".join(parts)
        at = end
    raise Costly


def _profile_is_small(chunk: bytes) -> bool:
    compressed = chunk[chunk.find(b"\0") + 2 :]
    inflate = zlib.decompressobj()
    try:
        inflate.decompress(compressed, MAX_PROFILE)
    except zlib.error:
        return False
    return inflate.eof


def check_bmp(data: bytes) -> None:
    """Refuse a long run-length BMP."""
    if len(data) > MAX_RUNS_FILE and data[30:31] in (b"\1", b"\2"):
        raise Costly


def check_tiff(data: bytes) -> None:
    """Bound what the tags of the first page make a reader copy: many tags may point at the same bytes."""
    order = "<" if data[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, start)
        if count > MAX_TAGS:
            raise Costly
        total = 0
        for index in range(count):
            _, type_, values = struct.unpack_from(order + "HHI", data, start + 2 + 12 * index)
            if type_ not in (1, 2, 6, 7) and values > MAX_TAG_VALUES:
                raise Costly
            total += values
    except struct.error:
        raise Broken from None
    if total > 2 * len(data):
        raise Costly


def orientation(exif: bytes) -> int:
    """The EXIF orientation, 1 to 8; 1 where there is none. Reads that one tag alone, because others may be
    made to point at each other's megabytes."""
    exif = exif.removeprefix(b"Exif\0\0")
    order = "<" if exif[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, start)
        for index in range(count):
            tag, _, _, value = struct.unpack_from(order + "HHIH", exif, start + 2 + 12 * index)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


GUARDS: dict[str, Callable[[bytes], None]] = {"JPEG": check_jpeg, "BMP": check_bmp, "TIFF": check_tiff}
