"""Texts about images written piece after piece by a describer, at a fraction of what whole texts cost.

A place of a text is a few thousand numbers: what a call of torch costs beside them is several times the work,
and numpy's calls cost less. Keys and values of earlier places stay in room that was set aside, and queries,
keys and values of a place come from one product.
"""

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import erf
from torch import Tensor

from dashboard.models.attention import HEAD, Attention
from dashboard.models.scene_autoencoder import CELLS
from dashboard.models.scene_describer import Memory, SceneDescriber, Telling, step

Floats = NDArray[np.floating]
_EPSILON = np.float32(1e-5)  # of torch's layer norm
_ROOT = np.float32(0.5**0.5)


class Writer:
    """What `SceneDescriber` computes of whole texts, one place after the other, for n texts at once.

    Args:
        images: (n, 3, 64, 64) in [-1, 1].
    """

    def __init__(self, model: SceneDescriber, images: Tensor) -> None:
        self.weights, self.place = _weights(model), 0
        self.layers = [
            _Layer(weights, memory, model.longest)
            for weights, memory in zip(self.weights.layers, model.look(images), strict=True)
        ]

    def next(self, pieces: NDArray[np.intp], left: NDArray[np.intp]) -> Floats:
        """Logits of the next piece (n, count) after pieces (n,), with so many characters left (n,)."""
        weights = self.weights
        x = weights.embed[pieces] + weights.left[weights.steps[left]] + weights.place[self.place]
        for layer in self.layers:
            layer.add(x, self.place)
        self.place += 1
        logits: Floats = _norm(x) @ weights.choose + weights.bias
        return logits

    def seen(self) -> Floats:
        """Where in the image each place looked so far: (places, n, 8, 8), each sums to one."""
        whole = np.stack([layer.seen[: self.place] for layer in self.layers])
        layers, places, rows, _ = whole.shape
        heads = self.layers[0].weights.heads
        return whole.reshape(layers, places, rows // heads, heads, CELLS, CELLS).mean((0, 3))


class _Weights:
    """Those of a describer as numpy multiplies by them."""

    def __init__(self, model: SceneDescriber) -> None:
        self.embed, self.left = _array(model.embed.weight), _array(model.left.weight)
        self.place = _array(model.place)
        self.choose, self.bias = _array(model.choose.weight).T, _array(model.choose.bias)
        self.steps = step(torch.arange(MOST + 1)).numpy()
        self.layers = [_LayerWeights(layer) for layer in model.layers]  # type: ignore[arg-type]


MOST = 1_000  # characters left


class _LayerWeights:
    def __init__(self, layer: Telling) -> None:
        self.heads, scale = layer.pieces.heads, HEAD**-0.5
        both = [layer.pieces.query.weight * scale, layer.pieces.both.weight]
        self.enter, self.look = _array(torch.cat(both)).T, _array(layer.image.query.weight * scale).T
        self.leave, self.found = _linear(layer.pieces), _linear(layer.image)
        first, _, second = layer.dense
        self.wide, self.wide_bias = _array(first.weight).T, _array(first.bias)  # type: ignore[arg-type]
        self.narrow, self.narrow_bias = _array(second.weight).T, _array(second.bias)  # type: ignore[arg-type]


class _Layer:
    """One layer at one place, with the memory of the places before."""

    def __init__(self, weights: _LayerWeights, image: Memory, longest: int) -> None:
        self.weights = weights
        self.image_keys, self.image_values = (_array(one.flatten(0, 1)) for one in image)
        rows = len(self.image_keys)
        self.keys, self.values = np.zeros((2, rows, longest, HEAD), np.float32)
        self.seen = np.zeros((longest, rows, CELLS * CELLS), np.float32)

    def add(self, x: Floats, place: int) -> None:
        """Add to the places x (n, width) what this layer makes of them."""
        weights, (count, width) = self.weights, x.shape
        entered = _norm(x) @ weights.enter
        query, key, value = (entered[:, k * width : (k + 1) * width].reshape(-1, HEAD) for k in range(3))
        self.keys[:, place], self.values[:, place] = key, value
        keys, values = self.keys[:, : place + 1], self.values[:, : place + 1]
        shares = _softmax(keys @ query[..., None])
        found = (shares.transpose(0, 2, 1) @ values).reshape(count, width)
        x += found @ weights.leave[0] + weights.leave[1]
        looked = (_norm(x) @ weights.look).reshape(-1, HEAD, 1)
        shares = _softmax(self.image_keys @ looked)
        self.seen[place] = shares[..., 0]
        found = (shares.transpose(0, 2, 1) @ self.image_values).reshape(count, width)
        x += found @ weights.found[0] + weights.found[1]
        wide = _norm(x) @ weights.wide + weights.wide_bias
        wide *= 1 + erf(wide * _ROOT)
        x += (wide @ weights.narrow) * np.float32(0.5) + weights.narrow_bias


@lru_cache(maxsize=2)
def _weights(model: SceneDescriber) -> _Weights:
    return _Weights(model)


def _linear(attention: Attention) -> tuple[Floats, Floats]:
    return _array(attention.leave.weight).T, _array(attention.leave.bias)


def _array(tensor: Tensor) -> Floats:
    found: Floats = tensor.detach().contiguous().numpy()
    return found


# Sums by `reduce`: the methods of arrays that do the same cost several times as much on so few numbers.


def _norm(x: Floats) -> Floats:
    width = np.float32(x.shape[1])
    centred: Floats = x - np.add.reduce(x, 1, keepdims=True) / width
    spread = np.add.reduce(centred * centred, 1, keepdims=True) / width
    normal: Floats = centred / np.sqrt(spread + _EPSILON)
    return normal


def _softmax(scores: Floats) -> Floats:
    """Along the places (rows, places, 1)."""
    raised: Floats = np.exp(scores - np.maximum.reduce(scores, 1, keepdims=True))
    return raised / np.add.reduce(raised, 1, keepdims=True)
