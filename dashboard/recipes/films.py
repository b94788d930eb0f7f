"""Recipe of the front page's films: each demonstration in miniature, by the `film.py` of its package.

A film is a strip of square frames, one below the other, in one WebP file that the browser cuts up.
"""

import json
from importlib import import_module
from pathlib import Path

import numpy as np
from PIL import Image

import dashboard
from dashboard.datasets.images import sample
from dashboard.datasets.scenes import render
from dashboard.datasets.scenes.grammar import LANGUAGES
from dashboard.datasets.scenes.sampling import ORIGINAL
from dashboard.datasets.shipped import shipped_path
from dashboard.latent.coders import coder
from dashboard.scenes.describing import tell

FOLDER = Path(__file__).parents[2] / "static" / "films"
SHORT = 160  # characters of the describer's text on the front page


def make(folder: Path = FOLDER) -> None:
    """Write `folder`/SLUG.webp for every page that has a film, and what the front page draws and says."""
    folder.mkdir(parents=True, exist_ok=True)
    for script in sorted(Path(dashboard.__path__[0]).glob("*/film.py")):
        film = import_module(f"dashboard.{script.parent.name}.film")
        strip = Image.fromarray(np.concatenate(film.frames()))
        strip.save(folder / f"{film.PAGE}.webp", quality=60, method=6)
    _described().save(folder / "described.webp", quality=80, method=6)
    text = json.dumps(told(), indent=2, ensure_ascii=False)
    shipped_path("home-told.json").write_text(f"{text}\n", encoding="utf-8")
    _digit()


def told() -> dict[str, str]:
    """What the describer says of the drawing of the game, by language."""
    return {language: tell(render(ORIGINAL, 0), SHORT, language).text for language in LANGUAGES}


def _described() -> Image.Image:
    """The drawing of the game."""
    return Image.fromarray(render(ORIGINAL, 0)).resize((240, 240), Image.Resampling.LANCZOS)


def _digit() -> None:
    """The front page's digit, one of the shipped sample, squeezed into sixteen numbers and rebuilt."""
    images = sample("digits")
    image = images.images[int(np.flatnonzero(images.labels == 3)[4])]
    squeezer = coder("digits", 16)
    code = squeezer.encode(image[None] / np.float32(255))
    rebuilt = (255 * squeezer.decode(code)[0]).round().astype(np.uint8)
    np.savez_compressed(shipped_path("home-digit.npz"), image=image, code=code[0], rebuilt=rebuilt)
