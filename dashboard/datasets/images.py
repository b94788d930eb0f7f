"""Digits (MNIST) and garments (Fashion-MNIST): the full data sets, and the small sample that ships.

`load` reads the published IDX files, from a local folder or fetched once into the user's cache;
`sample` reads the balanced extract of the test sets that ships with the package, so that the app
and the tests need no download.
"""

import gzip
import hashlib
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.shipped import DatasetError, shipped, shipped_path

DatasetName = Literal["digits", "fashion"]
DATASETS: tuple[DatasetName, ...] = get_args(DatasetName)
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
    """Where one data set is published, how it may be used, and how its files are recognised.

    `md5` are the digests that the publishers give for the compressed files; `sha256` those of the IDX
    files themselves, which hold however a local copy was compressed.
    """

    title: str
    folder: str
    url: str
    licence: str
    classes: tuple[str, ...]
    md5: dict[str, str]
    sha256: dict[str, str]


SOURCES: dict[str, Source] = {
    "digits": Source(
        title="MNIST (LeCun, Cortes, Burges)",
        folder="mnist",
        url="https://ossci-datasets.s3.amazonaws.com/mnist/",
        licence="CC BY-SA 3.0",
        classes=("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        md5={
            "train-images-idx3-ubyte": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "train-labels-idx1-ubyte": "d53e105ee54ea40749a09fcbcd1e9432",
            "t10k-images-idx3-ubyte": "9fb629c4189551a2d022fa330f9573f3",
            "t10k-labels-idx1-ubyte": "ec29112dd5afa0611ce80d1b7f02629c",
        },
        sha256={
            "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        },
    ),
    "fashion": Source(
        title="Fashion-MNIST (Zalando Research)",
        folder="fashion-mnist",
        url="https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        licence="MIT",
        classes=(
            "t-shirt",
            "trousers",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle-boot",
        ),
        md5={
            "train-images-idx3-ubyte": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "train-labels-idx1-ubyte": "25c81989df183df01b3e8a0aad5dffbe",
            "t10k-images-idx3-ubyte": "bef4ecab320f06d8554ea6380940ec79",
            "t10k-labels-idx1-ubyte": "bb300cfdad3c16e7a12a480ee83cd310",
        },
        sha256={
            "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        },
    ),
}


def load(name: DatasetName, split: Split, folder: Path | str | None = None) -> ImageSet:
    """The full training (60,000) or test (10,000) set.

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
    picks = [
        random.choice(np.flatnonzero(labels == label), per_class, replace=False)
        for label in np.unique(labels)
    ]
    return random.permutation(np.concatenate(picks))


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
