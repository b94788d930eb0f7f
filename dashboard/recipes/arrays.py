"""What ships beside the models and is worked out from them: maps, errors, the starts of one network."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dashboard.datasets import plane
from dashboard.datasets.images import DatasetName, sample
from dashboard.datasets.maps import DIMENSIONS, MAPPED_SIZES
from dashboard.datasets.shipped import SAMPLES
from dashboard.latent.coders import coder
from dashboard.latent.reconstruction_errors import sample_errors
from dashboard.network.luck import EXAMPLE, try_luck, write_example
from dashboard.recipes.autoencoders import SIZES, shipped
from dashboard.recipes.layouts import LAYOUTS
from dashboard.recipes.recipe import in_batches


def maps(dataset: DatasetName, folder: Path = SAMPLES) -> None:
    """Write `folder`/DATASET-maps.npz: the shipped sample's codes, laid out by PCA, t-SNE and PaCMAP.

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


def errors(dataset: DatasetName, folder: Path = SAMPLES) -> None:
    """Write `folder`/DATASET-errors.npz: for each size of code, the squared errors (2000,) of the sample's
    images rebuilt by the shipped autoencoder."""
    arrays: dict[str, Any] = {
        str(size): sample_errors(coder(dataset, size)).astype(np.float32) for size in SIZES
    }
    np.savez_compressed(folder / f"{dataset}-errors.npz", **arrays)


def luck() -> None:
    """Train the starts that the view on luck opens with (half a minute) and keep what became of them."""
    shown = EXAMPLE
    split = plane.make(shown.data, shown.size, shown.noise, shown.train_share, shown.data_seed)
    write_example(try_luck(shown, split))
