"""Recipe of the front page's films: each demonstration in miniature, computed by its own code.

A film is a strip of square frames, one below the other, in one WebP file that the browser cuts up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dashboard.classifiers import classifier, seen
from dashboard.codec import decode, encode
from dashboard.datasets import plane
from dashboard.datasets.images import sample
from dashboard.datasets.photographs import photograph
from dashboard.datasets.scenes import render
from dashboard.datasets.scenes.grammar import LANGUAGES
from dashboard.datasets.scenes.sampling import EXHIBITED
from dashboard.generation.sampling import Request
from dashboard.generation.sampling import Settings as Sampling
from dashboard.generation.sampling import sample as generate
from dashboard.home.drawn import DIGIT, TOLD
from dashboard.latent.coders import coder
from dashboard.network.maps import maps
from dashboard.network.settings import Settings as NetworkSettings
from dashboard.network.training import train
from dashboard.palette import BLUE, NEUTRAL, ORANGE
from dashboard.perceptron.experiment import Settings, experiment
from dashboard.recognition.attributions import attribute
from dashboard.scenes.describing import tell

SIDE = 112  # pixels of a frame
FOLDER = Path(__file__).parents[2] / "static" / "films"
MESSAGE = 1000  # characters
SHORT = 160  # characters of the describer's text on the front page
_FINE = 4  # points are drawn this many times larger, then reduced
_DARK = (16, 20, 27)

Bytes = NDArray[np.uint8]


def make(folder: Path = FOLDER) -> None:
    """Write `folder`/SLUG.webp for every page that has a film, and what the front page draws and says."""
    folder.mkdir(parents=True, exist_ok=True)
    for slug, frames in FILMS.items():
        strip = Image.fromarray(np.concatenate(frames()))
        strip.save(folder / f"{slug}.webp", quality=60, method=6)
    _described().save(folder / "described.webp", quality=80, method=6)
    TOLD.write_text(json.dumps(told(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    _digit()


def perceptron() -> list[Bytes]:
    """A neuron's corrections on two clouds, from its first to its last."""
    result = experiment(Settings(data="separable", rule="rosenblatt", seed=3))
    assert result.run is not None
    limit = 1.25
    corrections = result.run.weights[1:]
    between = np.linspace(0, len(corrections) - 1, 4 * len(corrections))  # the line glides
    weights = np.stack([np.interp(between, np.arange(len(corrections)), w) for w in corrections.T], axis=1)
    across = np.linspace(-limit, limit, SIDE)
    x, y = np.meshgrid(across, -across)
    fields = [np.tanh(6 * (w[0] * x + w[1] * y + w[2]) / np.hypot(w[0], w[1])) for w in weights]
    points, labels = result.data.points, result.data.labels
    return [_dotted(_diverging(field), points / limit, labels > 0) for field in fields]


def network() -> list[Bytes]:
    """What a network of two hidden layers answers on two spirals, while it learns them."""
    settings = NetworkSettings(data="spiral", hidden=(8, 8), optimiser="adam", epochs=600, seed=1)
    split = plane.make(settings.data, settings.size, settings.noise, settings.train_share, settings.data_seed)
    film = train(settings, split)
    chosen = np.linspace(0, len(film.weights) - 1, 24).round().astype(int)
    answers = maps(film.weights[chosen], settings, film.sizes, split.task).output
    limit = float(np.abs(plane.grid(2)).max())
    points, labels = split.train_points[:60] / limit, split.train_targets[:60] > 0.5
    return [_dotted(_diverging(_enlarged(answer) / 127.5 - 1), points, labels) for answer in answers]


def latent() -> list[Bytes]:
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
        frame = Image.new("RGB", (SIDE, SIDE), _DARK)
        frame.paste(_ink(image, 84), (14, 2))
        pen = ImageDraw.Draw(frame)
        for k, value in enumerate(code / largest):
            left, middle, tall = 14 + 11 * k, 99, round(11 * abs(float(value)))
            top, bottom = (middle - tall, middle) if value > 0 else (middle, middle + tall)
            pen.rectangle((left + 1, top, left + 9, bottom), fill=BLUE if value > 0 else ORANGE)
        frames.append(np.asarray(frame))
    return frames


def message() -> list[Bytes]:
    """A photograph that a text of a thousand characters rebuilds, as ever more of the text is read."""
    photo = photograph("chelsea").crop((60, 0, 360, 300)).resize((240, 240), Image.Resampling.LANCZOS)
    text = encode(photo, MESSAGE)
    frames = []
    for count in np.geomspace(12, MESSAGE, 16).round().astype(int):
        frame = decode(text[:count]).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        ImageDraw.Draw(frame).rectangle((0, SIDE - 6, SIDE * count / MESSAGE, SIDE), fill="white")
        frames.append(np.asarray(frame))
    return [*frames, *frames[-1:] * 3]


def recognition() -> list[Bytes]:
    """Photographs, each with and without what speaks for its class (Grad-CAM)."""
    network = classifier("photos")
    frames = []
    for slug in ("chelsea", "coffee", "motorcycle", "flower"):
        photo = photograph(slug)
        square = photo.resize((SIDE, SIDE), Image.Resampling.LANCZOS, seen(photo.size))
        image = torch.from_numpy(network.prepare(photo))[None]
        target = int(network.module(image)[0].argmax())
        map_ = np.clip(attribute("gradcam", network.module, image, target), 0, None)
        lit = np.asarray(Image.fromarray((map_ / map_.max()).astype(np.float32)).resize((SIDE, SIDE)))
        plain = np.asarray(square)
        dim = plain * 0.35 + 0.65 * plain * lit[..., None]
        shown = np.clip(dim + lit[..., None] * 0.45 * (np.array(_rgb(BLUE)) - 60), 0, 255).astype(np.uint8)
        frames += [plain, shown, shown]
    return frames


def generation() -> list[Bytes]:
    """Nine digits on their way from noise."""
    film = generate(Request("digits"), Sampling(count=9, steps=18, seed=5))
    frames = []
    for images in [*film.frames, *film.frames[-1:].repeat(4, axis=0)]:
        sheet = Image.new("RGB", (SIDE, SIDE), _DARK)
        for k, image in enumerate(images):
            sheet.paste(_ink(image, 36), (1 + k % 3 * 37, 1 + k // 3 * 37))
        frames.append(np.asarray(sheet))
    return frames


FILMS: dict[str, Callable[[], Sequence[Bytes]]] = {
    "perceptron": perceptron,
    "neural_network": network,
    "latent_space": latent,
    "message": message,
    "image_recognition": recognition,
    "image_generation": generation,
}


def told() -> dict[str, str]:
    """What the describer says of the drawing of the game, by language."""
    return {language: tell(render(EXHIBITED, 0), SHORT, language).text for language in LANGUAGES}  # type: ignore[arg-type]


def _described() -> Image.Image:
    """The drawing of the game."""
    return Image.fromarray(render(EXHIBITED, 0)).resize((240, 240), Image.Resampling.LANCZOS)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def _diverging(values: NDArray[np.floating]) -> Bytes:
    """Values (h, w) in [-1, 1] in the diverging palette's colours, (h, w, 3)."""
    stops = np.array([_rgb(ORANGE), _rgb(NEUTRAL["light"]), _rgb(BLUE)])
    return np.stack(
        [np.interp(values, [-1, 0, 1], stops[:, channel]) for channel in range(3)], axis=-1
    ).astype(np.uint8)


def _enlarged(answer: Bytes) -> NDArray[np.float64]:
    return np.asarray(Image.fromarray(answer).resize((SIDE, SIDE), Image.Resampling.BICUBIC), dtype=float)


def _dotted(field: Bytes, points: NDArray[np.floating], positive: NDArray[np.bool_]) -> Bytes:
    """A picture of the square [-1, 1]² with its points, ringed in white."""
    large = Image.fromarray(field).resize((SIDE * _FINE,) * 2, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(large)
    for (x, y), blue in zip(points, positive, strict=True):
        at = ((x + 1) / 2 * SIDE * _FINE, (1 - y) / 2 * SIDE * _FINE)
        pen.circle(at, 9, fill=BLUE if blue else ORANGE, outline="white", width=3)
    return np.asarray(large.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def _ink(image: NDArray[np.floating], side: int) -> Image.Image:
    """A small image in [0, 1] as white ink on the dark ground."""
    grey = Image.fromarray((255 * np.clip(image, 0, 1)).astype(np.uint8))
    share = np.asarray(grey.resize((side, side), Image.Resampling.BICUBIC))[..., None] / 255
    return Image.fromarray((np.array(_DARK) * (1 - share) + 244 * share).astype(np.uint8))


def _digit(path: Path = DIGIT) -> None:
    """The front page's digit, one of the shipped sample, squeezed into sixteen numbers and rebuilt."""
    images = sample("digits")
    image = images.images[int(np.flatnonzero(images.labels == 3)[4])]
    squeezer = coder("digits", 16)
    code = squeezer.encode(image[None] / np.float32(255))
    rebuilt = (255 * squeezer.decode(code)[0]).round().astype(np.uint8)
    np.savez_compressed(path, image=image, code=code[0], rebuilt=rebuilt)
