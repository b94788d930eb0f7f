"""How long generation takes on one thread: images, films, what they are compared with.

Run as `python -m tests.benchmarks.generation [--runs N]`; the last line printed is one JSON object. Times are
milliseconds, those of the clock and those of the processor; they differ where other work keeps it busy. A
plain matrix product in the same run says how fast the machine was.
"""

import argparse

import numpy as np
import torch

from dashboard.generation import baselines, generate, measures, nearest, sampling
from dashboard.generation.sampling import Request, Settings
from tests.benchmarks.report import measure, print_report

LIMITS_MS = {"generate_10_in_8_steps": 150}
SEVEN = Request("digits", 7, slant=1.5)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=30)
    runs = parser.parse_args().runs
    torch.set_num_threads(1)
    square = torch.randn(512, 512)
    film = sampling.sample(SEVEN, Settings(count=10))
    sketch = np.zeros((28, 28), np.float32)
    sketch[5:23, 13:16] = 1
    actions = {
        "a_product_of_512x512": lambda: square @ square,
        "generate_10_in_8_steps": lambda: generate(
            "digits", label=7, count=10, steps=8, guidance=1.5, seed=0
        ),
        "the_same_by_euler": lambda: generate("digits", label=7, count=10, steps=8, sampler="euler"),
        "fashion": lambda: generate("fashion", label=9, count=10, steps=8),
        "film_of_10_in_8_steps": lambda: sampling.sample(SEVEN, Settings(count=10)),
        "film_of_25_in_16_steps": lambda: sampling.sample(SEVEN, Settings(count=25, steps=16)),
        "sketch_finished_10_times": lambda: sampling.sketch(sketch, 0.6, SEVEN, Settings(count=10)),
        "between_two_requests_12_images": lambda: sampling.between(
            SEVEN, Request("digits", 3), np.linspace(0, 1, 12), Settings(count=1)
        ),
        "nearest_of_10_among_55000": lambda: nearest.nearest("digits", film.codes[-1]),
        "read_10_by_the_classifier": lambda: measures.read("digits", film.images),
        **{
            f"10_by_{method}": lambda method=method: baselines.draw(method, SEVEN, Settings(count=10))
            for method in baselines.METHODS
            if method != "flow"
        },
    }
    results = {name: measure(action, runs) for name, action in actions.items()}
    for name, figures in results.items():
        print(f"{name:32} {figures}")
    print_report(limits_ms=LIMITS_MS, threads=1, figures=results)


if __name__ == "__main__":
    main()
