"""Recipe of the known errors: how well each shipped autoencoder rebuilds each image of the sample."""

from pathlib import Path
from typing import Any

import numpy as np

from dashboard.datasets.images import DatasetName
from dashboard.datasets.shipped import SAMPLES
from dashboard.latent.coders import SIZES, coder
from dashboard.latent.reconstruction_errors import sample_errors


def make(dataset: DatasetName, folder: Path = SAMPLES) -> None:
    """Write `folder`/DATASET-errors.npz: for each size of code, the mean squared errors (2000,)."""
    arrays: dict[str, Any] = {
        str(size): sample_errors(coder(dataset, size)).astype(np.float32) for size in SIZES
    }
    np.savez_compressed(folder / f"{dataset}-errors.npz", **arrays)
