"""What several kinds of tests share."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]


@contextmanager
def serving(script: Path = ROOT / "streamlit_app.py") -> Iterator[str]:
    """Run a Streamlit app in a process of its own, and give its address."""
    with running(script) as (address, _):
        yield address


@contextmanager
def running(script: Path, folder: Path = ROOT) -> Iterator[tuple[str, int]]:
    """Run a Streamlit app with the settings in ``folder``; its address and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false"]
    # Into a file: a pipe that nobody reads is full after 64 kB, and the server waits at its next line.
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/_stcore/health", server, said)
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                said.seek(0)
                raise RuntimeError(f"the app did not start:\n{said.read().decode()}") from None
            time.sleep(0.1)
