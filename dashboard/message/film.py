"""The film on this page's card."""

import numpy as np
from PIL import Image, ImageDraw

from dashboard.codec import decode, encode
from dashboard.datasets.photographs import photograph
from dashboard.miniature import SIDE, SIZE, Bytes

PAGE = "message"
_CHARACTERS = 1000


def frames() -> list[Bytes]:
    """A photograph that a text of a thousand characters rebuilds, as ever more of the text is read."""
    photo = photograph("chelsea").crop((60, 0, 360, 300)).resize((240, 240), Image.Resampling.LANCZOS)
    text = encode(photo, _CHARACTERS)
    frames = []
    for count in np.geomspace(12, _CHARACTERS, 16).round().astype(int):
        frame = decode(text[:count]).resize(SIZE, Image.Resampling.LANCZOS)
        ImageDraw.Draw(frame).rectangle((0, SIDE - 6, SIDE * count / _CHARACTERS, SIDE), fill="white")
        frames.append(np.asarray(frame))
    return [*frames, *frames[-1:] * 3]
