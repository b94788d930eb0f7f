"""How long the pretrained models of digits and garments take: one thread, one image.

Run as `python -m tests.benchmarks.models [--runs N]`; the last line printed is one JSON object. Times are
wall-clock milliseconds, with the CPU-milliseconds per run beside them.
"""

import argparse
from typing import Any

import torch

from dashboard import zoo
from dashboard.datasets import maps
from dashboard.datasets.images import sample
from tests.benchmarks.report import measure, print_report

LIMITS_MS = {"class": 5, "encode_decode": 10, "load": 200, "place": 50}


def load_again(name: str) -> None:
    """What the first visitor waits for: read, check the digest, build, fill."""
    zoo._loaded.clear()
    zoo.load(name)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    torch.set_num_threads(1)
    results: dict[str, dict[str, Any]] = {kind: {} for kind in LIMITS_MS}
    ours = [name for name in zoo.names() if name.startswith(("digits-", "fashion-"))]
    with torch.inference_mode():
        for name in ours:
            image = torch.from_numpy(sample(dataset_of(name)).images[:1].copy()).unsqueeze(1) / 255
            model = zoo.load(name)
            kind = "class" if zoo.card(name).prepare else "encode_decode"
            results[kind][name] = measure(lambda model=model, image=image: model(image), runs)
            results["load"][name] = measure(lambda name=name: load_again(name), max(5, runs // 10))
    for dataset in ("digits", "fashion"):
        ready = maps.load(dataset)
        for size, method, dimensions in ready.coordinates:
            code = ready.codes[size][:1]
            results["place"][f"{dataset}-{size}-{method}-{dimensions}"] = measure(
                lambda ready=ready, code=code, at=(size, method, dimensions): ready.place(code, *at), runs
            )
    worst = {
        kind: max((figures["wall_ms"]["p95"] for figures in found.values()), default=None)
        for kind, found in results.items()
    }
    size = sum(path.stat().st_size for name in ours for path in (zoo.PRETRAINED / name).iterdir())
    for kind, found in results.items():
        for name, figures in found.items():
            print(f"{kind:14} {name:28} {figures}")
    print_report(
        limits_ms=LIMITS_MS, worst_p95_ms=worst, megabytes=round(size / 1e6, 2), threads=1, figures=results
    )


def dataset_of(name: str) -> str:
    return name.split("-")[0]


if __name__ == "__main__":
    main()
