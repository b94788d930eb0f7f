"""How long it takes to compute what pages show, on one thread.

    python -m tests.benchmarks.times SUITE [--runs N]

The last line is one JSON object: of each action milliseconds on the clock and of the processor, which differ
where other work keeps it busy; a plain matrix product in the same run says how fast the machine was.
"""

import argparse
import contextlib
import io
from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from torch import nn

from dashboard import images, zoo
from dashboard.classifiers import CLASSIFIERS, Pixels, classifier
from dashboard.codec.receiver import NotAMessage, receive
from dashboard.codec.text import ALPHABET
from dashboard.datasets import maps
from dashboard.datasets.images import DATASETS, sample
from dashboard.datasets.photographs import photograph
from dashboard.generation import baselines, generate, measures, nearest, sampling
from dashboard.generation.sampling import Request, Settings
from dashboard.generation.understand import understand
from dashboard.images import ImageRefused
from dashboard.layers import dissection
from dashboard.layers import figures as layer_plots
from dashboard.recognition import features, neighbours
from dashboard.recognition.attributions import METHODS, attribute
from dashboard.recognition.deletion import at_random, deletion
from dashboard.ui.language import texts_in
from tests.benchmarks.report import measure, print_report
from tests.unit.odd_images import Odd, damaged, excessive, foreign, good
from tests.unit.test_generation_understand import FILES, LONG

Actions = dict[str, Callable[[], object]]
SEVEN = Request("digits", 7, slant=1.5)


def generation() -> Actions:
    """Images, films, and what they are compared with."""
    film = sampling.sample(SEVEN, Settings(count=10))
    sketch = np.zeros((28, 28), np.float32)
    sketch[5:23, 13:16] = 1
    ten = partial(generate, "digits", label=7, count=10, steps=8)
    return {
        "generate_10_in_8_steps": partial(ten, guidance=1.5, seed=0),
        "the_same_by_euler": partial(ten, sampler="euler"),
        "fashion": partial(generate, "fashion", label=9, count=10, steps=8),
        "film_of_10_in_8_steps": lambda: sampling.sample(SEVEN, Settings(count=10)),
        "film_of_25_in_16_steps": lambda: sampling.sample(SEVEN, Settings(count=25, steps=16)),
        "sketch_finished_10_times": lambda: sampling.sketch(sketch, 0.6, SEVEN, Settings(count=10)),
        "between_two_requests_12_images": lambda: sampling.between(
            SEVEN, Request("digits", 3), np.linspace(0, 1, 12), Settings(count=1)
        ),
        "nearest_of_10_among_55000": lambda: nearest.nearest("digits", film.codes[-1]),
        "read_10_by_the_classifier": lambda: measures.read("digits", film.images),
        **{
            f"10_by_{method}": partial(baselines.draw, method, SEVEN, Settings(count=10))
            for method in baselines.METHODS
            if method != "flow"
        },
    }


def models() -> Actions:
    """One image through each model of digits and garments; each loaded; a code placed on each map."""

    def load_again(name: str) -> None:
        """What the first visitor waits for: read, check the digest, build, fill."""
        zoo._loaded.clear()
        zoo.load(name)

    def through(model: nn.Module, image: torch.Tensor) -> None:
        with zoo.inference():
            model(image)

    actions: Actions = {}
    for dataset in DATASETS:
        image = torch.from_numpy(sample(dataset).images[:1].copy()).unsqueeze(1) / 255
        for name in (name for name in zoo.names() if name.startswith(dataset) and "flow" not in name):
            actions[name] = partial(through, zoo.load(name), image)
            actions[f"load {name}"] = partial(load_again, name)
        ready = maps.load(dataset)
        for size, method, dimensions in ready.coordinates:
            code = ready.codes[size][:1]
            place = partial(ready.place, code, size, method, dimensions)
            actions[f"place {dataset}-{size}-{method}-{dimensions}"] = place
    return actions


def jpeg(run: int) -> bytes:
    """A photograph of 1,600 x 1,066 pixels that no cache holds."""
    image = photograph("coffee").crop((run, run, 600 - run, 400 - run)).resize((1600, 1066))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=90)
    return content.getvalue()


def recognition() -> Actions:
    """Each classifier's network; a photograph's file to its answer."""
    content, photos = jpeg(0), classifier("photos")
    random = np.random.default_rng(0)
    shapes = {name: (3, 224, 224) if name == "photos" else (1, 28, 28) for name in CLASSIFIERS}
    return {
        "file_to_answer": lambda: photos.answer(photos.prepare(images.load(content))),
        **{
            name: partial(model.answer, random.random(shapes[name], dtype=np.float32))
            for name, model in CLASSIFIERS.items()
        },
    }


def explanations() -> Actions:
    """A photograph's and a digit's: attributions, deletion curves, all layers, the widest layer's figure."""
    photo = classifier("photos").prepare(photograph("chelsea"))
    digit = np.divide(sample("digits").images[3][None], 255, dtype=np.float32)
    return {
        f"{model}: {name}": action
        for model, given in (("photos", photo), ("digits", digit))
        for name, action in _explained(model, given).items()
    }


def _explained(model: str, given: Pixels) -> Actions:
    module, calibrated = classifier(model).module, classifier(model).calibrated
    image = torch.from_numpy(given)[None]
    with torch.inference_mode():
        target = int(module(image).argmax())
    values = attribute("gradcam", module, image, target)
    layers = dissection.read(module, image)
    text = {**texts_in("recognition_layers", "en")["plots"], "value": ""}

    def widest_layer() -> None:
        layer = max(layers, key=lambda layer: layer.values.size)
        order = features.shown(layer)
        small = features.shrunk(layer.values, len(order))
        hover = {int(unit): "" for unit in order}
        layer_plots.layer(small, order, int(order[0]), hover, "light", text, "en").to_json()

    return {
        **{method: partial(attribute, method, module, image, target) for method in METHODS},
        "curve": lambda: deletion(module, image, target, values, calibrated),
        "random_curves": lambda: at_random(module, image, target, calibrated),
        "all_layers": lambda: dissection.read(module, image),
        "widest_layer_as_figure": widest_layer,
        **({"neighbours": lambda: neighbours.neighbours(model, given)} if model != "photos" else {}),
    }


def awkward_input() -> Actions:
    """Files made to overwhelm the image loader; requests of ten thousand characters; texts that are no
    messages (limit 300 ms each)."""

    def opened(odd: Odd) -> None:
        with contextlib.suppress(ImageRefused):
            images.load(odd.data, odd.name)

    def received(text: str) -> None:
        with contextlib.suppress(NotAMessage):
            receive(text)

    random = np.random.default_rng(0)
    noise = {f"no message, {k}": "".join(random.choice(list(ALPHABET + " ,.:"), 5000)) for k in range(3)}
    odd_ones = [odd for kind in (good, excessive, damaged, foreign) for odd in kind()]
    texts = [(text, language) for language in FILES for text in LONG]
    return (
        {odd.name: partial(opened, odd) for odd in odd_ones}
        | {f"{text[:12]}… ({language})": partial(understand, text, language) for text, language in texts}
        | {name: partial(received, text) for name, text in noise.items()}
    )


SUITES = {suite.__name__: suite for suite in (generation, models, recognition, explanations, awkward_input)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("suite", choices=SUITES)
    parser.add_argument("--runs", type=int, default=20)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    square = torch.randn(512, 512)
    actions = {"a_product_of_512x512": lambda: square @ square, **SUITES[asked.suite]()}
    found = {}
    for name, action in actions.items():
        found[name] = measure(action, asked.runs, warm_up=1)
        print(f"{name:40} {found[name]}")
    slowest = max(found, key=lambda name: found[name]["cpu_ms"]["median"])
    print_report(what=SUITES[asked.suite].__doc__, threads=1, slowest=slowest, figures=found)


if __name__ == "__main__":
    main()
