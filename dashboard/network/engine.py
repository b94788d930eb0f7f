"""Backpropagation written by hand: forward, backward and nothing allocated on the way.

On networks of a few neurons Python's cost per operation is what one pays for, so the engine has as few
operations as it can. Every layer's weights and biases lie in one flat vector (the optimiser's step is one
vector operation); a bias is a column of the weights, met by a row of ones in the layer before; the slopes of
all hidden neurons are computed at once. Arrays are (neurons, points).

The numbers are float64: at these sizes float32 saves little time, and a run of 25,000 steps amplifies its
rounding until the same script in torch ends elsewhere.

`stack` networks of the same sizes can be run side by side: every array then has one more axis in front.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from scipy.special import erf, expit

from dashboard.network.losses import Loss

Shape = tuple[int, ...]

ONE = np.array(1.0)
"""As an array because numpy takes twice as long to subtract from a Python number."""


def tanh_slope(z: np.ndarray, a: np.ndarray, out: np.ndarray) -> None:
    np.multiply(a, a, out=out)
    np.subtract(ONE, out, out=out)


def relu(z: np.ndarray, out: np.ndarray) -> None:
    np.maximum(z, 0.0, out=out)


def relu_slope(z: np.ndarray, a: np.ndarray, out: np.ndarray) -> None:
    np.greater(z, 0.0, out=out)


def sigmoid_slope(z: np.ndarray, a: np.ndarray, out: np.ndarray) -> None:
    np.subtract(ONE, a, out=out)
    np.multiply(a, out, out=out)


def gelu(z: np.ndarray, out: np.ndarray) -> None:
    """z times the normal distribution function of z (Hendrycks and Gimpel, 2016), not its approximation."""
    np.multiply(z, _normal_cdf(z), out=out)


def gelu_slope(z: np.ndarray, a: np.ndarray, out: np.ndarray) -> None:
    np.add(_normal_cdf(z), z * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi), out=out)


def _normal_cdf(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + erf(z / np.sqrt(2.0)))


def linear_slope(z: np.ndarray, a: np.ndarray, out: np.ndarray) -> None:
    out.fill(1.0)


Activation = Callable[[np.ndarray, np.ndarray], object]
Slope = Callable[[np.ndarray, np.ndarray, np.ndarray], None]

ACTIVATIONS: dict[str, tuple[Activation, Slope]] = {
    "tanh": (np.tanh, tanh_slope),
    "relu": (relu, relu_slope),
    "sigmoid": (expit, sigmoid_slope),
    "gelu": (gelu, gelu_slope),
    "linear": (np.positive, linear_slope),
}
"""Per name: f(z, out) and its derivative f'(z, f(z), out)."""


def layer_shapes(sizes: Shape) -> list[tuple[int, int]]:
    """Shape of each layer's matrix in the flat vector, the last column its biases."""
    return [(after, before + 1) for before, after in pairwise(sizes)]


def layer_views(flat: np.ndarray, sizes: Shape) -> list[np.ndarray]:
    """The flat vector (..., parameters) seen as one matrix (..., neurons, neurons before + 1) per layer."""
    views, start = [], 0
    for rows, columns in layer_shapes(sizes):
        stop = start + rows * columns
        views.append(flat[..., start:stop].reshape(*flat.shape[:-1], rows, columns))
        start = stop
    return views


def weight_mask(sizes: Shape) -> np.ndarray:
    """1 where the flat vector holds a weight, 0 where it holds a bias."""
    mask = np.ones(sum(rows * columns for rows, columns in layer_shapes(sizes)))
    for view in layer_views(mask, sizes):
        view[..., -1] = 0.0
    return mask


def with_ones(features: np.ndarray) -> np.ndarray:
    """Features (n, inputs) as the engine takes them: (inputs + 1, n), the last row ones."""
    return np.vstack([features.T, np.ones(len(features))])


def forward(flat: np.ndarray, inputs: np.ndarray, sizes: Shape, activation: str) -> list[np.ndarray]:
    """Outputs of every layer, hidden ones activated, the last as it is: a list of (..., neurons, n).

    `flat` is (..., parameters), `inputs` (sizes[0] + 1, n) from `with_ones`; computed in the dtype of both.
    """
    activate = ACTIVATIONS[activation][0]
    layers: list[np.ndarray] = []
    for matrix in layer_views(flat, sizes):
        if layers:
            z = np.matmul(matrix[..., :-1], layers[-1])
            z += matrix[..., -1:]
        else:
            z = np.matmul(matrix, inputs)
        layers.append(z)
        if len(layers) < len(sizes) - 1:
            activate(z, z)
    return layers


class Backpropagation:
    """The gradient of the loss for batches of one size, into one vector, on buffers made once.

    `flat` holds the weights and is only ever read: (parameters,), or (stack, parameters) for a stack of
    networks. `gradient`, of the same shape, is overwritten by each call.
    """

    def __init__(self, flat: np.ndarray, sizes: Shape, activation: str, loss: Loss, batch: int) -> None:
        stack, widths = flat.shape[:-1], sizes[1:-1]
        # All hidden layers in one array, a row of ones under each.
        ends = np.cumsum([width + 1 for width in widths], dtype=int)
        starts = [end - width - 1 for end, width in zip(ends, widths, strict=True)]
        self.hidden_rows = int(ends[-1]) if widths else 0
        self._z, self._a, self._shown, self._slope, spread = (
            np.ones((*stack, self.hidden_rows, batch)) for _ in range(5)
        )
        self._output = np.empty((*stack, sizes[-1], batch))
        self._error = np.empty_like(self._output)
        self.gradient = np.zeros_like(flat)
        self._activate, self._slope_of = ACTIVATIONS[activation]
        self._loss = loss
        # The method costs half of what the function costs, but knows no stacks.
        self._product: Callable[..., object] = np.matmul if stack else np.ndarray.dot

        def rows(of: np.ndarray, layer: int, ones: int) -> np.ndarray:
            return of[..., starts[layer] : starts[layer] + widths[layer] + ones, :]

        *matrices, self._last = layer_views(flat, sizes)
        self._first_gradient, *gradients = layer_views(self.gradient, sizes)
        layers = range(len(widths))
        self._forward = [
            (matrices[i], rows(self._z, i, 0), rows(self._a, i, 0), rows(self._a, i, 1)) for i in layers
        ]
        self._dropped = [(rows(self._shown, i, 0), rows(self._shown, i, 1), i) for i in layers]
        self._mask_rows = [slice(starts[i], starts[i] + widths[i]) for i in layers]
        self._backward = [
            (
                rows(self._a, i, 1).mT,
                rows(self._shown, i, 1).mT,
                gradients[i],
                (*matrices[1:], self._last)[i].mT,
                rows(spread, i, 1),
                rows(spread, i, 0),
                rows(self._slope, i, 0),
            )
            for i in reversed(layers)
        ]

    def __call__(self, inputs: np.ndarray, targets: np.ndarray, mask: np.ndarray | None = None) -> np.ndarray:
        """The gradient at inputs (..., inputs + 1, batch), whose last row is ones, and encoded targets.

        `mask` (..., hidden_rows, batch) multiplies the hidden activations: 0 silences a neuron. Returns
        `self.gradient`, which the next call overwrites.
        """
        product, activate = self._product, self._activate
        before = inputs
        for layer, (matrix, z, a, a_ones) in enumerate(self._forward):
            product(matrix, before, z)
            activate(z, a)
            before = a_ones
            if mask is not None:
                shown, before, _ = self._dropped[layer]
                np.multiply(a, mask[..., self._mask_rows[layer], :], out=shown)
        product(self._last, before, self._output)
        self._slope_of(self._z, self._a, self._slope)
        if mask is not None:
            np.multiply(self._slope, mask, out=self._slope)
        error = self._error
        self._loss.gradient(self._output, targets, error)
        for a_t, shown_t, gradient, matrix_t, spread_ones, spread, slope in self._backward:
            product(error, a_t if mask is None else shown_t, gradient)
            product(matrix_t, error, spread_ones)
            np.multiply(spread, slope, out=spread)
            error = spread
        product(error, inputs.mT, self._first_gradient)
        return self.gradient
