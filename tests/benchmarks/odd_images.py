"""Every image fits: `python -m tests.benchmarks.odd_images`.

Odd images of random sizes, modes and limits, each to a text and back. Counted: those that raise, that are
over their limit, or that come back in another size than they should.
"""

from __future__ import annotations

import argparse
import io
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
from PIL import Image

from dashboard.codec import decode, encode
from dashboard.codec.picture import LONGEST_SIDE
from dashboard.codec.sender import SHORTEST
from dashboard.codec.text import LONGEST
from tests.benchmarks.report import print_report

HUGE = 40  # one image in so many has up to 6000 x 3000 pixels
Make = Callable[[np.random.Generator, int, int], Image.Image]


def noise(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    return Image.fromarray(rng.integers(0, 256, (height, width, 3), dtype=np.uint8))


def one_colour(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width, height), tuple(rng.integers(0, 256, 3).tolist()))


def ramp(rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """(height, width), 0 to 1."""
    across = np.add.outer(np.arange(height) * rng.random(), np.arange(width) * rng.random())
    return across / max(across.max(), 1)


def in_mode(mode: str) -> Make:
    return lambda rng, width, height: noise(rng, width, height).convert(mode)


def with_clear_palette(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """A GIF that has been saved and opened again, one of its colours transparent."""
    file = io.BytesIO()
    noise(rng, width, height).quantize(int(rng.integers(2, 64))).save(file, "GIF", transparency=0)
    return Image.open(io.BytesIO(file.getvalue()))


def transparent(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    return Image.fromarray(rng.integers(0, 256, (height, width, 4), dtype=np.uint8))


def deep(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    return Image.fromarray((ramp(rng, width, height) * 65535).astype(np.uint16))


def real(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Real numbers, some of them infinite or none."""
    values = (ramp(rng, width, height) * 10.0 ** rng.integers(-3, 6)).astype(np.float32)
    values.flat[:: int(rng.integers(1, 50))] = rng.choice([np.nan, np.inf, -np.inf])
    return Image.fromarray(values)


KINDS: dict[str, Make] = {
    "noise": noise,
    "one colour": one_colour,
    "transparent": transparent,
    "palette": with_clear_palette,
    "16 bits": deep,
    "real numbers": real,
    **{mode: in_mode(mode) for mode in ("1", "L", "LA", "P", "CMYK", "YCbCr", "HSV", "LAB", "I")},
}


def size(rng: np.random.Generator, number: int) -> tuple[int, int]:
    """Mostly small, often as thin as a line, now and then huge."""
    if number % HUGE == 0:
        return int(rng.integers(513, 6000)), int(rng.integers(1, 3000))
    width, height = (int(2 ** rng.uniform(0, 6.5)) for _ in range(2))
    if number % 7 == 0:
        width, height = 1, int(rng.integers(1, 501))
    return (width, height) if rng.random() < 0.5 else (height, width)


def fault(image: Image.Image, characters: int) -> str | None:
    """What is wrong with an image's way there and back."""
    try:
        text = encode(image, characters)
        back = decode(text)
    except Exception as error:  # this is what is being counted
        return f"{type(error).__name__}: {error}"
    if len(text) > characters:
        return "too long"
    shrink = min(1.0, LONGEST_SIDE / max(image.size))
    return None if back.size == tuple(max(1, round(side * shrink)) for side in image.size) else "size"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=3_600, help="stop after so many")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    rng = np.random.default_rng(asked.seed)
    started = time.monotonic()
    faults: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for number in range(asked.images):
        if time.monotonic() - started > asked.seconds:
            break
        kind = list(KINDS)[number % len(KINDS)]
        image = KINDS[kind](rng, *size(rng, number))
        characters = int(np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST))))
        seen[kind] += 1
        if wrong := fault(image, characters):
            faults[f"{kind} {image.size} {characters}: {wrong}"] += 1
    print_report(images=seen.total(), kinds=dict(seen), faults=dict(faults))


if __name__ == "__main__":
    main()
