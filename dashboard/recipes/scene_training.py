"""How the networks of the drawn world learn for a given time, on a GPU where there is one."""

import copy
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.datasets.scenes.facts import OPEN, SIZES_OF_ANSWERS
from dashboard.models.scene_autoencoder import SceneAutoencoder, likeness
from dashboard.models.scene_describer import SceneDescriber
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.models.scene_reader import SceneReader
from dashboard.recipes.scene_pool import Pool, Resident
from dashboard.recipes.training import between

EVERY = 100  # steps between looks at the pool
LENGTHS = (16, 40, 96, 200)  # words of a text: a batch has texts up to one of these
PIECE_LENGTHS = (24, 64, 130, 260)
LEFT_OPEN = 0.1  # how often the drawer is told nothing


@dataclass(frozen=True)
class Budget:
    """How long and how fast to learn: AdamW, the rate up over `warmup` of the time, down on a cosine.

    `average` is the share of the averaged weights that each step keeps.
    """

    seconds: float
    batch: int
    lr: float
    weight_decay: float = 0.02
    warmup: float = 0.03
    average: float = 0.999
    seed: int = 0


def device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def learn(
    model: nn.Module,
    loss: Callable[[nn.Module, int], Tensor],
    held: Resident,
    budget: Budget,
    report: Callable[[str], None] = print,
    saved: Callable[[nn.Module], None] | None = None,
) -> tuple[nn.Module, dict[str, Any]]:
    """Minimise `loss(model, batch)` until the time is up; the averaged model in eval mode, and what it cost.

    Args:
        held: what the loss draws its batches from, refreshed on the way.
        saved: called with the averaged model every minute.
    """
    torch.manual_seed(budget.seed)
    model = model.to(held.device)
    averaged = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(
        model.parameters(),
        lr=budget.lr,
        weight_decay=budget.weight_decay,
        betas=(0.9, 0.99),
        fused=held.device.type == "cuda",
    )
    while held.count < 4 * budget.batch:
        time.sleep(0.2)
        held.refresh()
    started, told, step, recent = time.monotonic(), 0.0, 0, 0.0
    while (spent := time.monotonic() - started) < budget.seconds:
        for group in optimiser.param_groups:
            group["lr"] = budget.lr * _pace(spent / budget.seconds, budget.warmup)
        with torch.autocast(held.device.type, torch.bfloat16):
            wrong = loss(model.train(), budget.batch)
        optimiser.zero_grad(set_to_none=True)
        wrong.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        follow(averaged, model, min(budget.average, step / (9 + step)))
        if step % EVERY == 0 or step == 1:
            held.refresh()
            recent = float(wrong.detach())
            if not math.isfinite(recent):
                raise FloatingPointError(f"the loss is {recent} at step {step}")
        if spent - told > 30:
            told = spent
            report(f"{type(model).__name__} {spent:.0f} s, step {step}, {held.count} scenes, loss {recent:.4f}")
            if saved:
                saved(averaged)
    cost = {
        **asdict(budget),
        "steps": step,
        "scenes": held.count,
        "final_loss": round(recent, 5),
        "device": torch.cuda.get_device_name() if held.device.type == "cuda" else "CPU",
    }
    report(f"{type(model).__name__} done: {cost}")
    return averaged.eval(), cost


@torch.no_grad()
def follow(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    """Move averaged weights toward those of a model, all at once: nothing waits for the device."""
    kept = [*averaged.parameters(), *(one for one in averaged.buffers() if one.is_floating_point())]
    new = [*model.parameters(), *(one for one in model.buffers() if one.is_floating_point())]
    torch._foreach_lerp_(kept, new, 1 - decay)


def _pace(done: float, warmup: float) -> float:
    """The share of the peak rate: up from a fiftieth, down to a hundredth."""
    if done < warmup:
        return between(0.02, 1.0, done / warmup)
    return between(1.0, 0.01, min(1.0, (done - warmup) / (1 - warmup)))


def as_input(images: Tensor) -> Tensor:
    """Images (n, 64, 64, 3) uint8 as the networks take them, (n, 3, 64, 64) in [-1, 1]."""
    return images.permute(0, 3, 1, 2).float() / 127.5 - 1


def _chosen(count: int, batch: int, where: torch.device) -> Tensor:
    return torch.randint(count, (batch,), device=where)


def rebuilding(held: Resident) -> Callable[[nn.Module, int], Tensor]:
    """The loss of an autoencoder: what it gets wrong of its images."""

    def loss(model: nn.Module, batch: int) -> Tensor:
        images = as_input(held["images"][_chosen(held.count, batch, held.device)])
        return likeness(model(images).float(), images)

    return loss


def seeing(held: Resident, autoencoder: SceneAutoencoder) -> Callable[[nn.Module, int], Tensor]:
    """The loss of the eye: wrong answers, on images half of which are decoded from codes a little off."""

    def loss(model: nn.Module, batch: int) -> Tensor:
        chosen = _chosen(held.count, batch, held.device)
        images, half = as_input(held["images"][chosen]), batch // 2
        with torch.no_grad():
            codes = autoencoder.encode(images[:half])
            codes = codes + 0.3 * torch.rand(half, 1, 1, 1, device=held.device) * torch.randn_like(codes)
            images[:half] = autoencoder.decode(codes).float()
        return telling(model(images), held["rows"][chosen])

    return loss


def telling(logits: Tensor, rows: Tensor) -> Tensor:
    """Cross-entropy of the answers (n, answers), summed over the questions that have one."""
    total = torch.zeros((), device=logits.device)
    for question, part in enumerate(logits.float().split(SIZES_OF_ANSWERS, dim=1)):
        total = total + F.cross_entropy(part, rows[:, question].long(), ignore_index=OPEN, reduction="sum")
    return total / len(rows)


class Sorted:
    """Rows of numbers by their length, so that a batch is no longer than it must be."""

    def __init__(self, held: Resident, name: str, bounds: tuple[int, ...], seed: int) -> None:
        self.held, self.name, self.bounds = held, name, bounds
        self.random = np.random.default_rng(seed)
        self.known, self.groups = 0, [torch.empty(0, dtype=torch.long, device=held.device) for _ in bounds]

    def batch(self, size: int) -> tuple[Tensor, Tensor]:
        """Which rows of the flattened field, and the rows up to the longest of their group."""
        flat = self.held[self.name].flatten(0, -2)
        if len(flat) > self.known:
            lengths = (flat[self.known :] != 0).sum(-1)
            lower = -1
            for i, upper in enumerate(self.bounds):
                found = ((lengths > lower) & (lengths <= upper)).nonzero()[:, 0] + self.known
                self.groups[i], lower = torch.cat([self.groups[i], found]), upper
            self.known = len(flat)
        counts: NDArray[np.float64] = np.array([len(group) for group in self.groups], float)
        which = int(self.random.choice(len(counts), p=counts / counts.sum()))
        group = self.groups[which]
        rows = group[torch.randint(len(group), (size,), device=group.device)]
        return rows, flat[rows, : self.bounds[which]].long()


def matching(held: Resident) -> Callable[[nn.Module, int], Tensor]:
    """The loss of the drawer: squared error of the velocity between a noise and a code."""
    ordered = Sorted(held, "texts", LENGTHS, 1)

    def loss(model: nn.Module, batch: int) -> Tensor:
        assert isinstance(model, SceneDrawer)
        rows, texts = ordered.batch(batch)
        points = held["images"][rows // held["texts"].shape[1]].float()
        texts = texts * (torch.rand(batch, 1, device=held.device) >= LEFT_OPEN)
        noise, times = torch.randn_like(points), torch.randn(batch, device=held.device).sigmoid()
        share = times[:, None, None, None]
        velocity = model(noise + share * (points - noise), times, model.read(texts))
        return F.mse_loss(velocity.float(), points - noise)

    return loss


def reading(held: Resident) -> Callable[[nn.Module, int], Tensor]:
    """The loss of the reader: cross-entropy of the answers to every question, "not said" one of them."""
    ordered = Sorted(held, "texts", LENGTHS, 3)

    def loss(model: nn.Module, batch: int) -> Tensor:
        assert isinstance(model, SceneReader)
        rows, texts = ordered.batch(batch)
        wanted = held["answers"].flatten(0, 1)[rows].long()
        logits, _ = model(texts)
        wanted = torch.where(wanted == OPEN, model.unsaid, wanted)
        return F.cross_entropy(logits.flatten(0, 1), wanted.flatten()) * wanted.shape[1]

    return loss


def describing(held: Resident) -> Callable[[nn.Module, int], Tensor]:
    """The loss of the describer: cross-entropy of each next piece, the end included."""
    ordered = Sorted(held, "told", PIECE_LENGTHS, 2)

    def loss(model: nn.Module, batch: int) -> Tensor:
        assert isinstance(model, SceneDescriber)
        rows, pieces = ordered.batch(batch)
        images = as_input(held["images"][rows])
        left = held["limits"][rows, None].long() - model.lengths[pieces].cumsum(1)
        logits, _ = model(model.look(images), pieces, left.clamp(min=0))
        there = pieces != 0
        wanted = F.pad(pieces[:, 1:], (0, 1)).masked_fill(~there, -100)
        return F.cross_entropy(logits.float().flatten(0, 1), wanted.flatten())

    return loss


def codes(autoencoder: SceneAutoencoder) -> Callable[[Tensor], Tensor]:
    """What turns images (n, 64, 64, 3) uint8 into codes of half precision."""

    def encode(images: Tensor) -> Tensor:
        with torch.inference_mode():
            return torch.cat([autoencoder.encode(as_input(part)).half() for part in images.split(1024)])

    return encode


