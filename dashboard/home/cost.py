"""What a fully connected network costs: its parameters, its multiplications, its measured training time.

Everything is numpy, because the front page must answer before any heavy library is loaded.
"""

import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

INPUTS = 28 * 28  # pixels of an image
OUTPUTS = 10  # digits
BATCH = 32  # images in a training step
IMAGES = 60_000  # images in MNIST's training set
MOST_LAYERS = 6
WIDTHS = (16, 32, 64, 128, 256, 512)

Sizes = tuple[int, ...]  # values per layer, from the inputs to the outputs
Floats = NDArray[np.float32]

_alone = threading.Lock()


@dataclass(frozen=True)
class Timing:
    """Durations of one training step, in seconds."""

    median: float
    fastest: float
    slowest: float
    repeats: int


@dataclass
class Layer:
    """``weights``: (n_in, n_out); ``biases``: (n_out,)."""

    weights: Floats
    biases: Floats


def sizes(layers: int, width: int) -> Sizes:
    """A network of ``layers`` hidden layers of ``width`` neurons each between the image and the digits."""
    return (INPUTS, *[width] * layers, OUTPUTS)


def parameters(sizes: Sizes) -> int:
    """Numbers that training adjusts: one weight for each connection, one bias for each neuron."""
    return sum(n_in * n_out + n_out for n_in, n_out in pairwise(sizes))


def multiplications(sizes: Sizes) -> int:
    """Multiplications that one image needs from the input to the output: one for each weight."""
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def training_multiplications(sizes: Sizes) -> int:
    """Multiplications that learning from one image needs: those of its answer, the slope of each weight, and
    the slopes that each layer but the first hands back to the one before."""
    return 2 * multiplications(sizes) + multiplications(sizes[1:])


def steps_per_epoch() -> int:
    """Training steps in one round of all the images."""
    return -(-IMAGES // BATCH)


def start(sizes: Sizes, seed: int = 0) -> list[Layer]:
    """Random weights of variance 2 / n_in (He et al., 2015), and biases of zero."""
    rng = np.random.default_rng(seed)
    layers = []
    for n_in, n_out in pairwise(sizes):
        weights = rng.random((n_in, n_out), dtype=np.float32)  # uniform: cheaper to draw than normal
        weights -= np.float32(0.5)
        weights *= np.float32((24 / n_in) ** 0.5)
        layers.append(Layer(weights, np.zeros(n_out, dtype=np.float32)))
    return layers


def train_step(layers: list[Layer], images: Floats, labels: NDArray[np.int64], rate: float) -> float:
    """One step of stochastic gradient descent, in place; returns the mean cross-entropy before it.

    ``images``: (batch, n_in) float32; ``labels``: (batch,) class numbers. Hidden layers are rectified
    (ReLU), the last gives logits.
    """
    seen = [images]  # what each layer receives: (batch, n_in)
    for layer in layers[:-1]:
        seen.append(np.maximum(seen[-1] @ layer.weights + layer.biases, 0))
    logits = seen[-1] @ layers[-1].weights + layers[-1].biases  # (batch, classes)

    logits -= logits.max(axis=1, keepdims=True)
    log_odds = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    loss = -float(log_odds[rows, labels].mean())

    slope = np.exp(log_odds)  # derivative of the loss by the sums of the layer: (batch, n_out)
    slope[rows, labels] -= 1
    slope /= len(labels)
    for i in reversed(range(len(layers))):
        layer, received = layers[i], seen[i]
        weight_slope, bias_slope = received.T @ slope, slope.sum(axis=0)
        if i:
            slope = (slope @ layer.weights.T) * (received > 0)
        layer.weights -= rate * weight_slope
        layer.biases -= rate * bias_slope
    return loss


def time_step(sizes: Sizes, budget: float = 0.04, most: int = 25) -> Timing:
    """Measure training steps of ``BATCH`` random images, at least three, for about ``budget`` seconds.

    The first step, which pays for cold caches, is not counted. Measurements wait for one another, else
    they would measure each other. One thread: on a busy machine two were measured ten to a hundred times
    slower, and far less steady.
    """
    rng = np.random.default_rng(0)
    images = rng.random((BATCH, sizes[0]), dtype=np.float32)
    labels = rng.integers(sizes[-1], size=BATCH)
    with _alone, threadpool_limits(1, user_api="blas"):
        layers = start(sizes)
        train_step(layers, images, labels, 0.01)
        durations: list[float] = []
        while len(durations) < 3 or (sum(durations) < budget and len(durations) < most):
            begun = time.perf_counter()
            train_step(layers, images, labels, 0.01)
            durations.append(time.perf_counter() - begun)
    return Timing(median(durations), min(durations), max(durations), len(durations))
