"""What ships in `datasets/data/`: measured, drawn or extracted beforehand by recipes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np

from dashboard.missing import Missing

SAMPLES = Path(__file__).parent / "data"


class DatasetError(Missing):
    """A file is missing, truncated or not the expected one; the message names it and the remedy."""


def shipped_path(file: str) -> Path:
    """Where a file of `data/` is read and written."""
    return SAMPLES / file


@contextmanager
def shipped(name: str, recipe: str = "") -> Iterator[Any]:
    """The content of `data/<name>`, to be read in a `with` block: of a `.json`, the files of a `.zip`, or the
    arrays of a `.npz`, by name.

    Raises:
        DatasetError: the file is missing or damaged, or lacks what the block asks of it; the message names
            the recipe that makes it, `name` unless `recipe` says otherwise.
    """
    paths = [shipped_path(f"{name}.{kind}") for kind in ("json", "zip", "npz")]
    path = next(filter(Path.is_file, paths), paths[-1])
    try:
        if path.suffix == ".json":
            yield json.loads(path.read_text(encoding="utf-8"))
        else:
            with ZipFile(path) if path.suffix == ".zip" else np.load(path) as stored:
                yield stored
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        remedy = f"make it again with: python -m dashboard.recipes {recipe or name}"
        raise DatasetError(f"{path} cannot be read ({error}); {remedy}") from error
