"""What ships in `datasets/data/`: measured, drawn or extracted beforehand by recipes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

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
    """The content of `data/<name>.npz` (arrays by name) or `data/<name>.json`, to be read in a `with` block.

    Raises:
        DatasetError: the file is missing or damaged, or lacks what the block asks of it; the message names
            the recipe that makes it, `name` unless `recipe` says otherwise.
    """
    path = shipped_path(f"{name}.json")
    if not path.is_file():
        path = shipped_path(f"{name}.npz")
    try:
        if path.suffix == ".json":
            yield json.loads(path.read_text(encoding="utf-8"))
        else:
            with np.load(path) as stored:
                yield stored
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        remedy = f"make it again with: python -m dashboard.recipes {recipe or name}"
        raise DatasetError(f"{path} cannot be read ({error}); {remedy}") from error
