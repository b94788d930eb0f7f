"""Loaders of digits and garments, and the sample that ships."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from dashboard.datasets import images, shipped
from dashboard.datasets.images import ImageSet, load, parse_idx, sample
from dashboard.datasets.shipped import DatasetError


def idx(array: np.ndarray) -> bytes:
    return b"\0\0\x08" + bytes([array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ImageSet]:
    """A folder with a tiny `digits` test set, whose digests count as the published ones."""
    random = np.random.default_rng(0)
    content = ImageSet(random.integers(0, 256, (12, 28, 28), np.uint8), np.arange(12) % 10)
    files = {
        "t10k-images-idx3-ubyte": idx(content.images),
        "t10k-labels-idx1-ubyte": idx(content.labels.astype(np.uint8)),
    }
    (tmp_path / "mnist").mkdir()
    for name, data in files.items():
        (tmp_path / "mnist" / f"{name}.gz").write_bytes(gzip.compress(data))
        monkeypatch.setitem(images.SOURCES["digits"].sha256, name, images.hashlib.sha256(data).hexdigest())
    return tmp_path, content


@pytest.mark.parametrize("name", ["digits", "fashion"])
def test_sample_is_balanced_and_large_enough(name):
    shipped = sample(name)
    assert shipped.images.shape == (2000, 28, 28)
    assert shipped.images.dtype == np.uint8
    assert np.bincount(shipped.labels).tolist() == [200] * 10
    assert len(np.unique(shipped.images.reshape(2000, -1), axis=0)) > 1990
    assert len(images.SOURCES[name].classes) == 10


def test_sample_is_shared_and_read_only():
    assert sample("digits") is sample("digits")
    with pytest.raises(ValueError, match="read-only"):
        sample("digits").images[0] = 0


def test_sample_stays_compact():
    assert sum((shipped.SAMPLES / f"{name}.npz").stat().st_size for name in images.SOURCES) < 2_000_000


def test_loads_gzipped_and_plain_files_from_the_folder_or_its_subfolder(published):
    folder, content = published
    for place in (folder, folder / "mnist"):
        read = load("digits", "test", place)
        np.testing.assert_array_equal(read.images, content.images)
        np.testing.assert_array_equal(read.labels, content.labels)
    for path in (folder / "mnist").glob("*.gz"):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
        path.unlink()
    assert len(load("digits", "test", str(folder))) == 12


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DatasetError, match=r"train-images-idx3-ubyte.*MNIST"):
        load("digits", "train", tmp_path)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-9], lambda data: gzip.compress(b"other"), lambda data: b"x"]
)
def test_altered_or_truncated_files_are_refused(published, damage):
    folder, _ = published
    path = folder / "mnist" / "t10k-images-idx3-ubyte.gz"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DatasetError, match="t10k-images-idx3-ubyte"):
        load("digits", "test", folder)


def test_without_a_folder_files_are_fetched_once_into_the_cache_with_their_digest(published, monkeypatch):
    import pooch

    folder, content = published
    asked = []

    def retrieve(url, known_hash, fname, path, progressbar):
        asked.append((url, known_hash, Path(path).name, progressbar))
        return str(folder / "mnist" / fname)

    monkeypatch.setattr(pooch, "retrieve", retrieve)
    np.testing.assert_array_equal(load("digits", "test").images, content.images)
    assert asked[0] == (
        "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-images-idx3-ubyte.gz",
        "md5:9fb629c4189551a2d022fa330f9573f3",
        "mnist",
        True,
    )


def test_pooch_refuses_a_download_with_another_digest(tmp_path, monkeypatch):
    """The real pooch, fetching from a local server's stand-in, keeps nothing that fails its checksum."""
    import pooch

    def impostor(url, output_file, downloader):
        Path(output_file).write_bytes(b"not the data set")

    monkeypatch.setattr(pooch, "os_cache", lambda project: tmp_path)
    monkeypatch.setattr(pooch.core, "choose_downloader", lambda url, progressbar=False: impostor)
    with pytest.raises(ValueError, match="hash"):
        load("fashion", "test")
    assert not list(tmp_path.rglob("*.gz"))


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\x08", b"\0\0\x0d\x01\0\0\0\x01\0", b"\0\0\x08\x02\0\0\0\x01", b"\0\0\x08\x01\0\0\0\x05abc"],
)
def test_bad_idx_content_is_refused(content):
    with pytest.raises(DatasetError):
        parse_idx(content)


def test_idx_round_trip():
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    np.testing.assert_array_equal(parse_idx(idx(array)), array)


def test_balanced_is_seeded_and_needs_enough():
    labels = np.array([0, 1] * 10)
    first = images.balanced(labels, 5, seed=3)
    np.testing.assert_array_equal(first, images.balanced(labels, 5, seed=3))
    assert np.bincount(labels[first]).tolist() == [5, 5]
    assert len(set(first)) == 10
    with pytest.raises(ValueError):
        images.balanced(labels, 11, seed=0)


def test_write_sample_reads_back(tmp_path, monkeypatch):
    random = np.random.default_rng(1)
    test = ImageSet(random.integers(0, 256, (3000, 28, 28), np.uint8), np.arange(3000) % 10)
    images.write_sample(test, tmp_path / "digits.npz")
    monkeypatch.setattr(shipped, "SAMPLES", tmp_path)
    written = images.sample.__wrapped__("digits")
    rows = np.load(tmp_path / "digits.npz")["rows"]
    np.testing.assert_array_equal(written.images, test.images[rows])
    np.testing.assert_array_equal(written.labels, test.labels[rows])
