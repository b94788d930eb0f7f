"""One image at several limits: the texts, what they give, and which characters say what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from dashboard.codec.quality import psnr, ssim
from dashboard.codec.receiver import Received, receive
from dashboard.codec.sender import encode
from dashboard.codec.text import BITS, ends

LIMITS = (20, 50, 100, 200, 350, 500, 700, 1000, 1400, 2000)
"""What a character may speak of: 0 the message itself, 1 to 3 ever smaller areas, 4 details, 5 the finest."""
_FIRST_DETAILS = 4  # groups of the last level that count as details; the others are the finest
_MOST_PLACES = 6  # of a character that are lit


@dataclass(frozen=True)
class Frame:
    """An image through a text.

    Attributes:
        limit: characters that were allowed; text: those that were used.
        image: RGB, of the original's size.
        psnr: dB; ssim: -1 to 1; both nan without an original.
        scales: a digit for each character, 0 to 5.
        places: for each character, parts of the image that it speaks of: x, y, width, height in [0, 1].
    """

    limit: int
    text: str
    image: Image.Image
    psnr: float
    ssim: float
    scales: str
    places: tuple[tuple[tuple[float, float, float, float], ...], ...]


def sent(original: Image.Image, limit: int) -> Frame:
    """A canonical image (`codec.picture.canonical`) through a text of at most `limit` characters."""
    received = receive(encode(original, limit))
    scales, places = spoken(received)
    image = received.image
    return Frame(limit, received.text, image, psnr(original, image), ssim(original, image), scales, places)


def spoken(
    received: Received,
) -> tuple[str, tuple[tuple[tuple[float, float, float, float], ...], ...]]:
    """The scale that most of each character's bits speak of, and the parts of the image."""
    length = len(received.text)
    checks = {end - 1 for end in ends(received.header.length)}
    carriers = [k for k in range(length) if k not in checks]
    scales = np.zeros(length, int)
    parts: list[list[tuple[float, float, float, float]]] = [[] for _ in range(length)]
    height, width = received.header.shape.grid
    for trace in received.traces:
        reach = (4, 4, 2, 1)[trace.level]
        columns = -(-width // reach)
        scale = trace.level + 1 if trace.level < 3 else 4 + (trace.group >= _FIRST_DETAILS)
        for index, end, paid in zip(
            trace.places, trace.ends, np.diff(trace.ends, prepend=trace.ends[:1] - 1), strict=True
        ):
            slot = int(max(end - paid / 2, 0) // BITS)
            if slot >= len(carriers) or paid < 0.5:
                continue
            character = carriers[slot]
            scales[character] = scale
            y, x = divmod(int(index), columns)
            part = (
                x * reach / width,
                y * reach / height,
                min(reach, width - x * reach) / width,
                min(reach, height - y * reach) / height,
            )
            if part not in parts[character] and len(parts[character]) < _MOST_PLACES:
                parts[character].append(part)
    # A character without a number of its own continues what the one before it said.
    for character, before in zip(carriers[1:], carriers, strict=False):
        if scales[character] == 0 and scales[before]:
            scales[character] = scales[before]
            parts[character] = parts[before]
    return "".join(map(str, scales)), tuple(tuple(found) for found in parts)
