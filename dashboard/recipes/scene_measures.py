"""What is measured of the networks of the drawn world: on new scenes, judged by the eye and by the reader."""

from collections.abc import Sequence
from functools import cache
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dashboard import zoo
from dashboard.datasets.photographs import PHOTOGRAPHS, photograph
from dashboard.datasets.scenes import Scene, render, sample
from dashboard.datasets.scenes.asking import best, right
from dashboard.datasets.scenes.facts import OPEN, QUESTIONS, facts
from dashboard.datasets.scenes.grammar import NAMES, RELATION, order, say
from dashboard.datasets.scenes.grammar.compose import Composer
from dashboard.datasets.scenes.grammar.words import PARAPHRASES
from dashboard.models.scene_autoencoder import SceneAutoencoder
from dashboard.models.scene_describer import SceneDescriber
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.scenes import drawing, images, keeping, reading
from dashboard.scenes.describing import write_all
from dashboard.scenes.images import as_input
from dashboard.scenes.reading import Understood

MEASURED, FIRST_MEASURED = 2_000, 1_000_000_000
LIMITS = (60, 250, 1_000)
PART = 50  # of what is computed at once


@cache
def world(count: int = MEASURED) -> tuple[list[Scene], NDArray[np.uint8], NDArray[np.int8]]:
    """Scenes that no network learnt from, their images (count, 64, 64, 3) and their rows of facts."""
    scenes = [sample(Random(FIRST_MEASURED + i)) for i in range(count)]
    pictures = np.stack([render(scene, FIRST_MEASURED + i) for i, scene in enumerate(scenes)])
    return scenes, pictures, np.stack([facts(scene) for scene in scenes])


def rebuilt(model: nn.Module) -> dict[str, float]:
    """Peak signal-to-noise ratio of rebuilt images in decibels."""
    assert isinstance(model, SceneAutoencoder)
    shown = as_input(world()[1])
    with zoo.inference():
        drawn = torch.cat([model.decode(model.encode(part)) for part in shown.split(PART)])
    wrong = (drawn - shown).square().mean((1, 2, 3))
    return {"psnr": float(-10 * (wrong / 4).log10().mean())}  # values span 2, from -1 to 1


def _answers(model: nn.Module, shown: torch.Tensor) -> NDArray[np.int8]:
    with zoo.inference():
        return best(torch.cat([model(part) for part in shown.split(PART)]).numpy())


def seen(model: nn.Module) -> dict[str, float]:
    """Right answers by aspect, on images and ("_rebuilt") on what the autoencoder makes of them."""
    _, pictures, rows = world()
    shown = as_input(pictures)
    with zoo.inference():
        again = torch.cat([images.autoencoder()(part) for part in shown.split(PART)])
    again = again.clamp(-1, 1)
    measured = right(_answers(model, shown), rows)
    return measured | {f"{k}_rebuilt": v for k, v in right(_answers(model, again), rows).items()}


def _written(scene: Scene, number: int, paraphrased: bool) -> tuple[Understood, NDArray[np.bool_]]:
    """What a text about a scene is taken to say; which questions about the scene it answers."""
    lots, language = Random(number), NAMES[number % 2]
    row = facts(scene)
    if paraphrased:
        told = frozenset(order(scene, False)[:9])
        text = Composer(scene, told, PARAPHRASES[language], lots.getrandbits(32)).text()
    else:
        said = say(scene, 400, language, lots, further=False)
        text, told = said.text, said.facts
    asked = np.isin(np.arange(len(row)), [one for one in told if one != RELATION])
    return reading.read(text), asked & (row != OPEN)


def drawn(model: nn.Module) -> dict[str, float]:
    """What the eye sees of what was asked: by texts of the grammar, and of paraphrases none learnt from."""
    assert isinstance(model, SceneDrawer)
    eye, (scenes, _, rows) = zoo.load("scenes-eye"), world()
    measured: dict[str, float] = {}
    for name, paraphrased in (("", False), ("_paraphrased", True)):
        texts, asked = zip(*(_written(scene, i, paraphrased) for i, scene in enumerate(scenes)), strict=True)
        with zoo.inference():
            made = [
                _drawings(model, start, texts[start : start + PART]) for start in range(0, MEASURED, PART)
            ]
        scores = right(_answers(eye, torch.cat(made)), rows, np.stack(asked))
        measured |= {f"{aspect}{name}": share for aspect, share in scores.items()}
    return measured


def _drawings(model: SceneDrawer, seed: int, texts: Sequence[Understood]) -> torch.Tensor:
    """Images (n, 3, 64, 64) of texts, as they are drawn."""
    words = [drawing.numbered(text, f"{seed} {number}")[0] for number, text in enumerate(texts)]
    points = drawing.noise(model, len(words), seed)
    met, _ = drawing.flow(model, points, drawing.filled(words), drawing.STEPS, drawing.GUIDANCE)
    return images.autoencoder().decode(met[-1])


def described(model: nn.Module) -> dict[str, float]:
    """What the reader finds in texts about new scenes, at three limits.

    Of all facts those told rightly ("kept"), of those told the wrong ones; under the last limit those told
    rightly by aspect, of all ("kinds": all subjects, and no other); the shares of scenes that are taken for
    none, and of pieces of photographs taken for one.
    """
    assert isinstance(model, SceneDescriber)
    scenes, pictures, _ = world()
    measured: dict[str, float] = {}
    over = 0
    for limit in LIMITS:
        shares: list[float] = []
        fates: dict[str, list[str]] = {}
        alike: list[bool] = []
        for number, start in enumerate(range(0, MEASURED, PART)):
            language = NAMES[number % len(NAMES)]
            told = write_all(model, pictures[start : start + PART], [limit] * PART, language)
            for scene, one in zip(scenes[start : start + PART], told, strict=True):
                over += len(one.text) > limit
                understood = reading.read(one.text)
                found = keeping.told(scene, understood)
                shares.append(found.count("told") / len(found))
                alike.append({*understood.kinds} == {subject.kind for subject in scene.subjects})
                for fact, fate in zip(keeping.sayable(scene), found, strict=True):
                    fates.setdefault(QUESTIONS[fact].aspect, []).append(fate)
        every = [fate for ones in fates.values() for fate in ones]
        said = len(every) - every.count("open")
        measured |= {f"kept_{limit}": float(np.mean(shares)), f"wrong_{limit}": every.count("wrong") / said}
    measured |= {aspect: ones.count("told") / len(ones) for aspect, ones in fates.items()}
    refused, taken = (float((strangeness(model, shown) > 1).mean()) for shown in (pictures, photographed()))
    return measured | {
        "kinds": float(np.mean(alike)),
        "over_the_limit": float(over),
        "scenes_refused": refused,
        "photographs_taken": 1 - taken,
    }


def strangeness(model: SceneDescriber, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How strange images (n, 64, 64, 3) are to a describer: (n,), see `SceneDescriber.strange`."""
    with zoo.inference():
        return torch.cat([model.strange(part) for part in as_input(pictures).split(PART)]).numpy()


def photographed(each: int = 50) -> NDArray[np.uint8]:
    """Pieces (n, 64, 64, 3) cut at random from every sample photograph, `each` from each."""
    lots, found = Random(0), []
    for slug in PHOTOGRAPHS:
        whole = photograph(slug)
        for _ in range(each):
            side = lots.randint(64, min(whole.size))
            left, top = (lots.randint(0, most - side) for most in whole.size)
            found.append(images.as_pixels(whole.crop((left, top, left + side, top + side))))
    return np.stack(found)
