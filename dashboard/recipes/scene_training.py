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
from dashboard.recipes.scene_pool import Resident
from dashboard.recipes.training import between

EVERY = 100  # steps between looks at the pool
WARM = 20  # steps before any is captured
LENGTHS = (16, 40, 96, 200)  # words of a text: a batch has texts up to one of these
PIECE_LENGTHS = (24, 64, 130, 260)
LEFT_OPEN = 0.1  # how often the drawer is told nothing
EARLY = 0.4  # how far the moments that it learns at lean toward noise
TELLING, SEEN = 2, 0.5  # the block whose cells tell what is seen, and how much that counts


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


@dataclass(frozen=True)
class SceneObjective:
    """What a network minimises: `loss` of a model and of what `batch` draws (so many examples)."""

    batch: Callable[[int], tuple[Tensor, ...]]
    loss: Callable[..., Tensor]
    besides: nn.Module | None = None  # what learns along with the model and is not kept


def learn(
    model: nn.Module,
    objective: SceneObjective,
    held: Resident,
    budget: Budget,
    report: Callable[[str], None] = print,
    saved: Callable[[nn.Module], None] | None = None,
) -> tuple[nn.Module, dict[str, Any]]:
    """Minimise an objective until the time is up; the averaged model in eval mode, and what it cost.

    Args:
        held: what the objective draws its batches from, refreshed on the way.
        saved: called with the averaged model every half minute.
    """
    torch.manual_seed(budget.seed)
    learner = Learner(model.to(held.device).train(), objective, budget, held.device)
    while held.count < 4 * budget.batch:
        time.sleep(0.2)
        held.refresh()
    started, told, step, recent = time.monotonic(), 0.0, 0, 0.0
    while (spent := time.monotonic() - started) < budget.seconds:
        wrong = learner.step(budget.lr * _pace(spent / budget.seconds, budget.warmup), step)
        step += 1
        if step % EVERY == 0 or step == 1:
            held.refresh()
            recent = float(wrong)
            if not math.isfinite(recent):
                raise FloatingPointError(f"the loss is {recent} at step {step}")
        if spent - told > 30:
            told = spent
            report(
                f"{type(model).__name__} {spent:.0f} s, step {step}, {held.count} scenes, loss {recent:.4f}"
            )
            if saved:
                saved(learner.averaged)
    cost = {
        **asdict(budget),
        "steps": step,
        "scenes": held.count,
        "final_loss": round(recent, 5),
        "machine": torch.cuda.get_device_name() if held.device.type == "cuda" else "CPU",
    }
    report(f"{type(model).__name__} done: {cost}")
    return learner.averaged.eval(), cost


class Learner:
    """Steps of AdamW with averaged weights; on a GPU each shape of batch is captured once and then replayed.

    A step of these small networks is a thousand short kernels: replayed as one graph, nothing waits for
    Python.
    """

    def __init__(
        self, model: nn.Module, objective: SceneObjective, budget: Budget, where: torch.device
    ) -> None:
        self.model, self.objective, self.budget, self.device = model, objective, budget, where
        self.averaged = copy.deepcopy(model)
        self.rate = torch.tensor(budget.lr, device=where)
        besides = [] if objective.besides is None else list(objective.besides.to(where).parameters())
        self.weights = [*model.parameters(), *besides]
        fast = where.type == "cuda"
        self.optimiser = torch.optim.AdamW(
            self.weights,
            lr=self.rate,
            weight_decay=budget.weight_decay,
            betas=(0.9, 0.99),
            fused=fast,
            capturable=fast,
        )
        self.graphs: dict[tuple[torch.Size, ...], tuple[Any, tuple[Tensor, ...], Tensor]] = {}

    def step(self, rate: float, number: int) -> Tensor:
        """One step at a rate; the loss, as a tensor on the device."""
        self.rate.fill_(rate)
        batch = self.objective.batch(self.budget.batch)
        if self.device.type != "cuda" or number < WARM:
            return self._step(batch)
        shapes = tuple(one.shape for one in batch)
        if shapes not in self.graphs:
            self.graphs[shapes] = self._capture(batch)
        graph, places, wrong = self.graphs[shapes]
        for place, one in zip(places, batch, strict=True):
            place.copy_(one)
        graph.replay()
        return wrong

    def _step(self, batch: tuple[Tensor, ...]) -> Tensor:
        with torch.autocast(self.device.type, torch.bfloat16, cache_enabled=self.device.type != "cuda"):
            wrong = self.objective.loss(self.model, *batch)
        self.optimiser.zero_grad(set_to_none=True)
        wrong.backward()
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimiser.step()
        follow(self.averaged, self.model, self.budget.average)
        return wrong.detach()

    def _capture(self, batch: tuple[Tensor, ...]) -> tuple[Any, tuple[Tensor, ...], Tensor]:
        places = tuple(one.clone() for one in batch)
        beside = torch.cuda.Stream()
        beside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(beside):
            for _ in range(3):
                self._step(places)
        torch.cuda.current_stream().wait_stream(beside)
        graph = torch.cuda.CUDAGraph()
        self.optimiser.zero_grad(set_to_none=True)
        pool = next(iter(self.graphs.values()))[0].pool() if self.graphs else None
        with torch.cuda.graph(graph, pool=pool):
            wrong = self._step(places)
        return graph, places, wrong


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


def rebuilding(held: Resident) -> SceneObjective:
    """Of an autoencoder: what it gets wrong of its images."""

    def batch(size: int) -> tuple[Tensor, ...]:
        return (as_input(held["images"][_chosen(held.count, size, held.device)]),)

    def loss(model: nn.Module, images: Tensor) -> Tensor:
        return likeness(model(images).float(), images)

    return SceneObjective(batch, loss)


def seeing(held: Resident, autoencoder: SceneAutoencoder) -> SceneObjective:
    """Of the eye: wrong answers, on images half of which are decoded from codes a little off."""

    def batch(size: int) -> tuple[Tensor, ...]:
        chosen = _chosen(held.count, size, held.device)
        return as_input(held["images"][chosen]), held["rows"][chosen].long()

    def loss(model: nn.Module, images: Tensor, rows: Tensor) -> Tensor:
        with torch.no_grad():
            first, rest = images.chunk(2)
            codes = autoencoder.encode(first)
            off = 0.3 * torch.rand(len(codes), 1, 1, 1, device=codes.device) * torch.randn_like(codes)
            images = torch.cat([autoencoder.decode(codes + off).float(), rest])
        return telling(model(images), rows)

    return SceneObjective(batch, loss)


def telling(logits: Tensor, rows: Tensor) -> Tensor:
    """Cross-entropy of the answers (n, answers), summed over the questions that have one."""
    total = torch.zeros((), device=logits.device)
    for question, part in enumerate(logits.float().split(SIZES_OF_ANSWERS, dim=1)):
        total = total + F.cross_entropy(part, rows[:, question], ignore_index=OPEN, reduction="sum")
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


def matching(held: Resident, width: int, features: int) -> SceneObjective:
    """Of the drawer: squared error of the velocity between a noise and a code.

    The cells of an early block also learn to tell what a network that recognises sees in each cell of the
    image (Yu et al., 2024, arXiv:2410.06940): what is where is learnt sooner.

    Args:
        held: "images" are codes, "seen" features (n, features, 8, 8) of the same images.
        width: of the drawer.
    """
    ordered = Sorted(held, "texts", LENGTHS, 1)
    tell = nn.Sequential(nn.Linear(width, 2 * width), nn.SiLU(), nn.Linear(2 * width, features))

    def batch(size: int) -> tuple[Tensor, ...]:
        rows, texts = ordered.batch(size)
        images = rows // held["texts"].shape[1]
        return texts, held["images"][images].float(), held["seen"][images].float()

    def loss(model: nn.Module, texts: Tensor, points: Tensor, seen: Tensor) -> Tensor:
        assert isinstance(model, SceneDrawer)
        texts = texts * (torch.rand(len(texts), 1, device=texts.device) >= LEFT_OPEN)
        noise, times = (
            torch.randn_like(points),
            (torch.randn(len(points), device=points.device) - EARLY).sigmoid(),
        )
        share = times[:, None, None, None]
        cells: list[Tensor] = []
        velocity = model(noise + share * (points - noise), times, model.read(texts), cells=cells)
        alike = F.cosine_similarity(tell(cells[TELLING]).float(), seen.flatten(2).transpose(1, 2), dim=-1)
        return F.mse_loss(velocity.float(), points - noise) - SEEN * alike.mean()

    return SceneObjective(batch, loss, tell)


def reading(held: Resident) -> SceneObjective:
    """Of the reader: cross-entropy of the answers to every question, "not said" one of them."""
    ordered = Sorted(held, "texts", LENGTHS, 3)

    def batch(size: int) -> tuple[Tensor, ...]:
        rows, texts = ordered.batch(size)
        return texts, held["answers"].flatten(0, 1)[rows].long()

    def loss(model: nn.Module, texts: Tensor, answers: Tensor) -> Tensor:
        assert isinstance(model, SceneReader)
        logits, _ = model(texts)
        wanted = torch.where(answers == OPEN, model.unsaid, answers)
        return F.cross_entropy(logits.flatten(0, 1), wanted.flatten()) * wanted.shape[1]

    return SceneObjective(batch, loss)


def describing(held: Resident) -> SceneObjective:
    """Of the describer: cross-entropy of each next piece, the end included."""
    ordered = Sorted(held, "told", PIECE_LENGTHS, 2)

    def batch(size: int) -> tuple[Tensor, ...]:
        rows, pieces = ordered.batch(size)
        return as_input(held["images"][rows]), pieces, held["limits"][rows, None].long()

    def loss(model: nn.Module, images: Tensor, pieces: Tensor, limits: Tensor) -> Tensor:
        assert isinstance(model, SceneDescriber)
        left = (limits - model.lengths[pieces].cumsum(1)).clamp(min=0)
        logits = model(model.look(images), pieces, left)
        wanted = F.pad(pieces[:, 1:], (0, 1)).masked_fill(pieces == 0, -100)
        return F.cross_entropy(logits.float().flatten(0, 1), wanted.flatten())

    return SceneObjective(batch, loss)


def codes(autoencoder: SceneAutoencoder) -> Callable[[Tensor], Tensor]:
    """What turns images (n, 64, 64, 3) uint8 into codes of half precision."""

    def encode(images: Tensor) -> Tensor:
        with torch.inference_mode():
            return torch.cat([autoencoder.encode(as_input(part)).half() for part in images.split(1024)])

    return encode


def features(describer: SceneDescriber) -> Callable[[Tensor], Tensor]:
    """What turns images (n, 64, 64, 3) uint8 into what a describer sees in each cell, in half precision."""

    def see(images: Tensor) -> Tensor:
        with torch.inference_mode():
            parts = [describer.see(as_input(part)) for part in images.split(1024)]
            return torch.cat([(part - part.mean((0, 2, 3), keepdim=True)).half() for part in parts])

    return see
