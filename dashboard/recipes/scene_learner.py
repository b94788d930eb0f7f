"""How the networks of the drawn world learn for a given time, on a GPU where there is one."""

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from dashboard.models.scene_drawer import Painting, Reading
from dashboard.recipes.scene_pool import Resident
from dashboard.recipes.training import between

EVERY = 128  # steps between looks at the pool
WARM = 3  # steps of each shape of batch before it is captured
MATCHED = 0.2  # root mean square of a step of Muon at a rate of 1, about that of AdamW


@dataclass(frozen=True)
class Budget:
    """How long and how fast to learn: AdamW, the rate up over `warmup` of the time, down on a cosine.

    Attributes:
        average: the share of the averaged weights that each step keeps.
        orthogonal: the parts of the network whose linear layers learn by `Muon` instead.
    """

    seconds: float
    batch: int
    lr: float
    weight_decay: float = 0.02
    warmup: float = 0.03
    average: float = 0.999
    seed: int = 0
    orthogonal: tuple[str, ...] = ()


@dataclass(frozen=True)
class SceneObjective:
    """What a network minimises: `loss` of a model and of what `batch` draws (so many examples).

    Attributes:
        besides: what learns along with the model and is not kept.
        progress: is told which share of the time is over.
    """

    batch: Callable[[int], tuple[Tensor, ...]]
    loss: Callable[..., Tensor]
    besides: nn.Module | None = None
    progress: Callable[[float], None] = lambda share: None


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
        objective.progress(spent / budget.seconds)
        wrong = learner.step(budget.lr * _pace(spent / budget.seconds, budget.warmup))
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


class Muon:
    """Steps along the momentum, that of every matrix made orthogonal (Jordan et al., 2024,
    kellerjordan.github.io/posts/muon), at rates of AdamW (Liu et al., 2025, arXiv:2502.16982).

    As `torch.optim.Muon`, but all matrices of one shape at once, and nothing waits for the device, so that
    it can be captured.

    Args:
        rate: a tensor on the device.
    """

    def __init__(self, matrices: Sequence[Tensor], rate: Tensor, weight_decay: float) -> None:
        self.rate, self.weight_decay = rate, weight_decay
        shapes: dict[torch.Size, list[Tensor]] = {}
        for one in matrices:
            shapes.setdefault(one.shape, []).append(one)
        self.groups = list(shapes.values())
        self.momenta = [torch.zeros_like(torch.stack(group)) for group in self.groups]

    @torch.no_grad()
    def step(self) -> None:
        for group, momentum in zip(self.groups, self.momenta, strict=True):
            slopes = torch.stack([one.grad for one in group if one.grad is not None])
            momentum.lerp_(slopes, 0.05)
            change = orthogonal(slopes.lerp(momentum, 0.95)) * (MATCHED * max(slopes.shape[1:]) ** 0.5)
            torch._foreach_mul_(group, 1 - self.weight_decay * self.rate)
            torch._foreach_sub_(group, list((self.rate * change).unbind(0)))


def orthogonal(matrices: Tensor) -> Tensor:
    """The nearest matrices (n, rows, columns) whose singular values are about 1, by Newton and Schulz."""
    x = (matrices / (torch.linalg.matrix_norm(matrices, keepdim=True) + 1e-7)).bfloat16()
    tall = x.shape[1] > x.shape[2]
    x = x.mT if tall else x
    for _ in range(5):
        square = x @ x.mT
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return (x.mT if tall else x).to(matrices.dtype)


class Learner:
    """Steps with averaged weights; on a GPU blocks of attention are compiled, and each shape of batch is
    captured once and then replayed.

    A step of these small networks is a thousand short kernels: fewer when compiled, and replayed as one graph
    nothing waits for Python.
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
        for block in model.modules():
            if fast and isinstance(block, Reading | Painting):
                block.compile()
        parts = [model.get_submodule(name) for name in budget.orthogonal]
        layers = [layer for part in parts for layer in part.modules() if isinstance(layer, nn.Linear)]
        matrices = [layer.weight for layer in layers]
        self.muon = Muon(matrices, self.rate, budget.weight_decay)
        others = {id(one) for one in matrices}
        self.adam = torch.optim.AdamW(
            [one for one in self.weights if id(one) not in others],
            lr=self.rate,
            weight_decay=budget.weight_decay,
            betas=(0.9, 0.99),
            fused=fast,
            capturable=fast,
        )
        self.met: dict[tuple[torch.Size, ...], int] = {}
        self.graphs: dict[tuple[torch.Size, ...], tuple[Any, tuple[Tensor, ...], Tensor]] = {}

    def step(self, rate: float) -> Tensor:
        """One step at a rate; the loss, as a tensor on the device."""
        self.rate.fill_(rate)
        batch = self.objective.batch(self.budget.batch)
        shapes = tuple(one.shape for one in batch)
        self.met[shapes] = self.met.get(shapes, 0) + 1
        if self.device.type != "cuda" or self.met[shapes] <= WARM:
            return self._step(batch)
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
        for one in self.weights:
            one.grad = None
        wrong.backward()
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.adam.step()
        self.muon.step()
        follow(self.averaged, self.model, self.budget.average)
        return wrong.detach()

    def _capture(self, batch: tuple[Tensor, ...]) -> tuple[Any, tuple[Tensor, ...], Tensor]:
        places = tuple(one.clone() for one in batch)
        beside = torch.cuda.Stream()
        beside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(beside):
            for _ in range(2):
                self._step(places)
        torch.cuda.current_stream().wait_stream(beside)
        graph = torch.cuda.CUDAGraph()
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
