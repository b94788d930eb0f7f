"""Images to try own classes on without an image of one's own.

Each set is split: some images to learn from, others that the classes never saw.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image

from dashboard.datasets.images import sample

_TEXTURES = ("brick", "grass", "gravel")
_SHOES = {"sandal": 5, "sneaker": 7, "ankle-boot": 9}
SETS = {"textures": _TEXTURES, "shoes": tuple(_SHOES)}
_PIECES = 3  # along a side of a texture
_TEXTURES_LEARNT, _SHOES_LEARNT, _SHOES_KEPT = 6, 8, 6


@dataclass(frozen=True)
class Samples:
    """Images of several classes, mode RGB.

    Attributes:
        names: the classes, language-neutral.
        learn: for each class the images to learn from.
        kept: for each class the images to try it on.
    """

    names: tuple[str, ...]
    learn: tuple[tuple[Image.Image, ...], ...]
    kept: tuple[tuple[Image.Image, ...], ...]


@cache
def samples(name: str) -> Samples:
    """A set of SETS: pieces, without overlap, of three photographs of surfaces, or different shoes.

    Raises:
        KeyError: there is no such set.
    """
    classes = SETS[name]
    if name == "textures":
        images, learnt = [_pieces(slug) for slug in classes], _TEXTURES_LEARNT
    else:
        images, learnt = [_shoes(_SHOES[slug]) for slug in classes], _SHOES_LEARNT
    return Samples(
        classes, tuple(tuple(own[:learnt]) for own in images), tuple(tuple(own[learnt:]) for own in images)
    )


def _pieces(slug: str) -> list[Image.Image]:
    """A photograph that scikit-image ships, cut up; every other piece first, so that both parts are mixed."""
    spec = find_spec("skimage")
    assert spec is not None and spec.origin is not None
    with Image.open(Path(spec.origin).parent / "data" / f"{slug}.png") as image:
        whole = image.convert("RGB")
    side = min(whole.size) // _PIECES
    boxes = [(side * x, side * y) for y in range(_PIECES) for x in range(_PIECES)]
    cut = [whole.crop((x, y, x + side, y + side)) for x, y in boxes]
    return cut[::2] + cut[1::2]


def _shoes(label: int) -> list[Image.Image]:
    """Fashion-MNIST's, of the shipped sample of its test images, enlarged."""
    stored = sample("fashion")
    chosen = np.flatnonzero(stored.labels == label)[: _SHOES_LEARNT + _SHOES_KEPT]
    return [
        Image.fromarray(stored.images[i]).convert("RGB").resize((224, 224), Image.Resampling.BICUBIC)
        for i in chosen
    ]
