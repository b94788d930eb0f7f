"""A change of the picture that nobody sees and that changes the answer.

FGSM: Goodfellow, Shlens and Szegedy (2015), arXiv:1412.6572. PGD: Madry et al. (2018), arXiv:1706.06083.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from dashboard import zoo
from dashboard.recognition.robustness import Picture, to_picture

Method = Literal["fgsm", "pgd"]
Logits = Callable[[Tensor], Tensor]
"""(n, channels, height, width) in [0, 1] -> scores before softmax (n, classes), differentiable."""

STEPS = 10
_REACH = 2.5  # all of PGD's steps together, in budgets: enough to go to the border and along it


@dataclass(frozen=True)
class Attack:
    """A picture before and after.

    Attributes:
        original, changed: (height, width) or (height, width, 3) in [0, 1].
        random: as `changed`, each pixel moved as far as the budget allows, up or down by chance.
        before, after, by_chance: (classes,) the scores of the three.
        target: the class that was to be answered; None if any but the first would do.
    """

    original: Picture
    changed: Picture
    random: Picture
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    by_chance: NDArray[np.float64]
    target: int | None

    @property
    def change(self) -> Picture:
        """What was added, signed."""
        return self.changed - self.original

    @property
    def succeeded(self) -> bool:
        """Whether the answer is the target, or, without one, another than before."""
        answer = int(self.after.argmax())
        return answer != int(self.before.argmax()) if self.target is None else answer == self.target


def attack(
    logits: Logits, x: Tensor, budget: float, method: Method = "pgd", target: int | None = None
) -> Attack:
    """Change the picture so that the network errs.

    Args:
        x: (channels, height, width) or with a 1 before, in [0, 1].
        budget: the most by which any number of `x` may change.
        target: the class to be answered instead of the first one; None for any other.
    """
    zoo.one_thread()
    x = x.detach().clone().reshape(1, *x.shape[-3:])
    with torch.no_grad():
        before = logits(x)
    wanted = before.argmax(1) if target is None else torch.tensor([target])
    towards = 1.0 if target is None else -1.0  # up the loss of the answer, or down the loss of the target
    steps, stride = (1, budget) if method == "fgsm" else (STEPS, _REACH * budget / STEPS)
    changed = x
    for _ in range(steps):
        stepped = changed + towards * stride * _slope(logits, changed, wanted).sign()
        changed = _within(stepped, x, budget)
    signs = torch.randint(0, 2, x.shape, generator=torch.Generator().manual_seed(0)) * 2.0 - 1.0
    by_chance = _within(x + budget * signs, x, budget)
    with torch.no_grad():
        after = logits(torch.cat([changed, by_chance])).double().numpy()
    return Attack(
        to_picture(x),
        to_picture(changed),
        to_picture(by_chance),
        before[0].double().numpy(),
        after[0],
        after[1],
        target,
    )


def _slope(logits: Logits, x: Tensor, wanted: Tensor) -> Tensor:
    """How the loss of the class `wanted` changes with every number of the picture."""
    x = x.clone().requires_grad_()
    return torch.autograd.grad(F.cross_entropy(logits(x), wanted), x)[0]


def _within(changed: Tensor, x: Tensor, budget: float) -> Tensor:
    """The nearest picture that keeps within the budget and within black and white."""
    return torch.minimum(torch.maximum(changed, x - budget), x + budget).clamp(0.0, 1.0)
