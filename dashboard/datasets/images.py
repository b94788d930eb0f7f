"""MNIST and Fashion-MNIST, here "digits" and "fashion": the full data sets, and the small sample that ships.

`load` reads the published IDX files, from a local folder or fetched once into the user's cache;
`sample` reads the balanced extract of the test sets that ships with the package, so that the app
and the tests need no download.
"""

import gzip
import hashlib
import struct
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.shipped import DatasetError, shipped, shipped_path

DatasetName = str  # of `DATASETS`
Split = Literal["train", "test"]

SAMPLE_PER_CLASS = 200


@dataclass(frozen=True)
class ImageSet:
    """Labelled grey images: `images` (n, 28, 28) uint8, white ink on black; `labels` (n,) int64, from 0."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: slice | NDArray) -> "ImageSet":
        return ImageSet(self.images[index], self.labels[index])

    def joined(self, other: "ImageSet") -> "ImageSet":
        """These images and then the other ones."""
        return ImageSet(
            np.concatenate([self.images, other.images]), np.concatenate([self.labels, other.labels])
        )


@dataclass(frozen=True)
class Source:
    """Where a data set is published, how it may be used, its classes in order, and the digests of its files
    by name: compressed as published (`md5`), and unpacked (`sha256`)."""

    title: str
    folder: str
    url: str
    licence: str
    classes: tuple[str, ...]
    md5: dict[str, str]
    sha256: dict[str, str]


SOURCES = {
    name: Source(**{**said, "classes": tuple(said["classes"])})
    for name, said in tomllib.loads(shipped_path("sources.toml").read_text(encoding="utf-8")).items()
}
"""By name, from `data/sources.toml`: a data set is added there."""
DATASETS = tuple(SOURCES)


def load(name: DatasetName, split: Split, folder: Path | str | None = None) -> ImageSet:
    """The full training or test set; of the two that ship models, 60,000 and 10,000 images.

    Args:
        folder: holds the four IDX files, plain or gzipped, itself or in a subfolder `mnist/` or
            `fashion-mnist/`. Without it the files are fetched once into the user's cache, with a
            progress bar.

    Raises:
        DatasetError: a file is absent from `folder`, or its content is not what was published.
    """
    prefix = "train" if split == "train" else "t10k"
    images = _idx(name, f"{prefix}-images-idx3-ubyte", folder)
    labels = _idx(name, f"{prefix}-labels-idx1-ubyte", folder)
    return ImageSet(images, labels.astype(np.int64))


def sample_path(name: DatasetName, split: Split) -> Path:
    """The file that `sample` reads and `write_sample` writes."""
    return shipped_path(f"{name}.npz" if split == "test" else f"{name}-training.npz")


@cache
def sample(name: DatasetName, split: Split = "test") -> ImageSet:
    """The 2,000 test images that ship with the package, 200 of each class, in a shuffled, fixed order; or as
    many of the images that the models learned from.

    Both arrays are read-only, because every caller shares them.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    recipe = f"{name}-{'sample' if split == 'test' else 'training-sample'}"
    with shipped(sample_path(name, split).stem, recipe) as stored:
        images, labels = stored["images"], stored["labels"].astype(np.int64)
    images.setflags(write=False)
    labels.setflags(write=False)
    return ImageSet(images, labels)


def balanced(labels: NDArray[np.integer], per_class: int, seed: int) -> NDArray[np.intp]:
    """Positions of `per_class` random examples of every class, shuffled; the same for the same seed.

    Raises:
        ValueError: a class has too few examples.
    """
    random = np.random.default_rng(seed)
    rows = [
        random.choice(np.flatnonzero(labels == label), per_class, replace=False)
        for label in np.unique(labels)
    ]
    return random.permutation(np.concatenate(rows))


def write_sample(whole: ImageSet, path: Path) -> None:
    """Write the file that `sample` reads: uint8 images and labels, and each image's row in the whole set."""
    rows = balanced(whole.labels, SAMPLE_PER_CLASS, seed=0)
    np.savez_compressed(
        path,
        images=whole.images[rows],
        labels=whole.labels[rows].astype(np.uint8),
        rows=rows.astype(np.uint16),
    )


def parse_idx(content: bytes) -> NDArray[np.uint8]:
    """An IDX file of unsigned bytes as an array (format: http://yann.lecun.com/exdb/mnist/).

    Raises:
        DatasetError: the header is not that of unsigned bytes, or does not fit the length.
    """
    if len(content) < 4 or content[:3] != b"\0\0\x08":
        raise DatasetError("not an IDX file of unsigned bytes")
    dimensions = content[3]
    start = 4 + 4 * dimensions
    if len(content) < start:
        raise DatasetError("truncated IDX header")
    shape = struct.unpack(f">{dimensions}I", content[4:start])
    if len(content) - start != int(np.prod(shape)):
        raise DatasetError(f"IDX data of {len(content) - start} bytes where the header says {shape}")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def _idx(name: DatasetName, file: str, folder: Path | str | None) -> NDArray[np.uint8]:
    source = SOURCES[name]
    path = _fetch(source, file) if folder is None else _find(source, file, Path(folder))
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (EOFError, gzip.BadGzipFile, OSError) as error:
        raise DatasetError(f"{path} cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != source.sha256[file]:
        raise DatasetError(f"{path} is not the {file} of {source.title}; delete it and fetch it again")
    return parse_idx(content)


def _find(source: Source, file: str, folder: Path) -> Path:
    for parent in (folder / source.folder, folder):
        for path in (parent / f"{file}.gz", parent / file):
            if path.is_file():
                return path
    raise DatasetError(
        f"{file}[.gz] of {source.title} is neither in {folder / source.folder} nor in {folder}"
    )


def _fetch(source: Source, file: str) -> Path:
    import pooch  # only who downloads pays for it

    return Path(
        pooch.retrieve(
            url=f"{source.url}{file}.gz",
            known_hash=f"md5:{source.md5[file]}",
            fname=f"{file}.gz",
            path=pooch.os_cache("deep-learning-dashboard") / source.folder,
            progressbar=True,
        )
    )
