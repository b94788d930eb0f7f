"""What turns images into codes and back, whatever it was made by: an autoencoder, a VAE or PCA."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, Self, cast

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from dashboard import zoo
from dashboard.datasets.images import DatasetName
from dashboard.models.linear import Components
from dashboard.models.stages import Hourglass

Kind = Literal["autoencoder", "pca", "vae"]

DATASETS: tuple[DatasetName, ...] = ("digits", "fashion")
"""Those of which coders ship."""
SIZES = (1, 2, 4, 8, 16, 32, 64)
KIND_SIZES: dict[Kind, tuple[int, ...]] = {"autoencoder": SIZES, "pca": SIZES, "vae": (2, 16)}
_BATCH = 500


@dataclass(frozen=True)
class Coder:
    """Images to codes of `size` numbers, and back; equal only to itself, so it can be a key.

    Attributes:
        name: of the model, such as "digits-autoencoder-8".
        dataset: whose images it knows.
        kind: "autoencoder", "pca", "vae", or "own" for one that was not shipped.
        module: takes images (n, 1, 28, 28) to codes (n, size) with `encode`, and back with `decode`.
    """

    name: str
    dataset: DatasetName
    size: int
    kind: str
    module: Hourglass = field(repr=False)

    @classmethod
    def of(cls, module: Hourglass, name: str, dataset: DatasetName, size: int, kind: str = "own") -> Self:
        """A coder made of a trained module, which is put in eval mode and learns no more."""
        if isinstance(module, nn.Module):
            module.eval().requires_grad_(False)
        return cls(name, dataset, size, kind, module)

    def encode(self, images: ArrayLike) -> NDArray[np.float32]:
        """Codes (n, size) of images (n, 28, 28) with pixels in [0, 1]; of a VAE the middles of its clouds.

        Raises:
            ValueError: the images have another shape, or pixels outside [0, 1].
        """
        pixels = np.asarray(images, np.float32)
        if pixels.ndim != 3 or pixels.shape[1:] != (28, 28):
            raise ValueError(f"images must have the shape (n, 28, 28), not {pixels.shape}")
        if pixels.size and not (pixels.min() >= 0 and pixels.max() <= 1):  # NaN fails too
            raise ValueError("pixels must be in [0, 1]: divide bytes by 255")
        return self._in_batches(self.module.encode, pixels[:, None]).reshape(len(pixels), self.size)

    def decode(self, codes: ArrayLike) -> NDArray[np.float32]:
        """Images (n, 28, 28) with pixels in [0, 1] from codes (n, size).

        Raises:
            ValueError: the codes have another shape, or hold something that is not a finite number.
        """
        numbers = np.asarray(codes, np.float32)
        if numbers.ndim != 2 or numbers.shape[1] != self.size:
            raise ValueError(f"codes must have the shape (n, {self.size}), not {numbers.shape}")
        if not np.isfinite(numbers).all():
            raise ValueError("codes must be finite numbers")
        return self._in_batches(self.module.decode, numbers).reshape(len(numbers), 28, 28)

    def reconstruct(self, images: ArrayLike) -> NDArray[np.float32]:
        """Images (n, 28, 28) squeezed and rebuilt; raises as `encode` does."""
        return self.decode(self.encode(images))

    @staticmethod
    def _in_batches(function: Callable[[Tensor], Tensor], inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        if not len(inputs):
            return inputs
        tensor = torch.tensor(inputs)  # a copy: what callers share may be read-only
        with zoo.inference():
            return torch.cat([function(part) for part in tensor.split(_BATCH)]).numpy()


def coder(dataset: str, size: int, kind: str = "autoencoder") -> Coder:
    """The shipped coder of a data set, a size of code and a kind; one of each per process.

    Raises:
        ValueError: there is none; the message lists what there is.
    """
    if dataset not in DATASETS:
        raise ValueError(f"no coder of {dataset!r}; there are those of: {', '.join(DATASETS)}")
    if kind not in KIND_SIZES:
        raise ValueError(f"no kind of coder {kind!r}; there are: {', '.join(KIND_SIZES)}")
    sizes = KIND_SIZES[kind]
    if size not in sizes:
        raise ValueError(
            f"no {kind} with codes of {size} numbers; there are: {', '.join(str(known) for known in sizes)}"
        )
    return _coder(dataset, int(size), kind)


@cache
def _coder(dataset: DatasetName, size: int, kind: str) -> Coder:
    if kind == "pca":
        name = f"{dataset}-pca"
        components = zoo.load(name)
        assert isinstance(components, Components)
        return Coder(name, dataset, size, kind, cast(Hourglass, components.first(size)))
    name = f"{dataset}-{kind}-{size}"
    return Coder(name, dataset, size, kind, cast(Hourglass, zoo.load(name)))
