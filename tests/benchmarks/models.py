"""How long the pretrained models of digits and garments take: one thread, one image.

Run as `python -m tests.benchmarks.models [--runs N]`; the last line printed is one JSON object. Times are
wall-clock milliseconds, with the CPU-milliseconds per run beside them.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import torch

from dashboard import zoo
from dashboard.datasets import maps
from dashboard.datasets.images import sample
from tests.benchmarks.report import print_report, spread

LIMITS_MS = {"class": 5, "encode_decode": 10, "load": 200, "place": 50}
# A fresh process for every load: what a visitor waits for, the imports of torch left out.
LOAD = """
import json, time
import torch
from dashboard import zoo
torch.set_num_threads(1)
wall, cpu = time.perf_counter(), time.process_time()
zoo.load({name!r})
print(json.dumps([(time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3]))
"""


def summary(wall: list[float], cpu: list[float]) -> dict[str, Any]:
    return {"wall_ms": spread(wall, 2), "cpu_ms": spread(cpu, 2)}


def measure(action: Callable[[], Any], runs: int) -> dict[str, Any]:
    wall, cpu = [], []
    for _ in range(5):
        action()
    for _ in range(runs):
        started, spent = time.perf_counter(), time.process_time()
        action()
        wall.append((time.perf_counter() - started) * 1e3)
        cpu.append((time.process_time() - spent) * 1e3)
    return summary(wall, cpu)


def measure_load(name: str, runs: int) -> dict[str, Any]:
    times = [
        json.loads(subprocess.run([sys.executable, "-c", LOAD.format(name=name)], capture_output=True).stdout)
        for _ in range(runs)
    ]
    return summary([wall for wall, _ in times], [cpu for _, cpu in times])


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
            kind = "class" if zoo.card(name).classes else "encode_decode"
            results[kind][name] = measure(lambda model=model, image=image: model(image), runs)
            results["load"][name] = measure_load(name, max(3, runs // 40))
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
