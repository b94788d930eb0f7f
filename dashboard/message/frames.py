"""One image at several limits: the texts, what they give, and which characters say what."""

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard import images
from dashboard.codec.picture import canonical
from dashboard.codec.quality import psnr, ssim
from dashboard.codec.receiver import Received, receive
from dashboard.codec.sender import encode
from dashboard.codec.text import BITS, ends
from dashboard.datasets.photographs import photograph
from dashboard.datasets.shipped import shipped, shipped_path

LIMITS = (20, 50, 100, 200, 350, 500, 700, 1000, 1400, 2000)
"""Of the film from few characters to many."""
CHOICES = range(100, 2001, 50)
"""Among which a sender chooses."""
EXAMPLES = ("chelsea", "coffee", "astronaut", "rocket")
"""Photographs whose frames ship: a class that looks at them computes nothing."""
NO_PART = 2**16 - 1
_FIRST_DETAILS = 4  # groups of the last level that count as details; the others are the finest
MOST_PARTS = 6  # of a character that are lit


@dataclass(frozen=True)
class Frame:
    """An image through a text.

    Attributes:
        limit: characters that were allowed; text: those that were used.
        picture: the image, of the original's size, as the address of a WebP.
        grid: height and width of what was coded, in blocks.
        scales, parts: see `spoken`; the parts as little-endian uint16, base64.
        sound: how many characters passed their checks.
        psnr: dB; ssim: -1 to 1; both nan without an original.
    """

    limit: int
    text: str
    picture: str
    grid: Sequence[int]
    scales: str
    parts: str
    sound: int
    psnr: float
    ssim: float


def sent(original: Image.Image, limit: int) -> Frame:
    """A canonical image (`codec.picture.canonical`) through a text of at most `limit` characters."""
    return drawn(receive(encode(original, limit)), limit, original)


def drawn(received: Received, limit: int, original: Image.Image | None = None) -> Frame:
    """What a text gives, and how like the original it is."""
    scales, parts = spoken(received)
    packed = base64.b64encode(parts.astype("<u2").tobytes()).decode()
    image = received.image
    likeness = (psnr(original, image), ssim(original, image)) if original else (math.nan, math.nan)
    address, grid = images.address(image), received.header.shape.grid
    return Frame(limit, received.text, address, grid, scales, packed, received.sound, *likeness)


@lru_cache(maxsize=256)
def example(slug: str, limit: int) -> Frame | None:
    """The frame that ships of one of EXAMPLES at this limit; None if there is none.

    Raises:
        DatasetError: their file is missing or damaged.
    """
    with shipped(f"message-{slug}", "frames") as file:
        name = f"{limit}.json"
        return Frame(**json.loads(file.read(name))) if name in file.namelist() else None


def write_examples() -> None:
    """Write the frames of EXAMPLES at all limits that can be chosen."""
    for slug in EXAMPLES:
        original = canonical(photograph(slug))
        with ZipFile(shipped_path(f"message-{slug}.zip"), "w", ZIP_DEFLATED) as file:
            for limit in sorted({*LIMITS, *CHOICES}):
                content = json.dumps(asdict(sent(original, limit)))
                file.writestr(ZipInfo(f"{limit}.json"), content, ZIP_DEFLATED)


def spoken(received: Received) -> tuple[str, NDArray[np.uint16]]:
    """What the characters of a text speak of.

    Returns a digit for each: 0 the message itself, 1 to 3 ever smaller areas, 4 details, 5 the finest, that
    of most of its bits; and, (n, 6), parts of the image: three times the index of a square in the image's
    grid of squares of 4, 2 or 1 blocks a side, plus 0, 1 or 2 for that side; NO_PART where there is no more.
    """
    length = len(received.text)
    checks = {end - 1 for end in ends(received.header.length)}
    carriers = [k for k in range(length) if k not in checks]
    scales = np.zeros(length, int)
    parts: list[list[int]] = [[] for _ in range(length)]
    for trace in received.traces:
        side = (0, 0, 1, 2)[trace.level]
        scale = trace.level + 1 if trace.level < 3 else 4 + (trace.group >= _FIRST_DETAILS)
        for index, end, paid in zip(
            trace.places, trace.ends, np.diff(trace.ends, prepend=trace.ends[:1] - 1), strict=True
        ):
            slot = int(max(end - paid / 2, 0) // BITS)
            if slot >= len(carriers) or paid < 0.5:
                continue
            character = carriers[slot]
            scales[character] = scale
            part = 3 * int(index) + side
            if part not in parts[character] and len(parts[character]) < MOST_PARTS:
                parts[character].append(part)
    # A character without a number of its own continues what the one before it said.
    for character, before in zip(carriers[1:], carriers, strict=False):
        if scales[character] == 0 and scales[before]:
            scales[character] = scales[before]
            parts[character] = parts[before]
    table = np.full((length, MOST_PARTS), NO_PART, np.uint16)
    for row, found in zip(table, parts, strict=True):
        row[: len(found)] = found
    return "".join(map(str, scales)), table
