"""Recipes of the maps: the shipped sample's codes, laid out by PCA, t-SNE and PaCMAP."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openTSNE import TSNE
from sklearn.decomposition import PCA
from tqdm import tqdm

from dashboard import zoo
from dashboard.datasets.images import SAMPLES, DatasetName, sample
from dashboard.datasets.maps import DIMENSIONS, MAPPED_SIZES
from dashboard.models.autoencoder import Autoencoder
from dashboard.recipes.autoencoders import SIZES
from dashboard.recipes.recipe import in_batches

SEED = 0


def pca(codes: NDArray, dimensions: int) -> NDArray:
    """The plane or space of largest variance (Pearson, 1901)."""
    return PCA(dimensions, svd_solver="full").fit_transform(codes)


def tsne(codes: NDArray, dimensions: int) -> NDArray:
    """t-SNE: van der Maaten and Hinton (2008), as implemented by openTSNE, started from PCA."""
    method = TSNE(
        n_components=dimensions,
        perplexity=30,
        initialization="pca",
        negative_gradient_method="bh",  # for 2,000 points faster than the interpolating one, and 3-D too
        random_state=SEED,
        n_jobs=1,
    )
    return np.asarray(method.fit(codes))


def pacmap(codes: NDArray, dimensions: int) -> NDArray:
    """PaCMAP: Wang, Huang, Rudin and Shaposhnik (2021), arXiv:2012.04456, started from PCA."""
    try:
        from pacmap import PaCMAP
    except ImportError as error:
        raise SystemExit(
            "this recipe needs PaCMAP: pip install -r dashboard/recipes/requirements.txt"
        ) from error
    return PaCMAP(n_components=dimensions, random_state=SEED).fit_transform(codes, init="pca")


LAYOUTS: dict[str, Callable[[NDArray, int], NDArray]] = {"pca": pca, "tsne": tsne, "pacmap": pacmap}


def make(dataset: DatasetName, folder: Path = SAMPLES) -> None:
    """Write `folder`/DATASET-maps.npz from the shipped sample and the shipped autoencoders.

    In half precision: half a unit in a thousand is less than a pixel on any screen.
    """
    arrays: dict[str, NDArray] = {}
    for size in SIZES:
        model = zoo.load(f"{dataset}-autoencoder-{size}")
        assert isinstance(model, Autoencoder)
        arrays[f"codes-{size}"] = in_batches(model.encode, sample(dataset)).numpy()
    wanted = [(size, method, dims) for size in MAPPED_SIZES for method in LAYOUTS for dims in DIMENSIONS]
    for size, method, dims in tqdm(wanted, desc=f"{dataset}-maps"):
        arrays[f"{size}-{method}-{dims}"] = LAYOUTS[method](arrays[f"codes-{size}"], dims)
    stored: dict[str, Any] = {key: array.astype(np.float16) for key, array in arrays.items()}
    np.savez_compressed(folder / f"{dataset}-maps.npz", **stored)
