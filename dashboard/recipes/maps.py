"""Recipes of the maps: the shipped sample's codes, laid out by PCA, t-SNE and PaCMAP."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dashboard.datasets.images import DatasetName, sample
from dashboard.datasets.maps import DIMENSIONS, MAPPED_SIZES
from dashboard.datasets.shipped import SAMPLES
from dashboard.recipes.autoencoders import SIZES, shipped
from dashboard.recipes.layouts import LAYOUTS
from dashboard.recipes.recipe import in_batches


def make(dataset: DatasetName, folder: Path = SAMPLES) -> None:
    """Write `folder`/DATASET-maps.npz from the shipped sample and the shipped autoencoders.

    In half precision: half a unit in a thousand is less than a pixel on any screen.
    """
    arrays: dict[str, NDArray] = {}
    for size in SIZES:
        model = shipped(f"{dataset}-autoencoder-{size}")
        arrays[f"codes-{size}"] = in_batches(model.encode, sample(dataset)).numpy()
    wanted = [(size, method, dims) for size in MAPPED_SIZES for method in LAYOUTS for dims in DIMENSIONS]
    for size, method, dims in tqdm(wanted, desc=f"{dataset}-maps"):
        arrays[f"{size}-{method}-{dims}"] = LAYOUTS[method](arrays[f"codes-{size}"], dims)
    stored: dict[str, Any] = {key: array.astype(np.float16) for key, array in arrays.items()}
    np.savez_compressed(folder / f"{dataset}-maps.npz", **stored)
