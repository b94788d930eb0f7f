"""The same network in torch, to hold the hand-written one against."""

import numpy as np
import torch
from torch import nn

from dashboard.network.trainer import layer_views

ACTIVATIONS = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "gelu": nn.functional.gelu,
    "linear": lambda z: z,
}


def torch_layers(flat: np.ndarray, sizes: tuple[int, ...]) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """(weight, bias) leaves per layer, from the flat vector."""
    return [
        (
            torch.tensor(matrix[:, :-1].copy(), requires_grad=True),
            torch.tensor(matrix[:, -1].copy(), requires_grad=True),
        )
        for matrix in layer_views(flat, sizes)
    ]


def torch_forward(layers: list, inputs: torch.Tensor, activation: str, masks: list | None = None):
    """Outputs (n, outputs) for inputs (n, features); masks (width, n) multiply the hidden activations."""
    h = inputs
    for index, (weight, bias) in enumerate(layers):
        h = nn.functional.linear(h, weight, bias)
        if index < len(layers) - 1:
            h = ACTIVATIONS[activation](h)
            if masks is not None:
                h = h * torch.tensor(masks[index].T)
    return h


def torch_loss(z: torch.Tensor, targets: np.ndarray, split) -> torch.Tensor:
    """The loss of the task, by torch's own function."""
    y = torch.tensor(targets)
    if split.task == "values":
        return nn.functional.mse_loss(z[:, 0], y)
    if split.classes > 2:
        return nn.functional.cross_entropy(z, y.long())
    return nn.functional.binary_cross_entropy_with_logits(z[:, 0], y)


def torch_gradient(layers: list) -> np.ndarray:
    """The gradients of the leaves, in the flat vector's order."""
    return np.concatenate([torch.cat([w.grad, b.grad[:, None]], dim=1).numpy().ravel() for w, b in layers])
