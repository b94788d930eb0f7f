"""Backpropagation written by hand and compiled: the mathematics of a run, in one place.

On networks of a few neurons Python's cost per operation is what one pays for, so everything that happens once
an epoch is here and is compiled by numba when it is first used; the result is kept on disk, and the compiled
code lets other threads run. With `NUMBA_DISABLE_JIT=1` the same code is plain Python, for the debugger.

Every layer's weights and biases lie in one flat vector: row by row, each neuron's bias after its weights.
Arrays are (neurons, points), float64: at these sizes float32 saves little time, and a run of 25,000 steps
amplifies its rounding until the same script in torch ends elsewhere.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from dashboard.network.settings import ACTIVATIONS, OPTIMISERS

Shape = tuple[int, ...]

TANH, RELU, SIGMOID, GELU, LINEAR = range(len(ACTIVATIONS))
SGD, MOMENTUM, ADAM = range(len(OPTIMISERS))
LOSSES = ("binary_cross_entropy", "cross_entropy", "squared_error")
"""For two classes (one output, a logit), for more (a logit each), for a number; means over the points."""
BINARY_CROSS_ENTROPY, CROSS_ENTROPY, SQUARED_ERROR = range(len(LOSSES))

DECAY = 0.9
"""Of the momentum, as in torch."""
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
"""Of Adam, as in torch."""

_LN2 = math.log(2)
_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    # Sums may be taken in another order, four or eight at a time; infinities and NaN keep their meaning.
    "fastmath": {"reassoc", "contract", "arcp", "nsz"},
}


def compiled(function: Callable) -> Callable:
    """Compile when first called, and keep the result on disk if there is a folder that can be written."""
    try:
        return njit(cache=True, **_OPTIONS)(function)
    except RuntimeError:
        return njit(**_OPTIONS)(function)


part = njit(**_OPTIONS)
"""A function that only compiled ones call: it is kept with them."""


class Task(NamedTuple):
    """What stays the same during a run: sizes (layers + 1,) int64, inputs first; activation, loss and
    optimiser by their number."""

    sizes: np.ndarray
    activation: int
    loss: int
    optimiser: int
    rate: float
    batch: int
    l1: float
    l2: float
    dropout: float


class State(NamedTuple):
    """What a step changes, in place: the flat vector, and the optimiser's memory: two vectors like it (a
    momentum or a mean, a mean of squares) and (1,) the number of steps."""

    flat: np.ndarray
    first: np.ndarray
    second: np.ndarray
    steps: np.ndarray


class Examples(NamedTuple):
    """Inputs (inputs, n), targets (outputs, n): zeros and ones, or numbers."""

    inputs: np.ndarray
    targets: np.ndarray


# Activations, and the losses.


@part
def exp(x: float) -> float:
    """e**x to a share of 5e-16 · (1 + |x| / 10), for |x| up to 700, where it stops growing.

    Written out because several of these can be computed at once, and calls to the C library cannot:
    x = n ln 2 + r, the series of e**r, then n into the exponent's bits.
    """
    x = min(max(x, -700.0), 700.0)
    n = math.floor(x / _LN2 + 0.5)
    r = x - n * _LN2
    series = 1.0
    for k in range(13, 0, -1):
        series = 1.0 + series * r / k
    return series * np.int64((np.int64(n) + 1023) << 52).view(np.float64)


@part
def tanh(z: float) -> float:
    return 1.0 - 2.0 / (exp(2.0 * z) + 1.0)


@part
def sigmoid(z: float) -> float:
    return 1.0 / (1.0 + exp(-z))


@part
def normal_cdf(z: float) -> float:
    return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))


@part
def activate(activation: int, z: np.ndarray, slope: np.ndarray) -> None:
    """Put f(z) in the place of z, and f'(z) into `slope`, for a whole layer.

    GELU is z times the normal distribution function of z (Hendrycks and Gimpel, 2016), not its approximation.
    """
    a, d = z.reshape(-1), slope.reshape(-1)
    if activation == TANH:
        for k in range(len(a)):
            a[k] = tanh(a[k])
            d[k] = 1.0 - a[k] * a[k]
    elif activation == RELU:
        for k in range(len(a)):
            d[k] = 1.0 if a[k] > 0.0 else 0.0
            a[k] = a[k] * d[k]
    elif activation == SIGMOID:
        for k in range(len(a)):
            a[k] = sigmoid(a[k])
            d[k] = a[k] * (1.0 - a[k])
    elif activation == GELU:
        for k in range(len(a)):
            below = normal_cdf(a[k])
            d[k] = below + a[k] * exp(-0.5 * a[k] * a[k]) / math.sqrt(2.0 * math.pi)
            a[k] = a[k] * below
    else:
        for k in range(len(a)):
            d[k] = 1.0


@part
def loss_and_score(loss: int, z: np.ndarray, targets: np.ndarray) -> tuple[float, float]:
    """The loss at the outputs (outputs, n), and the score: the share of the points whose class is right, or
    R², the share of the targets' variance that is explained, 0 if it is none or less."""
    outputs, n = z.shape
    total, right = 0.0, 0
    for k in range(n):
        if loss == BINARY_CROSS_ENTROPY:
            total += max(z[0, k], 0.0) + math.log1p(exp(-abs(z[0, k]))) - targets[0, k] * z[0, k]
            right += (z[0, k] > 0.0) == (targets[0, k] > 0.5)
        elif loss == CROSS_ENTROPY:
            top, wanted = 0, 0
            for c in range(1, outputs):
                if z[c, k] > z[top, k]:
                    top = c
                if targets[c, k] > targets[wanted, k]:
                    wanted = c
            odds = 0.0
            for c in range(outputs):
                odds += exp(z[c, k] - z[top, k])
            total += math.log(odds) + z[top, k] - z[wanted, k]
            right += top == wanted
        else:
            total += (z[0, k] - targets[0, k]) ** 2
    if loss != SQUARED_ERROR:
        return total / n, right / n
    mean, variance = 0.0, 0.0
    for k in range(n):
        mean += targets[0, k] / n
    for k in range(n):
        variance += (targets[0, k] - mean) ** 2 / n
    return total / n, max(1.0 - total / n / max(variance, 1e-300), 0.0)


@part
def loss_slope(loss: int, z: np.ndarray, targets: np.ndarray, slope: np.ndarray) -> None:
    """The derivative of the loss with respect to each output (outputs, n)."""
    outputs, n = z.shape
    for k in range(n):
        if loss == BINARY_CROSS_ENTROPY:
            slope[0, k] = (sigmoid(z[0, k]) - targets[0, k]) / n
        elif loss == CROSS_ENTROPY:
            top = z[0, k]
            for c in range(1, outputs):
                top = max(top, z[c, k])
            odds = 0.0
            for c in range(outputs):
                odds += exp(z[c, k] - top)
            for c in range(outputs):
                slope[c, k] = (exp(z[c, k] - top) / odds - targets[c, k]) / n
        else:
            slope[0, k] = 2.0 * (z[0, k] - targets[0, k]) / n


# Forward and backward through the layers.


@part
def propagate(
    flat: np.ndarray,
    sizes: np.ndarray,
    activation: int,
    inputs: np.ndarray,
    a: np.ndarray,
    slopes: np.ndarray,
    mask: np.ndarray,
) -> None:
    """Fill `a` and `slopes` (all neurons, n), layer after layer; the last layer stays as it is.

    `mask` (hidden neurons, n) multiplies the hidden activations, unless it has no row: 0 silences a neuron.
    """
    below, start, row = inputs, 0, 0
    n = inputs.shape[1]
    for layer in range(1, len(sizes)):
        width, before = sizes[layer], sizes[layer - 1]
        above, slope = a[row : row + width], slopes[row : row + width]
        for i in range(width):
            neuron = above[i]
            for k in range(n):
                neuron[k] = flat[start + before]
            for j in range(before):
                weight, source = flat[start + j], below[j]
                for k in range(n):
                    neuron[k] += weight * source[k]
            start += before + 1
        if layer < len(sizes) - 1:
            activate(activation, above, slope)
            if len(mask):
                silent = mask[row : row + width]
                for i in range(width):
                    for k in range(n):
                        above[i, k] *= silent[i, k]
                        slope[i, k] *= silent[i, k]
        below, row = above, row + width


@part
def backpropagate(
    flat: np.ndarray,
    sizes: np.ndarray,
    inputs: np.ndarray,
    a: np.ndarray,
    slopes: np.ndarray,
    errors: np.ndarray,
    gradient: np.ndarray,
) -> None:
    """The gradient of the loss, from the `errors` (all neurons, n), whose last rows hold the loss's slope at
    the outputs; the others are filled on the way back."""
    start, row = len(flat), len(a)
    n = inputs.shape[1]
    for layer in range(len(sizes) - 1, 0, -1):
        width, before = sizes[layer], sizes[layer - 1]
        start, row = start - width * (before + 1), row - width
        for i in range(width):
            error, place = errors[row + i], start + i * (before + 1)
            for j in range(before):
                source = inputs[j] if layer == 1 else a[row - before + j]
                total = 0.0
                for k in range(n):
                    total += error[k] * source[k]
                gradient[place + j] = total
            total = 0.0
            for k in range(n):
                total += error[k]
            gradient[place + before] = total
        if layer > 1:
            for j in range(before):
                spread, slope = errors[row - before + j], slopes[row - before + j]
                for k in range(n):
                    spread[k] = 0.0
                for i in range(width):
                    weight, error = flat[start + i * (before + 1) + j], errors[row + i]
                    for k in range(n):
                        spread[k] += weight * error[k]
                for k in range(n):
                    spread[k] *= slope[k]


@part
def penalise(task: Task, flat: np.ndarray, gradient: np.ndarray) -> None:
    """Add the slopes of l1 · Σ|w| and l2 · Σw² / 2; biases are left out."""
    place = 0
    for layer in range(1, len(task.sizes)):
        for _ in range(task.sizes[layer]):
            for _ in range(task.sizes[layer - 1]):
                gradient[place] += task.l1 * np.sign(flat[place]) + task.l2 * flat[place]
                place += 1
            place += 1


@part
def step(optimiser: int, rate: float, state: State, gradient: np.ndarray) -> None:
    """Move the weights against the gradient, with torch's formulas."""
    flat, first, second, steps = state
    steps[0] += 1
    if optimiser == SGD:
        for k in range(len(flat)):
            flat[k] -= rate * gradient[k]
    elif optimiser == MOMENTUM:  # Polyak, 1964
        for k in range(len(flat)):
            first[k] = DECAY * first[k] + gradient[k]
            flat[k] -= rate * first[k]
    else:  # Kingma and Ba, 2015
        mean_share, square_share = 1 - BETA1 ** steps[0], math.sqrt(1 - BETA2 ** steps[0])
        for k in range(len(flat)):
            first[k] = BETA1 * first[k] + (1 - BETA1) * gradient[k]
            second[k] = BETA2 * second[k] + (1 - BETA2) * gradient[k] ** 2
            size = math.sqrt(second[k]) / square_share + EPSILON
            flat[k] -= rate / mean_share * first[k] / size


# Whole epochs, and all that Python calls.


@part
def neurons(sizes: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Room for the activations and the slopes of all neurons at n points."""
    count = 0
    for size in sizes[1:]:
        count += size
    return np.empty((count, n)), np.empty((count, n))


@compiled
def forward(flat: np.ndarray, sizes: np.ndarray, activation: int, inputs: np.ndarray) -> np.ndarray:
    """Outputs of all neurons (neurons, n), layer after layer, hidden ones activated, the last as they are."""
    a, slopes = neurons(sizes, inputs.shape[1])
    propagate(flat, sizes, activation, inputs, a, slopes, np.empty((0, 0)))
    return a


@part
def teach(task: Task, state: State, train: Examples, permutations: np.ndarray, draws: np.ndarray) -> None:
    """One pass over the examples for each of `permutations` (epochs, n), which says in which order they come.

    `draws` (epochs, all · n), uniform in [0, 1), decide what dropout silences: batch after batch, in each
    batch neuron after neuron, all of them those of a hidden layer and one more in each, whose draws are not
    used (once the neuron that is always 1). It may be (epochs, 0) where nothing is dropped.
    """
    sizes, n = task.sizes, train.inputs.shape[1]
    a, slopes = neurons(sizes, min(task.batch, n))
    hidden = len(a) - sizes[-1]
    errors, gradient = np.empty_like(a), np.empty_like(state.flat)
    inputs, targets = np.empty((sizes[0], a.shape[1])), np.empty((sizes[-1], a.shape[1]))
    mask = np.empty((hidden if task.dropout else 0, a.shape[1]))
    for epoch in range(len(permutations)):
        drawn = 0
        for start in range(0, n, task.batch):
            count = min(task.batch, n - start)
            if (
                count != a.shape[1]
            ):  # the last batch is short, and then the first of the next epoch long again
                a, slopes = neurons(sizes, count)
                errors, mask = np.empty_like(a), np.empty((len(mask), count))
                inputs, targets = np.empty((sizes[0], count)), np.empty((sizes[-1], count))
            for k in range(count):
                example = permutations[epoch, start + k]
                for j in range(len(inputs)):
                    inputs[j, k] = train.inputs[j, example]
                for j in range(len(targets)):
                    targets[j, k] = train.targets[j, example]
            if task.dropout:
                row = 0
                for layer in range(1, len(sizes) - 1):
                    for _ in range(sizes[layer]):
                        for k in range(count):
                            # Those that stay are amplified, so that sums keep their expectation.
                            stays = draws[epoch, drawn + k] >= task.dropout
                            mask[row, k] = 1.0 / (1.0 - task.dropout) if stays else 0.0
                        row, drawn = row + 1, drawn + count
                    drawn += count
            propagate(state.flat, sizes, task.activation, inputs, a, slopes, mask)
            loss_slope(task.loss, a[hidden:], targets, errors[hidden:])
            backpropagate(state.flat, sizes, inputs, a, slopes, errors, gradient)
            if task.l1 or task.l2:
                penalise(task, state.flat, gradient)
            step(task.optimiser, task.rate, state, gradient)


@compiled
def examine(task: Task, flat: np.ndarray, examples: Examples) -> tuple[float, float]:
    """Loss and score on the examples."""
    a, slopes = neurons(task.sizes, examples.inputs.shape[1])
    propagate(flat, task.sizes, task.activation, examples.inputs, a, slopes, np.empty((0, 0)))
    return loss_and_score(task.loss, a[len(a) - task.sizes[-1] :], examples.targets)


@compiled
def record(
    task: Task,
    state: State,
    train: Examples,
    test: Examples,
    permutations: np.ndarray,
    draws: np.ndarray,
    limit: float,
    target: float,
    curves: np.ndarray,
    weights: np.ndarray,
) -> int:
    """`teach`, with figures (moments, 4) and weights (moments, parameters) float32 written down at equal
    distances, last at the end: len(permutations) is a multiple of the moments. The figures are the loss on
    train and test points, then the score on train and test points.

    Returns how many moments there were: fewer if the loss on the training points is no longer within `limit`,
    a figure is not finite, or the score on the test points has reached `target` (0 for never).
    """
    passes = len(permutations) // len(curves)
    for moment in range(len(curves)):
        epochs = slice(moment * passes, (moment + 1) * passes)
        teach(task, state, train, permutations[epochs], draws[epochs])
        figures = curves[moment]
        figures[0], figures[2] = examine(task, state.flat, train)
        figures[1], figures[3] = examine(task, state.flat, test)
        for k in range(len(state.flat)):
            weights[moment, k] = state.flat[k]
        reached = 0.0 < target <= figures[3]
        if reached or not (figures[0] <= limit and math.isfinite(figures[1])):
            return moment + 1
    return len(curves)
