"""Photographs as phones take them, made here: the time to open each, and the memory that it takes.

Each is opened in a process of its own, so that the peak is that photograph's.
"""

import argparse
import io
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from dashboard import images
from tests.benchmarks.report import print_report, spread
from tests.conftest import ROOT

RUNS = 3
FAST = {"preset": "ultrafast"}
HEIC = {"format": "HEIF", "quality": 60, "tile_size": 512, "enc_params": FAST}


def photograph(width: int, height: int) -> Image.Image:
    """A cat enlarged, with the noise of a sensor, which is what makes a photograph's file large."""
    pixels = np.array(Image.fromarray(data.chelsea()).resize((width, height), Image.Resampling.BICUBIC))
    rng = np.random.default_rng(0)
    for top in range(0, height, 1024):
        band = pixels[top : top + 1024]
        band[:] = np.clip(band + rng.integers(-5, 6, band.shape, dtype=np.int16), 0, 255)
    return Image.fromarray(pixels)


def saved(image: Image.Image, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, **options)
    return file.getvalue()


def makers() -> dict[str, Callable[[], bytes]]:
    """By name; the largest of what the other formats may have too."""
    jpeg = {"format": "JPEG", "quality": 90}

    def flat(megapixels: int, mode: str = "RGB") -> Image.Image:
        height = int((megapixels * 750_000) ** 0.5)
        return Image.new(mode, (height * 4 // 3, height), 90)

    return {
        "JPEG 12 MP": lambda: saved(photograph(4032, 3024), **jpeg),
        "JPEG 50 MP": lambda: saved(photograph(8160, 6120), **jpeg),
        "JPEG 50 MP, progressive": lambda: saved(photograph(8160, 6120), progressive=True, **jpeg),
        "JPEG 108 MP": lambda: saved(photograph(12000, 9000), **jpeg),
        "HEIC 12 MP": lambda: saved(photograph(4032, 3024), **HEIC),
        "HEIC 24 MP": lambda: saved(photograph(5600, 4200), **HEIC),
        "HEIC 48 MP": lambda: saved(photograph(8064, 6048), **HEIC),
        "HEIC 108 MP": lambda: saved(photograph(12000, 9000), **HEIC),
        "PNG with transparency, largest": lambda: saved(flat(40, "RGBA"), format="PNG", compress_level=1),
        "WebP, largest": lambda: saved(flat(15), format="WEBP", method=0),
        "AVIF, largest": lambda: saved(flat(25), format="AVIF", speed=10),
        "TIFF of numbers, largest": lambda: saved(flat(35, "F"), format="TIFF", compression="tiff_lzw"),
    }


def opened(path: Path) -> dict[str, float]:
    """Open one file once, in this process; milliseconds, and megabytes at the peak above those before."""
    content = path.read_bytes()
    images.load(images.to_png(Image.new("RGB", (64, 64))))
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew: it is inherited from the parent
    before, started, spent = peak(), time.perf_counter(), time.process_time()
    images.load(content)
    wall, cpu = time.perf_counter() - started, time.process_time() - spent
    return {"wall_ms": wall * 1e3, "cpu_ms": cpu * 1e3, "peak_mb": peak() - before}


def peak() -> float:
    """Megabytes that this process has had in memory at most (Linux)."""
    (line,) = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    return int(line) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=Path, help="one file, in this process")
    asked = parser.parse_args()
    if asked.open:
        print(json.dumps(opened(asked.open)))
        return
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in makers().items():
            path = Path(folder) / "photo"
            path.write_bytes(make())
            command = [sys.executable, "-m", "tests.benchmarks.photos", "--open", str(path)]
            runs = [json.loads(subprocess.check_output(command, cwd=ROOT)) for _ in range(RUNS)]
            found[name] = {"file_mb": round(path.stat().st_size / 1e6, 1)} | {
                key: spread([run[key] for run in runs], 0) for key in runs[0]
            }
    print_report(limit_megabytes=images.MAX_MEGABYTES, photos=found)


if __name__ == "__main__":
    main()
