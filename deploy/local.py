"""Several replicas behind nginx on this machine, without Docker: ``python deploy/local.py --replicas 2``.

nginx must be installed. One process a core serves the app, each with one torch thread; Ctrl-C ends all of
them. A replica that dies is started again.
"""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nginx import configuration

ROOT = Path(__file__).parents[1]


def replica(port: int, secret: str) -> subprocess.Popen[bytes]:
    """Start the app on a port of this machine."""
    settings = {
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_COOKIE_SECRET": secret,
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",  # each run is a thread: without it each leaves an arena of memory half empty
    }
    return subprocess.Popen([sys.executable, "-m", "deploy.serve"], cwd=ROOT, env={**os.environ, **settings})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--port", type=int, default=8080, help="where visitors come in")
    parser.add_argument("--first", type=int, default=8511, help="port of the first replica")
    asked = parser.parse_args()
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        parser.error("nginx is not installed")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    secret = secrets.token_hex(32)
    ports = [asked.first + k for k in range(asked.replicas)]
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "nginx.conf"
        servers = [f"127.0.0.1:{port}" for port in ports]
        config.write_text(configuration(servers, asked.port, folder), encoding="utf-8")
        # Started by root, nginx would work as a user who may not write in this folder.
        directives = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
        door = subprocess.Popen([nginx, "-e", "stderr", "-c", str(config), "-g", directives])
        running = {port: replica(port, secret) for port in ports}
        try:
            while door.poll() is None:
                for port, process in running.items():
                    if process.poll() is not None:
                        running[port] = replica(port, secret)
                time.sleep(0.5)
        except KeyboardInterrupt:
            pass
        finally:
            for process in (door, *running.values()):
                process.terminate()
            for process in (door, *running.values()):
                process.wait(timeout=20)


if __name__ == "__main__":
    main()
