"""How good the flows are on the real test sets, beside what bounds them and what they are compared with.

Run as `python -m tests.benchmarks.generation_quality [--data FOLDER] [--dataset digits|fashion]`; the last
line printed is one JSON object. For each data set: the figures of the flow's card measured again; the same
measures of 10,000 training images, of these rebuilt by the autoencoder (what its decoder makes of perfect
codes), and of the baselines.
"""

import argparse
import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dashboard import zoo
from dashboard.datasets.images import DatasetName, load
from dashboard.generation import baselines, measures
from dashboard.generation.sampling import Request, Settings, models
from dashboard.recipes.__main__ import RECIPES
from dashboard.recipes.recipe import in_batches
from tests.benchmarks.report import print_report

GOALS = {
    "digits": {"accuracy": 0.99, "frechet": 0.008, "ambition_frechet": 0.003},
    "fashion": {"accuracy": 0.93, "frechet": 0.03, "ambition_frechet": 0.01},
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, help="folder of the IDX files (else they are fetched once)")
    parser.add_argument("--dataset", choices=list(GOALS))
    asked = parser.parse_args()
    torch.set_num_threads(1)
    datasets: list[DatasetName] = [asked.dataset] if asked.dataset else ["digits", "fashion"]
    print_report(goals=GOALS, figures={dataset: figures(dataset, asked.data) for dataset in datasets})


def figures(dataset: DatasetName, data: Path | None) -> dict[str, Any]:
    name = f"{dataset}-flow"
    test = load(dataset, "test", data)
    training = load(dataset, "train", data)[: len(test)]
    real = measures.read(dataset, test.images / np.float32(255))
    _, autoencoder = models(dataset)

    def quality(images: np.ndarray, labels: np.ndarray) -> dict[str, float]:
        return dataclasses.asdict(measures.quality(measures.read(dataset, images), labels, real, test.labels))

    found: dict[str, Any] = {
        "real": quality(training.images / np.float32(255), training.labels),
        "rebuilt": quality(in_batches(autoencoder, training).numpy()[:, 0], training.labels),
        "flow": RECIPES[name].measure(zoo.load(name), test),
        "card": zoo.card(name).measured,
    }
    counts = np.bincount(test.labels)
    ordered = np.repeat(np.arange(10), counts)
    for method in baselines.METHODS:
        if method != "flow":
            images = [
                baselines.draw(method, Request(dataset, label), Settings(count=int(count), seed=label))
                for label, count in enumerate(counts)
            ]
            found[method] = quality(np.concatenate(images), ordered)
    for kind, values in found.items():
        print(dataset, kind, {key: round(value, 4) for key, value in values.items()}, flush=True)
    return found


if __name__ == "__main__":
    main()
