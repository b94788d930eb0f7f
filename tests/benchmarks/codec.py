"""The message against JPEG, WebP and AVIF in as many bytes: `python -m tests.benchmarks.codec DATA`.

DATA is the folder of the recipe's data. Thumbnails: some of the last 3,000, never trained on, at 250, 500 and
1000 characters. Photographs: the last 60 of BSDS500's, never trained on, at 1000 and 2000. A rival that does
not fit counts as beaten and is left out of its mean.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard.codec import decode, encode, rivals
from dashboard.codec.quality import psnr, ssim
from dashboard.codec.text import BITS
from dashboard.recipes.message import HELD_OUT, PHOTOGRAPHS_HELD_OUT, photographs, thumbnails
from tests.benchmarks.report import measure, print_report


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--thumbnails", type=int, default=200)
    parser.add_argument("--photographs", type=int, default=PHOTOGRAPHS_HELD_OUT)
    asked = parser.parse_args()
    small = thumbnails(asked.data)[-HELD_OUT :: HELD_OUT // asked.thumbnails]
    large = photographs(asked.data)[-PHOTOGRAPHS_HELD_OUT:][: asked.photographs]
    photo = Image.fromarray(large[0])
    text = encode(photo, 1000)
    print_report(
        thumbnails={n: compared(list(small), n) for n in (250, 500, 1000)},
        photographs={n: compared(large, n) for n in (1000, 2000)},
        encode_thumbnail=measure(lambda: encode(Image.fromarray(small[0]), 1000), 10),
        encode_photograph=measure(lambda: encode(photo, 1000), 10),
        decode_photograph=measure(lambda: decode(text), 10),
    )


def compared(images: list[NDArray[np.uint8]], characters: int) -> dict[str, Any]:
    """Mean PSNR and SSIM of the message, of each rival that fits, and how often the message wins by each."""
    ours, theirs = [], {name: [] for name in rivals.FORMATS}
    for pixels in images:
        image = Image.fromarray(pixels)
        ours.append(_figures(image, decode(encode(image, characters))))
        for name, found in theirs.items():
            best = rivals.best(image, name, characters * BITS // 8)
            found.append(_figures(image, best.image) if best else (-np.inf, -np.inf))
    report: dict[str, Any] = {"n": len(images), "message": _means(np.array(ours))}
    for name, found in theirs.items():
        values = np.array(found)
        fits = np.isfinite(values[:, 0])
        won = (np.array(ours) > values).mean(0)
        report[name] = {
            "fits": int(fits.sum()),
            **(_means(values[fits]) if fits.any() else {}),
            "beaten_psnr": round(float(won[0]), 3),
            "beaten_ssim": round(float(won[1]), 3),
        }
    return report


def _figures(image: Image.Image, redrawn: Image.Image) -> tuple[float, float]:
    return psnr(image, redrawn), ssim(image, redrawn)


def _means(values: NDArray[np.float64]) -> dict[str, float]:
    return {"psnr": round(float(values[:, 0].mean()), 2), "ssim": round(float(values[:, 1].mean()), 4)}


if __name__ == "__main__":
    main()
