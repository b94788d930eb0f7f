"""What the models of the drawn world learn from, how, and what is measured of them.

Training scenes have seeds from 0 on, scenes to measure with from a thousand million on.
"""

from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard import zoo
from dashboard.datasets.scenes import render, sample
from dashboard.datasets.scenes.asking import best, one_hot, right, some
from dashboard.datasets.scenes.facts import OPEN, SIZES_OF_ANSWERS, facts
from dashboard.models.scene_coder import SceneCoder, likeness
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.scenes.describing import as_input
from dashboard.scenes.drawing import flow

TRAINING, MEASURED, FIRST_MEASURED = 62_500, 2_000, 1_000_000_000
CACHE = Path("checkpoints")
ALL_ASKED, LEFT_OPEN = 0.6, 0.1  # how often the drawer is told everything, and nothing
JITTER = 0.12  # noise on the codes that the decoder learns from: drawn codes are not perfect


@cache
def world(count: int, first: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    """Images (count, 64, 64, 3) and rows of facts of scenes with these seeds, kept in a file once drawn."""
    path = CACHE / f"scenes-{first}-{count}.npz"
    if not path.is_file():
        scenes = [sample(Random(seed)) for seed in range(first, first + count)]
        images = np.stack([render(scene, first + i) for i, scene in enumerate(scenes)])
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, images=images, rows=np.stack([facts(scene) for scene in scenes]))
    with np.load(path) as kept:
        return kept["images"], kept["rows"]


def training() -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    return world(TRAINING)


def measured() -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    return world(MEASURED, FIRST_MEASURED)


@cache
def codes(first: int, count: int) -> Tensor:
    """Codes (count, latent) of these scenes."""
    coder, (images, _) = zoo.load("scenes-coder"), world(count, first)
    assert isinstance(coder, SceneCoder)
    with torch.inference_mode():
        return torch.cat([coder.encode(as_input(images[i : i + 500])) for i in range(0, count, 500)])


def components(model: nn.Module) -> None:
    """The linear part of the coder."""
    assert isinstance(model, SceneCoder)
    model.fit_components(as_input(training()[0][:16_000]))


def rebuilding(model: nn.Module, random: np.random.Generator) -> Tensor:
    """What the decoder gets wrong of images whose codes are a little off."""
    assert isinstance(model, SceneCoder)
    images = as_input(training()[0][random.integers(0, TRAINING, 24)])
    with torch.no_grad():
        exact = model.encode(images)
        copies = model.linear(exact + JITTER * torch.randn_like(exact))
    with torch.autocast("cpu", torch.bfloat16):
        sharpened = model.refine(copies.contiguous(memory_format=torch.channels_last))
    return likeness(sharpened.float(), images)


def rebuilt(model: nn.Module) -> dict[str, float]:
    """Peak signal-to-noise ratio (decibels) of linear and decoded copies, and the error of linear ones."""
    assert isinstance(model, SceneCoder)
    images = as_input(measured()[0][:1_000])
    with torch.inference_mode():
        exact = model.encode(images)
        linear = (model.linear(exact) - images).square().mean((1, 2, 3))
        decoded = torch.cat([model.decode(exact[i : i + 100]) for i in range(0, len(exact), 100)])
    wrong = (decoded - images).square().mean((1, 2, 3))
    return {
        "linear_psnr": _decibels(linear),
        "psnr": _decibels(wrong),
        "linear_error_p99": float(torch.quantile(linear, 0.99)),
    }


def _decibels(errors: Tensor) -> float:
    return float(-10 * (errors / 4).log10().mean())  # values span 2, from -1 to 1


def telling(logits: Tensor, rows: NDArray[np.int8]) -> Tensor:
    """Cross-entropy of the answers (n, answers), summed over the questions that have one."""
    wanted, total = torch.tensor(rows).long(), torch.zeros(())
    for question, part in enumerate(logits.float().split(SIZES_OF_ANSWERS, dim=1)):
        total = total + F.cross_entropy(part, wanted[:, question], ignore_index=OPEN, reduction="sum")
    return total / len(rows)


def seeing(model: nn.Module, random: np.random.Generator) -> Tensor:
    """The eye on images, one in five of them rebuilt from its code: it will be shown drawn ones."""
    images, rows = training()
    chosen = random.integers(0, TRAINING, 64)
    shown, coder = as_input(images[chosen]), zoo.load("scenes-coder")
    assert isinstance(coder, SceneCoder)
    with torch.no_grad():
        shown[:12] = coder.linear(coder.encode(shown[:12])).clamp(-1, 1)
    with torch.autocast("cpu", torch.bfloat16):
        logits = model(shown.contiguous(memory_format=torch.channels_last))
    return telling(logits, rows[chosen])


def seen(model: nn.Module) -> dict[str, float]:
    images, rows = measured()
    with torch.inference_mode():
        logits = torch.cat([model(as_input(images[i : i + 250])) for i in range(0, MEASURED, 250)])
    return right(best(logits.numpy()), rows)


def matching(model: nn.Module, random: np.random.Generator) -> Tensor:
    """Squared error of the velocity between a noise and a code, at moments of a logistic-normal law."""
    assert isinstance(model, SceneDrawer)
    chosen = random.integers(0, TRAINING, 64)
    rows, points = training()[1][chosen], codes(0, TRAINING)[chosen]
    everything = random.random((len(rows), 1)) < ALL_ASKED
    asked = torch.tensor(one_hot(rows, some(rows, random) | everything))
    asked = asked * (torch.rand(len(asked), 1) >= LEFT_OPEN)
    noise, times = torch.randn_like(points), torch.randn(len(points)).sigmoid()
    with torch.autocast("cpu", torch.bfloat16):
        velocity = model(torch.lerp(noise, points, times[:, None]), times, asked)
    return F.mse_loss(velocity.float(), points - noise)


def drawn(model: nn.Module) -> dict[str, float]:
    """What the eye sees in images drawn of all facts of 500 new scenes, by aspect, at guidance 1 and 2."""
    assert isinstance(model, SceneDrawer)
    eye, coder = zoo.load("scenes-eye"), zoo.load("scenes-coder")
    assert isinstance(coder, SceneCoder)
    rows = measured()[1][:500]
    noise = torch.randn(len(rows), model.latent, generator=torch.Generator().manual_seed(0))
    found = {}
    with torch.inference_mode():
        for guidance in (1.0, 2.0):
            points = flow(model, noise, torch.tensor(one_hot(rows)), 12, guidance)[-1]
            parts = [eye(coder.decode(points[i : i + 100])) for i in range(0, len(points), 100)]
            for aspect, share in right(best(torch.cat(parts).numpy()), rows).items():
                found[f"{aspect}_guided_{guidance:.0f}"] = share
    return found
