"""The training loop that every recipe shares: OneCycle, averaged weights, checkpoints, several machines.

A run is fixed by its seed: the order of the examples and every random change are drawn from
(seed, epoch, process), and a checkpoint is written at the end of each epoch, so a resumed run gives
the same weights as one that was never stopped. A run by the clock is not: it does what its machine can.
"""

import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch import distributed as dist
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

PAUSE = 20.0
"""Seconds between two checkpoints of a run by the clock."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn.

    `batch` counts the examples of one step over all processes; `lr` is the peak of the one-cycle
    schedule (Smith and Topin, 2018, arXiv:1708.07120), which is run `cycles` times over (warm
    restarts: Loshchilov and Hutter, 2017, arXiv:1608.03983); `decay` is the share of the averaged
    weights that each step keeps; `examples`, drawn anew each time, make an epoch where all are too many.
    """

    epochs: int
    batch: int
    lr: float
    weight_decay: float = 0.01
    warmup: float = 0.15
    decay: float = 0.998
    cycles: int = 1
    examples: int | None = None
    seed: int = 0

    def steps(self, available: int) -> int:
        """Steps of one epoch with this many examples available."""
        return min(available, self.examples or available) // self.batch


class Objective(nn.Module):
    """What a model is trained for: forward gives the scalar loss of images (n, c, h, w), labels (n,)."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model


@dataclass(frozen=True)
class Outcome:
    """The averaged objective, in eval mode, and what it cost: losses per epoch, seconds, processes."""

    objective: Objective
    losses: list[float]
    seconds: float
    processes: int

    @property
    def model(self) -> nn.Module:
        return self.objective.model


def fastest() -> str:
    """The name of the fastest kind of device here."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def device_of(name: str) -> torch.device:
    """The device that a process trains on: under torchrun, CUDA process k takes card k of its machine."""
    return (
        torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if name == "cuda" else torch.device(name)
    )


def rank() -> int:
    return dist.get_rank() if dist.is_initialized() else 0


def world() -> int:
    return dist.get_world_size() if dist.is_initialized() else 1


def to_input(images: Tensor) -> Tensor:
    """uint8 images, grey (n, 28, 28) or of several channels (n, c, h, w), as float (n, c, h, w) in [0, 1]."""
    return (images if images.ndim == 4 else images.unsqueeze(1)).float() / 255


def fit(
    objective: Objective,
    images: Tensor,
    labels: Tensor,
    schedule: Schedule,
    *,
    device: torch.device,
    checkpoint: Path | None = None,
    resume: bool = False,
    report: Callable[[Outcome], str] | None = None,
    stop_after: int | None = None,
    seconds: float | None = None,
) -> Outcome:
    """Minimise `objective(images, labels)` and return the averaged copy of it.

    Args:
        images: uint8, as `to_input` takes them; labels: (n,) int64.
        checkpoint: file written after each epoch by the first process; read first when `resume`.
        report: called after each checkpoint with what there is so far; what it returns is shown.
        stop_after: leave after this many epochs of the schedule (an interruption, for tests and time limits).
        seconds: learn for this long, whatever was learned before a resumption included, in place of the
            schedule's epochs; the learning rate follows the clock.
    """
    if schedule.epochs == 0:  # all that there was to find was found by the recipe's preparation
        return Outcome(objective.eval(), [], 0.0, world())
    torch.manual_seed(schedule.seed)
    torch.backends.cudnn.benchmark = True
    objective = objective.to(device)
    trained = DistributedDataParallel(objective) if world() > 1 else objective
    averaged = AveragedModel(objective, multi_avg_fn=follow(schedule.decay), use_buffers=True)
    optimiser = torch.optim.AdamW(
        _groups(objective, schedule.weight_decay), lr=schedule.lr, betas=(0.9, 0.99)
    )
    steps = schedule.steps(len(images))
    if seconds is not None and world() > 1:
        raise ValueError("processes that stop by the clock would not stop at the same step")
    if steps == 0:
        raise ValueError(f"{len(images)} examples are fewer than one batch of {schedule.batch}")
    parts: dict[str, Any] = {"objective": objective, "averaged": averaged, "optimiser": optimiser}
    losses: list[float] = []
    spent = 0.0
    if resume and checkpoint is not None and checkpoint.is_file():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        for name, part in parts.items():
            part.load_state_dict(saved[name])
        losses, spent = saved["losses"], saved["seconds"]

    images, labels = images.to(device), labels.to(device)
    pace = _pace(schedule, steps)
    noted = time.monotonic()
    began = noted - spent

    def share(step: int) -> float | None:
        """Of the peak learning rate, at this step of all; None once the time is up."""
        if seconds is None:
            return pace(step)
        done = (time.monotonic() - began) / seconds
        return pace(done * schedule.epochs * steps) if done < 1 else None

    last = min(schedule.epochs, stop_after or schedule.epochs)
    over = False
    while not over and (seconds is not None or len(losses) < last):
        started = time.monotonic()
        loss, done = _epoch(trained, averaged, optimiser, share, images, labels, schedule, len(losses))
        spent += time.monotonic() - started
        over = done < steps
        if done:
            losses.append(loss)
        if rank() == 0 and (seconds is None or over or time.monotonic() - noted > PAUSE):
            outcome = _outcome(averaged, losses, spent)
            if checkpoint is not None:
                checkpoint.parent.mkdir(parents=True, exist_ok=True)
                state = {name: part.state_dict() for name, part in parts.items()}
                torch.save({**state, "losses": losses, "seconds": spent}, checkpoint)
            note = report(outcome) if report and losses else ""
            goal = schedule.epochs if seconds is None else f"{seconds:.0f} s"
            tqdm.write(f"epoch {len(losses)}/{goal} loss {loss:.5f} {spent:.0f} s {note}")
            noted = time.monotonic()
    return _outcome(averaged, losses, spent)


def _outcome(averaged: AveragedModel, losses: list[float], spent: float) -> Outcome:
    objective = averaged.module
    assert isinstance(objective, Objective)
    return Outcome(objective.eval(), losses, spent, world())


def _epoch(
    trained: nn.Module,
    averaged: AveragedModel,
    optimiser: torch.optim.Optimizer,
    share: Callable[[int], float | None],
    images: Tensor,
    labels: Tensor,
    schedule: Schedule,
    epoch: int,
) -> tuple[float, int]:
    """One pass over the examples, or what there is time for: each process takes its own slice of every batch.

    Returns the mean loss and how many steps were made.
    """
    order_source = torch.Generator().manual_seed(schedule.seed * 10_007 + epoch)
    order = torch.randperm(len(images), generator=order_source).to(images.device)
    torch.manual_seed((schedule.seed * 10_007 + epoch) * 1_009 + rank())
    trained.train()
    total = torch.zeros((), device=images.device)
    steps = schedule.steps(len(images))
    done = 0
    for step in tqdm(range(steps), desc=f"epoch {epoch + 1}", disable=rank() != 0, mininterval=5):
        rate = share(epoch * steps + step)
        if rate is None:
            break
        for group in optimiser.param_groups:
            group["lr"] = schedule.lr * rate
        chosen = order[step * schedule.batch : (step + 1) * schedule.batch][rank() :: world()]
        batch = to_input(images[chosen]).contiguous(memory_format=torch.channels_last)
        loss = trained(batch, labels[chosen])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(trained.parameters(), 5.0)
        optimiser.step()
        averaged.update_parameters(_bare(trained))
        total += loss.detach()
        done += 1
    return float(total / max(done, 1)), done


def _bare(trained: nn.Module) -> nn.Module:
    return trained.module if isinstance(trained, DistributedDataParallel) else trained


def _pace(schedule: Schedule, steps_per_epoch: int) -> Callable[[float], float]:
    """The share of the peak learning rate at each step: up from a tenth, down to a thousandth, on cosines."""
    length = steps_per_epoch * schedule.epochs / schedule.cycles

    def share(step: float) -> float:
        done = step % length / length
        if done < schedule.warmup:
            return between(0.1, 1.0, done / schedule.warmup)
        return between(1.0, 0.001, (done - schedule.warmup) / (1 - schedule.warmup))

    return share


def between(start: float, end: float, done: float) -> float:
    """The way from `start` to `end` on half a cosine, `done` of it gone."""
    return end + (start - end) * (1 + math.cos(math.pi * done)) / 2


def _groups(module: nn.Module, weight_decay: float) -> list[dict]:
    """Decay matrices and kernels, not biases and normalisation gains, which have no scale to bound."""
    parameters = [parameter for parameter in module.parameters() if parameter.requires_grad]
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]


Tensors = list[Tensor] | tuple[Tensor, ...]


def follow(decay: float) -> Callable[[Tensors, Tensors, Tensor | int], None]:
    """Exponential average of the weights that follows closely at first, when they still move fast."""

    @torch.no_grad()
    def average(kept: Tensors, new: Tensors, count: Tensor | int) -> None:
        if kept[0].is_floating_point():
            torch._foreach_lerp_(kept, new, 1 - min(decay, (1 + int(count)) / (10 + int(count))))
        else:
            torch._foreach_copy_(kept, new)

    return average
