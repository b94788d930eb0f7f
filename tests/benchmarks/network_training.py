"""Training a network of a few neurons: epochs per CPU-second, alone and with the film's maps; 64 starts.

    python -m tests.benchmarks.network_training [RUNS]

500 points, half for training, batch 10, learning rate 0.03, tanh. Beside it, in the same run, a plain torch
loop on the same data. The last line is one JSON object; times are seconds.
"""

import os
import sys
import time
from collections.abc import Callable
from itertools import pairwise

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import torch
from torch import nn

from dashboard.datasets import plane
from dashboard.network.luck import STARTS, try_luck
from dashboard.network.maps import maps
from dashboard.network.settings import Settings
from dashboard.network.training import train
from tests.benchmarks.report import print_report, spread

EPOCHS = 1000
TORCH_EPOCHS = 20
CASES = {
    "circle": Settings(data="circle", hidden=(4, 2), epochs=EPOCHS),
    "spiral": Settings(data="spiral", hidden=(8, 8, 8), epochs=EPOCHS),
}


def measured(action: Callable[[], object], runs: int, epochs: int) -> dict[str, object]:
    """Wall-seconds and CPU-seconds of `action`, and its epochs per CPU-second at the median."""
    wall, cpu = [], []
    for _ in range(runs):
        starts = time.perf_counter(), time.process_time()
        action()
        wall.append(time.perf_counter() - starts[0])
        cpu.append(time.process_time() - starts[1])
    rate = round(epochs / float(np.median(cpu)))
    return {"wall": spread(wall, 3), "cpu": spread(cpu, 3), "epochs_per_cpu_second": rate}


def torch_loop(settings: Settings, split: plane.Split) -> None:
    """The same work as one writes it first, without maps."""
    sizes = (2, *settings.hidden, 1)
    layers = [nn.Sequential(nn.Linear(a, b), nn.Tanh()) for a, b in pairwise(sizes[:-1])]
    network = nn.Sequential(*layers, nn.Linear(sizes[-2], 1))
    optimiser = torch.optim.SGD(network.parameters(), lr=settings.learning_rate)
    x = torch.tensor(split.train_points, dtype=torch.float32)
    y = torch.tensor(split.train_targets, dtype=torch.float32)[:, None]
    for _ in range(TORCH_EPOCHS):
        for batch in torch.randperm(len(x)).split(settings.batch_size):
            optimiser.zero_grad()
            nn.functional.binary_cross_entropy_with_logits(network(x[batch]), y[batch]).backward()
            optimiser.step()


def main(runs: int) -> None:
    torch.set_num_threads(1)
    result: dict[str, object] = {"load": round(os.getloadavg()[0], 1)}
    for name, settings in CASES.items():
        split = plane.make(name, settings.size, settings.noise, settings.train_share, settings.data_seed)

        def film(settings: Settings = settings, split: plane.Split = split) -> None:
            run = train(settings, split)
            maps(run.weights, settings, run.sizes, split.task)

        # The first call of each pays for imports and for pages of memory.
        film(), torch_loop(settings, split)
        result[name] = {
            "training": measured(lambda s=settings, d=split: train(s, d), runs, EPOCHS),
            "training_and_film": measured(film, runs, EPOCHS),
            "starts": measured(lambda s=settings, d=split: try_luck(s, d), 1, STARTS * EPOCHS),
            "torch_loop": measured(lambda s=settings, d=split: torch_loop(s, d), runs, TORCH_EPOCHS),
        }
    print_report(**result)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
