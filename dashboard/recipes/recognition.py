"""How far the classifiers' probabilities can be believed, and below what score they should not answer.

    python -m dashboard.recipes recognition --data FOLDER

Writes the calibration on the classifiers' cards. To be run again whenever a classifier changes: it
measures those alone that have none (to measure one again, take it off its card first). FOLDER holds the IDX
files of the digits and garments, and `tiny-imagenet-64-1.parquet`: photographs of the Tiny-ImageNet training
set (Stanford CS231n), columns `jpeg` (bytes) and `wnid`, of which the last 3,000 rows were kept aside. Digits
and garments are the last 5,000 training images, which no recipe trains on; no test set is touched. Every
second image serves to fit, the others to measure.
"""

import dataclasses
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.special import softmax
from tqdm import tqdm

from dashboard import zoo
from dashboard.calibration import (
    Array,
    Calibration,
    fit_temperature,
    strength,
)
from dashboard.classifiers import CLASSIFIERS, Classifier, Pixels
from dashboard.datasets import imagenet, strokes
from dashboard.datasets.images import DATASETS, DatasetName, load
from dashboard.datasets.shipped import DatasetError
from dashboard.recipes.recipe import HELD_OUT
from dashboard.recognition.quality import Answers, calibration

PHOTOGRAPHS = "tiny-imagenet-64-1.parquet"
KEPT = 3_000
UNLIKE = 300
"""Images of each unlike kind."""
_BATCH = 20
_REFUSING = ("digits", "digits-mlp")
"""Those that have learned from drawings that are none of their classes; they are measured on other kinds."""


@dataclass(frozen=True)
class Labelled:
    """Images and their classes (n,)."""

    images: list[Image.Image]
    labels: NDArray[np.int64]


def kept_photographs(folder: Path) -> Labelled:
    """The photographs kept aside, 64 x 64, labelled with their place among ImageNet's 1000 classes.

    Raises:
        DatasetError: their file is not in the folder.
    """
    import pyarrow.parquet as parquet

    path = folder / PHOTOGRAPHS
    if not path.is_file():
        raise DatasetError(f"{path} is not there: the photographs kept aside cannot be measured")
    rows = parquet.read_table(path)
    rows = rows.slice(rows.num_rows - KEPT)
    places = {number: place for place, number in enumerate(imagenet.synsets())}
    images = [Image.open(io.BytesIO(jpeg)).convert("RGB") for jpeg in rows["jpeg"].to_pylist()]
    return Labelled(images, np.array([places[number] for number in rows["wnid"].to_pylist()]))


def kept_greys(dataset: DatasetName, folder: Path | None) -> Labelled:
    """The training images of digits or garments that no recipe trains on."""
    kept = load(dataset, "train", folder)[-HELD_OUT:]
    return Labelled([Image.fromarray(image) for image in kept.images], kept.labels)


def noises(count: int = UNLIKE) -> list[Image.Image]:
    """Random colours, from clouds to single pixels."""
    random = np.random.default_rng(0)
    grains = [(4, 8, 16, 32, 224)[k % 5] for k in range(count)]
    return [
        Image.fromarray(random.integers(0, 256, (grain, grain, 3), dtype=np.uint8)).resize((224, 224))
        for grain in grains
    ]


def scores(model: Classifier, images: Iterable[Image.Image], name: str) -> Array:
    """Logits (n, classes); -inf all along for an image in which the network finds nothing to look at."""
    inputs = [_prepared(model, image) for image in images]
    filled = {place: prepared for place, prepared in enumerate(inputs) if prepared is not None}
    places = list(filled)
    found = np.full((len(inputs), len(model.classes("en"))), -np.inf)
    for start in tqdm(range(0, len(places), _BATCH), desc=f"{model.name}: {name}", mininterval=5):
        rows = places[start : start + _BATCH]
        found[rows] = model.scores(np.stack([filled[row] for row in rows]))
    return found


def _prepared(model: Classifier, image: Image.Image) -> Pixels | None:
    if model.name != "photos" and image.size == (28, 28) and image.mode == "L":
        pixels: Pixels = np.asarray(image, dtype=np.float32)[None] / np.float32(255)
        return pixels
    try:
        return model.prepare(image)
    except ValueError:  # an empty sheet
        return None


def calibrate(model: Classifier, known: Labelled, unlike: dict[str, list[Image.Image]]) -> Calibration:
    """Fit on every second image, measure on the others."""
    logits = scores(model, known.images, "known")
    refuses = model.name in _REFUSING
    fitted, measured = slice(0, None, 2), slice(1, None, 2)
    right = logits.argmax(axis=1) == known.labels
    strengths = strength(logits)
    # Where so few are given up, half of the images would be too few to find the place.
    found = right if refuses else right & (np.arange(len(right)) % 2 == 0)
    threshold = float(np.quantile(strengths[found], model.alarms))
    # One class more, whose score is the threshold.
    padded = np.pad(logits, ((0, 0), (0, 1)), constant_values=threshold) if refuses else logits
    temperature = fit_temperature(padded[fitted], known.labels[fitted])
    caught = {
        kind: (strength(scores(model, images, kind)) < threshold).mean() for kind, images in unlike.items()
    }
    return Calibration(
        temperature=round(temperature, 4),
        error_before=round(gap(padded[measured], known.labels[measured], 1.0), 5),
        error_after=round(gap(padded[measured], known.labels[measured], temperature), 5),
        threshold=round(threshold, 3),
        false_alarms=round(float((strengths[measured][right[measured]] < threshold).mean()), 4),
        caught={kind: round(float(share), 4) for kind, share in caught.items()},
        images=len(known.labels),
        refuses=refuses,
    )


def gap(logits: Array, labels: NDArray[np.int64], temperature: float) -> float:
    """The expected calibration error of (n, classes) logits divided by a temperature."""
    return calibration(Answers(labels, softmax(logits / temperature, axis=1))).error


def make(data: Path | None) -> None:
    """Write the calibrations on the classifiers' cards. One that has its own keeps it; a model made anew has
    none.

    Raises:
        DatasetError: the photographs or the IDX files are missing.
    """
    if data is None:
        raise DatasetError(f"--data must name the folder of {PHOTOGRAPHS} and of the IDX files")
    kept = {"photos": kept_photographs(data)} | {dataset: kept_greys(dataset, data) for dataset in DATASETS}
    for name, model in CLASSIFIERS.items():
        if model.card.calibration:
            continue
        # Garments are no strangers to the photo network: ImageNet has sandals, T-shirts, bags.
        own = model.dataset or "photos"
        others = [other for other in kept if other != own and (own, other) != ("photos", "fashion")]
        unlike = {other: kept[other].images[:UNLIKE] for other in others}
        if name in _REFUSING:
            drawings = strokes.strange(strokes.UNSEEN, 50 * len(strokes.UNSEEN), seed=4)[0]
            unlike["drawings"] = [Image.fromarray(image) for image in drawings.images]
        made = dataclasses.asdict(calibrate(model, kept[own], unlike | {"noise": noises()}))
        zoo.write_card(dataclasses.replace(model.card, calibration=made), zoo.PRETRAINED / model.weights)
        print(name, made)


def evaluated(folder: Path) -> dict[str, float]:
    """The photo network's figures on the measuring half of the photographs kept aside: its first and its five
    best answers right, its calibration error without and, once it is calibrated, with the temperature."""
    model = CLASSIFIERS["photos"]
    kept = kept_photographs(folder)
    labels = kept.labels[1::2]
    logits = scores(model, kept.images[1::2], "photographs")
    right = np.argsort(-logits, axis=1)[:, :5] == labels[:, None]
    found = {
        "accuracy_enlarged": float(right[:, 0].mean()),
        "top5_enlarged": float(right.any(axis=1).mean()),
        "calibration_error": gap(logits, labels, 1.0),
    }
    if model.card.calibration:
        found["calibration_error_calibrated"] = gap(logits, labels, model.calibration.temperature)
    return found
