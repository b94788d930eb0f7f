"""The film on this page's card."""

from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from dashboard.datasets.images import sample
from dashboard.latent.coders import coder
from dashboard.miniature import DARK, SIZE, Bytes, ink
from dashboard.palette import BLUE, ORANGE

PAGE = "latent_space"


def frames() -> list[Bytes]:
    """A walk from digit to digit among codes of eight numbers, which stand below as bars."""
    images = sample("digits")
    squeezer = coder("digits", 8)
    first = [int(np.flatnonzero(images.labels == label)[2]) for label in range(10)]
    stops = squeezer.encode(images.images[first] / np.float32(255))
    stops = np.concatenate([stops, stops[:1]])
    way = np.concatenate([np.linspace(a, b, 4, endpoint=False) for a, b in pairwise(stops)])
    largest = np.abs(way).max(axis=0)
    frames = []
    for code, image in zip(way, squeezer.decode(way), strict=True):
        frame = Image.new("RGB", SIZE, DARK)
        frame.paste(ink(image, 84), (14, 2))
        pen = ImageDraw.Draw(frame)
        for k, value in enumerate(code / largest):
            left, middle, tall = 14 + 11 * k, 99, round(11 * abs(float(value)))
            top, bottom = (middle - tall, middle) if value > 0 else (middle, middle + tall)
            pen.rectangle((left + 1, top, left + 9, bottom), fill=BLUE if value > 0 else ORANGE)
        frames.append(np.asarray(frame))
    return frames
