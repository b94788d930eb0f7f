"""Classes of one's own, learned in a moment: the photo network looks, a logistic regression decides.

The network stays as it is. Its last layer but one sums up a photograph in 1280 numbers, its features; only
what leads from there to the classes is learned, which takes a few images and a fraction of a second
(transfer learning: Donahue et al., 2014, arXiv:1310.1531).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from dashboard import zoo
from dashboard.classifiers import classifier
from dashboard.models.efficientnet_lite import HEAD, EfficientNetLite0
from dashboard.recognition.quality import interval

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

FEATURES = HEAD
LEAST, MOST = 2, 5
"""Classes."""
FOLDS = 5
FORMAT = "own-classes-1"
MOST_BYTES = 1_000_000
MOST_NAME = 40
# Strong regularisation: there are a hundred times more features than images.
_STRENGTH = 0.01


class WrongFile(ValueError):
    """Not a file that `to_json` has written."""


@dataclass(frozen=True)
class OwnClasses:
    """What was learned: scores = features @ weights.T + bias, then softmax.

    Attributes:
        names: what the visitor calls the classes.
        weights: (classes, features).
        bias: (classes,).
    """

    names: tuple[str, ...]
    weights: Array
    bias: Array

    def probabilities(self, features: Array) -> Array:
        """(n, features) -> (n, classes)."""
        scores = features @ self.weights.T + self.bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class Trial:
    """Cross-validation: each image answered by a classifier that has not seen it.

    Attributes:
        folds: into how many parts the images were split.
        answers: (n,) the class answered to each image.
        right: how many of the n answers are right.
        low, high: between which shares the true accuracy lies, with 95 % confidence, if the images are
            independent.
    """

    folds: int
    answers: Labels
    right: int
    low: float
    high: float


def look(images: Sequence[Image.Image]) -> Iterator[Array]:
    """The features (FEATURES,) of each image of mode RGB, one after the other."""
    photos = classifier("photos")
    for image in images:
        with zoo.inference():
            x = torch.from_numpy(photos.prepare(image))[None]
            yield cast(EfficientNetLite0, photos.module).features(x)[0].double().numpy()


def fit(features: Array, labels: Labels, names: Sequence[str]) -> OwnClasses:
    """Learn from (n, features) and (n,) labels, which run from 0 without a gap, one for each name.

    Raises:
        ValueError: a class without an image, or too few or too many classes.
    """
    if not LEAST <= len(names) <= MOST or set(labels.tolist()) != set(range(len(names))):
        raise ValueError(f"from {LEAST} to {MOST} classes, each with an image")
    pipeline = _pipeline().fit(features, labels)
    scaler, regression = pipeline[0], pipeline[1]
    weights, bias = regression.coef_, regression.intercept_
    if len(names) == 2:
        # Of two classes scikit-learn keeps one row: the score of the second over the first.
        weights, bias = np.vstack([0 * weights, weights]), np.append(0.0, bias)
    # The scaling goes into the weights, so that a file holds nothing else.
    weights = weights / scaler.scale_
    return OwnClasses(tuple(names), weights, bias - weights @ scaler.mean_)


def try_out(features: Array, labels: Labels) -> Trial | None:
    """How well it does on images it has not learned from; None if a class has but one image."""
    folds = min(FOLDS, int(np.bincount(labels).min()))
    if folds < 2:
        return None
    split = StratifiedKFold(folds, shuffle=True, random_state=0)
    answers = cross_val_predict(_pipeline(), features, labels, cv=split)
    right = int((answers == labels).sum())
    low, high = interval(right, len(labels))
    return Trial(folds, answers, right, float(low), float(high))


def nearest(features: Array, one: Array) -> tuple[int, float]:
    """Which of the (n, features) resembles `one` (features,) most, and the cosine between them."""
    likeness = _directions(features) @ _directions(one[None])[0]
    return int(likeness.argmax()), float(likeness.max())


def usual_likeness(features: Array) -> float:
    """The cosine between an image and the one that resembles it most: the least over the images (n >= 2)."""
    directions = _directions(features)
    likeness = directions @ directions.T
    np.fill_diagonal(likeness, -1.0)
    return float(likeness.max(axis=1).min())


def to_json(own: OwnClasses) -> str:
    """A file to take away, read back by `from_json`: names, weights, bias."""
    content = {
        "format": FORMAT,
        "features": "pooled features of EfficientNet-Lite0 (dashboard.zoo: photos)",
        "names": own.names,
        "bias": [float(f"{b:.7g}") for b in own.bias],
        "weights": [[float(f"{w:.7g}") for w in row] for row in own.weights],
    }
    return json.dumps(content, ensure_ascii=False)


def from_json(text: str | bytes, features: int = FEATURES) -> OwnClasses:
    """Read what `to_json` wrote, for this number of features.

    Raises:
        WrongFile: it is something else.
    """
    if len(text) > MOST_BYTES:
        raise WrongFile
    try:
        content = json.loads(text)
        names = content["names"]
        weights = np.array(content["weights"], dtype=np.float64)
        bias = np.array(content["bias"], dtype=np.float64)
        known = content["format"] == FORMAT and all(isinstance(name, str) for name in names)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        raise WrongFile from None
    fits = bias.ndim == 1 and LEAST <= len(bias) <= MOST and weights.shape == (len(bias), features)
    if not (known and fits and isinstance(names, list) and bias.shape == (len(names),)):
        raise WrongFile
    if not np.isfinite(np.column_stack([weights, bias])).all():
        raise WrongFile
    return OwnClasses(tuple(name[:MOST_NAME] for name in names), weights, bias)


def _pipeline() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=200))


def _directions(features: Array) -> Array:
    return features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12)
