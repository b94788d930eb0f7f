"""Sample photographs that scikit-image and scikit-learn ship, so that the page needs none of its own.

Their sources and licences (public domain or free, chelsea CC0) are in the two packages' own lists.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

_FILES = {
    "chelsea": ("skimage", "data/chelsea.png"),
    "coffee": ("skimage", "data/coffee.png"),
    "motorcycle": ("skimage", "data/motorcycle_left.png"),
    "camera": ("skimage", "data/camera.png"),
    "china": ("sklearn", "datasets/images/china.jpg"),
    "flower": ("sklearn", "datasets/images/flower.jpg"),
    "rocket": ("skimage", "data/rocket.jpg"),
    "astronaut": ("skimage", "data/astronaut.png"),
    "horse": ("skimage", "data/horse.png"),
    "hubble": ("skimage", "data/hubble_deep_field.jpg"),
}
PHOTOGRAPHS = tuple(_FILES)


@cache
def photograph(slug: str) -> Image.Image:
    """One of PHOTOGRAPHS, mode RGB, 400 to 1000 pixels wide. Shared: callers must not change it.

    Raises:
        ValueError: there is no such photograph; the message lists those that there are.
    """
    if slug not in _FILES:
        raise ValueError(f"no photograph {slug!r}; there are: {', '.join(PHOTOGRAPHS)}")
    package, path = _FILES[slug]
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None
    with Image.open(Path(spec.origin).parent / path) as image:
        return image.convert("RGB")
