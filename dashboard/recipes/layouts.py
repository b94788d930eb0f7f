"""Layouts of codes in few dimensions: PCA, t-SNE and PaCMAP."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from openTSNE import TSNE
from sklearn.decomposition import PCA

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
