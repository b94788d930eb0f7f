"""Training a network of a few neurons, its film included: epochs per CPU-second; 64 starts.

    python -m tests.benchmarks.network_training [RUNS] [--before COMMIT]

500 points, half for training, batch 10, learning rate 0.03, tanh. Beside it, in the same run, a plain torch
loop on the same data. The last line is one JSON object; times are milliseconds.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch
from torch import nn

from dashboard.datasets import plane
from dashboard.network.luck import STARTS, try_luck
from dashboard.network.settings import Settings
from dashboard.network.training import train
from tests.benchmarks.checkout import checkout
from tests.benchmarks.report import measure, print_report

EPOCHS = 1000
TORCH_EPOCHS = 20
CASES = {
    "circle": Settings(data="circle", hidden=(4, 2), epochs=EPOCHS),
    "spiral": Settings(data="spiral", hidden=(8, 8, 8), epochs=EPOCHS),
}


def measured(action: Callable[[], object], runs: int, epochs: int) -> dict[str, object]:
    """Milliseconds of `action`, and its epochs per CPU-second at the median."""
    found = measure(action, runs, warm_up=0)
    return {**found, "epochs_per_cpu_second": round(1e3 * epochs / found["cpu_ms"]["median"])}


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


def measured_case(name: str, settings: Settings, runs: int) -> dict[str, object]:
    """One run with its film, 64 starts, and the torch loop beside them."""
    split = plane.make(name, settings.size, settings.noise, settings.train_share, settings.data_seed)
    # The first call of each pays for imports, for compiling and for pages of memory.
    train(settings, split), torch_loop(settings, split)
    return {
        "training": measured(lambda: train(settings, split), runs, EPOCHS),
        "starts": measured(lambda: try_luck(settings, split), 1, STARTS * EPOCHS),
        "torch_loop": measured(lambda: torch_loop(settings, split), runs, TORCH_EPOCHS),
    }


def before(commit: str, runs: int) -> dict[str, object]:
    """What this benchmark of an older commit reports of that commit."""
    with checkout(commit) as folder:
        command = [sys.executable, "-m", "tests.benchmarks.network_training", str(runs)]
        printed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return json.loads(printed.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("runs", type=int, nargs="?", default=5)
    parser.add_argument("--before", metavar="COMMIT")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    report = {name: measured_case(name, settings, asked.runs) for name, settings in CASES.items()}
    if asked.before:
        report[asked.before] = before(asked.before, asked.runs)
    print_report(load=round(os.getloadavg()[0], 1), **report)


if __name__ == "__main__":
    main()
