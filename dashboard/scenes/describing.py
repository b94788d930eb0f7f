"""An image of the drawn world -> a text: what a network sees in the pixels, under a limit of characters.

A network tells the facts from the pixels alone; the grammar of `dashboard.datasets.scenes.grammar` puts them
in words.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from dashboard import zoo
from dashboard.datasets.scenes.asking import shares
from dashboard.datasets.scenes.facts import INDEX, QUESTIONS
from dashboard.datasets.scenes.grammar import LONGEST, SHORTEST, LanguageName, say
from dashboard.datasets.scenes.render import SIDE
from dashboard.datasets.scenes.world import (
    COLOURS_OF,
    DETAILS,
    FACES,
    KINDS,
    POSES_OF,
    TALL,
    Kind,
    Scene,
    Subject,
)
from dashboard.models.scene_coder import SceneCoder
from dashboard.models.scene_eye import SceneEye

EYE, CODER = "scenes-eye", "scenes-coder"
UNFAMILIAR = 1.5  # times the error of nearly every scene: what is rebuilt worse is no scene
CHOICES = 2  # answers to each question that are tried when the likeliest do not fit together
Shares = list[NDArray[np.float32]]  # of each question, the probability of every answer


@dataclass(frozen=True)
class Description:
    """What was seen in an image and said of it.

    Attributes:
        text: at most as long as was asked; facts: the questions that it answers.
        scene: what was seen; shares: for each question the probability of every answer.
    """

    text: str
    facts: frozenset[int]
    scene: Scene
    shares: Shares


def describe(
    image: Image.Image | NDArray[np.uint8], characters: int = LONGEST, language: LanguageName = "fr"
) -> str:
    """An image of the drawn world in at most `characters` characters, most important facts first.

    Args:
        image: RGB, of any size; it is reduced to 64 x 64 pixels.
        characters: from 12 to 1000.
        language: "fr" or "en".

    Raises:
        ValueError: the limit is out of range, or the image is none of the drawn world.
    """
    pixels = as_pixels(image)
    if not familiar(pixels):
        raise ValueError("the describer knows only its drawn world, and this image is not of it")
    return tell(look(pixels[None])[0], characters, language).text


def tell(seen: Shares, characters: int, language: LanguageName, seed: int = 0) -> Description:
    """What was seen, in words; another seed chooses other words.

    Raises:
        ValueError: the limit is not between 12 and 1000 characters.
    """
    if not SHORTEST <= characters <= LONGEST:
        raise ValueError(f"a text has {SHORTEST} to {LONGEST} characters, not {characters}")
    scene = likeliest(seen)
    said = say(scene, characters, language, Random(seed))
    return Description(said.text, said.facts, scene, seen)


def as_pixels(image: Image.Image | NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Any image as (64, 64, 3) sRGB."""
    picture = image if isinstance(image, Image.Image) else Image.fromarray(image)
    picture = picture.convert("RGB")
    if picture.size != (SIDE, SIDE):
        picture = picture.resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(picture)


def as_input(images: NDArray[np.uint8]) -> torch.Tensor:
    """Images (n, 64, 64, 3) as the networks take them, (n, 3, 64, 64) in [-1, 1]."""
    return torch.tensor(images).permute(0, 3, 1, 2).float() / 127.5 - 1


def look(images: NDArray[np.uint8]) -> list[Shares]:
    """What the network sees in each of (n, 64, 64, 3) images."""
    eye = zoo.load(EYE)
    assert isinstance(eye, SceneEye)
    with zoo.inference():
        logits = eye(as_input(images)).numpy()
    found = shares(logits)
    return [[part[i] for part in found] for i in range(len(images))]


def familiar(pixels: NDArray[np.uint8]) -> bool:
    """Whether an image (64, 64, 3) can be rebuilt about as well as scenes can."""
    coder = zoo.load(CODER)
    assert isinstance(coder, SceneCoder)
    image = as_input(pixels[None])
    with zoo.inference():
        error = float((coder.linear(coder.encode(image)) - image).square().mean())
    return error <= UNFAMILIAR * zoo.card(CODER).measured["linear_error_p99"]


def likeliest(seen: Shares) -> Scene:
    """The most probable scene of the world: one or two subjects, the likeliest answers that fit together."""
    place = QUESTIONS[0].answers[int(seen[0].argmax())]
    possible = [kind for kind in KINDS if place != "room" or kind not in TALL]
    there = sorted(possible, key=lambda kind: -_chance(seen, kind, "present", 1))
    count = 2 if _chance(seen, there[1], "present", 1) > math.log(0.5) else 1
    kinds = sorted(there[:count], key=KINDS.index)  # pets are spoken of first
    best: tuple[float, Scene] | None = None
    for chosen in itertools.product(*(_subjects(seen, kind) for kind in kinds)):
        for members, reaching in itertools.product((chosen, chosen[::-1]), (False, True)):
            score = sum(one[0] for one in members) + _chance(seen, None, "reaching", int(reaching))
            if best is None or score > best[0]:
                scene = _valid(seen, [one[1] for one in members], reaching)
                best = (score, scene) if scene else best
    assert best is not None  # two sides, two sizes, and no paw stretched: some of these always fit
    return best[1]


def _subjects(seen: Shares, kind: Kind) -> list[tuple[float, Subject]]:
    """Likely readings of one subject, with the logarithm of their probability."""

    def best(aspect: str, allowed: Sequence[str]) -> list[tuple[float, str]]:
        part, answers = seen[INDEX[kind, aspect]], QUESTIONS[INDEX[kind, aspect]].answers
        rated = [
            (math.log(float(part[i]) + 1e-9), answer) for i, answer in enumerate(answers) if answer in allowed
        ]
        return sorted(rated, reverse=True)[:CHOICES]

    def all_of(aspect: str) -> tuple[str, ...]:
        return QUESTIONS[INDEX[kind, aspect]].answers

    none: list[tuple[float, str | None]] = [(0.0, None)]
    found = []
    for parts in itertools.product(
        best("colour", COLOURS_OF[kind])[:1],
        best("side", all_of("side")),
        best("size", all_of("size")),
        best("pose", POSES_OF[kind]) or none,
        best("facing", all_of("facing")) if kind in FACES else none,
    ):
        (_, colour), (_, side), (_, size), (_, pose), (_, facing) = parts
        subject = Subject(kind, colour, side, size, pose, facing)  # type: ignore[arg-type]
        found.append((sum(part[0] for part in parts), subject))
    return sorted(found, key=lambda one: -one[0])


def _valid(seen: Shares, members: Sequence[Subject], reaching: bool) -> Scene | None:
    place = QUESTIONS[0].answers[int(seen[0].argmax())]
    shining = bool(seen[INDEX[None, "shining"]].argmax())
    detail = int(seen[INDEX[None, "detail"]].argmax())
    try:
        return Scene(place, tuple(members), shining, detail % len(DETAILS[place]), reaching)  # type: ignore[arg-type, index]
    except ValueError:
        return None


def _chance(seen: Shares, kind: Kind | None, aspect: str, answer: int) -> float:
    """The logarithm of the probability of one answer."""
    return math.log(float(seen[INDEX[kind, aspect]][answer]) + 1e-9)
