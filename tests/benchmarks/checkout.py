"""An older commit beside this one, so that before and after are measured in one run."""

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """The files of a commit in a temporary folder.

    Raises:
        subprocess.CalledProcessError: Git does not know the commit.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as packed:
        subprocess.run(["git", "archive", commit], cwd=ROOT, stdout=packed, check=True)
        packed.seek(0)
        with tarfile.open(fileobj=packed) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)
