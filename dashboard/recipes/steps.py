"""A training loop counted in steps, for examples that are made as fast as they are learnt from."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from dashboard.recipes.training import between, follow

EVERY = 200  # steps between checkpoints


@dataclass(frozen=True)
class Steps:
    """How long and how fast to learn: `count` steps of AdamW, the rate up over `warmup`, down on a cosine.

    `average` is the share of the averaged weights that each step keeps.
    """

    count: int
    lr: float
    weight_decay: float = 0.01
    warmup: float = 0.03
    average: float = 0.998
    seed: int = 0


def fit(
    model: nn.Module,
    loss: Callable[[nn.Module, np.random.Generator], Tensor],
    steps: Steps,
    checkpoint: Path,
    resume: bool = False,
) -> tuple[nn.Module, dict[str, Any]]:
    """Minimise `loss(model, random)`; the averaged model in eval mode, and what it cost.

    A checkpoint is written every `EVERY` steps; with `resume` the run goes on from there as if never stopped:
    the random numbers of a step depend on the seed and the number of the step alone.
    """
    averaged = AveragedModel(model, multi_avg_fn=follow(steps.average))
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=steps.lr, weight_decay=steps.weight_decay, betas=(0.9, 0.99)
    )
    done, spent, losses = 0, 0.0, 0.0
    if resume and checkpoint.is_file():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        averaged.load_state_dict(saved["averaged"])
        optimiser.load_state_dict(saved["optimiser"])
        done, spent, losses = saved["done"], saved["seconds"], saved["loss"]
    started = time.monotonic()
    for step in tqdm(range(done, steps.count), initial=done, total=steps.count, mininterval=5):
        for group in optimiser.param_groups:
            group["lr"] = steps.lr * _pace(step / steps.count, steps.warmup)
        torch.manual_seed(steps.seed * 1_000_003 + step)
        wrong = loss(model.train(), np.random.default_rng((steps.seed, step)))
        optimiser.zero_grad(set_to_none=True)
        wrong.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        averaged.update_parameters(model)
        losses = 0.98 * losses + 0.02 * float(wrong.detach())
        if (step + 1) % EVERY == 0 or step + 1 == steps.count:
            checkpoint.parent.mkdir(parents=True, exist_ok=True)
            seconds = spent + time.monotonic() - started
            state = {
                "model": model.state_dict(),
                "averaged": averaged.state_dict(),
                "optimiser": optimiser.state_dict(),
                "done": step + 1,
                "seconds": seconds,
                "loss": losses,
            }
            torch.save(state, checkpoint)
    spent += time.monotonic() - started
    cost = {**asdict(steps), "seconds": round(spent), "processes": 1, "final_loss": round(losses, 6)}
    cost["steps"] = cost.pop("count")
    cost.pop("seed")
    module = averaged.module
    assert isinstance(module, nn.Module)
    return module.eval(), cost


def _pace(done: float, warmup: float) -> float:
    """The share of the peak rate: up from a fiftieth, down to a hundredth."""
    if done < warmup:
        return between(0.02, 1.0, done / warmup)
    return between(1.0, 0.01, (done - warmup) / (1 - warmup))
