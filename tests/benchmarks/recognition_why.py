"""Explaining an answer and showing a layer: seconds and CPU-seconds of each attribution, curve and layer."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch

from dashboard.classifiers import Pixels, classifier
from dashboard.datasets.images import sample
from dashboard.datasets.photographs import photograph
from dashboard.layers import dissection
from dashboard.layers import figures as layer_plots
from dashboard.recognition import features, neighbours
from dashboard.recognition.attributions import METHODS, attribute
from dashboard.recognition.deletion import at_random, deletion
from dashboard.ui.language import texts_in
from tests.benchmarks.report import print_report, spread

RUNS = 5


def timed(work: Callable[[], object]) -> dict[str, object]:
    """Median and p95 of seconds, and the median of CPU-seconds, after one run that is not counted."""
    work()
    walls, cpus = [], []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return {**spread(walls, 3), "cpu": round(float(np.median(cpus)), 3)}


def measure(model: str, given: Pixels) -> dict[str, object]:
    """Everything that the two views work out for one image."""
    module, calibrated = classifier(model).module, classifier(model).calibrated
    image = torch.from_numpy(given)[None]
    with torch.inference_mode():
        target = int(module(image).argmax())
    found: dict[str, object] = {
        method: timed(lambda method=method: attribute(method, module, image, target)) for method in METHODS
    }
    values = attribute("gradcam", module, image, target)
    found["curve"] = timed(lambda: deletion(module, image, target, values, calibrated))
    found["random_curves"] = timed(lambda: at_random(module, image, target, calibrated))
    found["all_layers"] = timed(lambda: dissection.read(module, image))
    layers = dissection.read(module, image)
    text = {**texts_in("recognition_layers", "en")["plots"], "value": ""}

    def widest_layer() -> None:
        layer = max(layers, key=lambda layer: layer.values.size)
        order = features.shown(layer)
        small = features.shrunk(layer.values, len(order))
        hover = {int(unit): "" for unit in order}
        layer_plots.layer(small, order, int(order[0]), hover, "light", text, "en").to_json()

    found["widest_layer_as_figure"] = timed(widest_layer)
    if model != "photos":
        found["neighbours"] = timed(lambda: neighbours.neighbours(model, given))
    return found


def main() -> None:
    photo = classifier("photos").prepare(photograph("chelsea"))
    digit = np.divide(sample("digits").images[3][None], 255, dtype=np.float32)
    print_report(
        what="seconds for one image: attributions, deletion curves, all layers, the widest layer's figure",
        photos=measure("photos", photo),
        digits=measure("digits", digit),
    )


if __name__ == "__main__":
    main()
