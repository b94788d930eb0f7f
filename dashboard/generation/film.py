"""The film on this page's card."""

import numpy as np
from PIL import Image

from dashboard.generation.sampling import Request, Settings, sample
from dashboard.miniature import DARK, SIZE, Bytes, ink

PAGE = "image_generation"


def frames() -> list[Bytes]:
    """Nine digits on their way from noise."""
    film = sample(Request("digits"), Settings(count=9, steps=18, seed=5))
    frames = []
    for images in [*film.frames, *film.frames[-1:].repeat(4, axis=0)]:
        sheet = Image.new("RGB", SIZE, DARK)
        for k, image in enumerate(images):
            sheet.paste(ink(image, 36), (1 + k % 3 * 37, 1 + k // 3 * 37))
        frames.append(np.asarray(sheet))
    return frames
