"""Fill nginx.conf: ``python deploy/nginx.py HOST:PORT [HOST:PORT …] > nginx.conf``."""

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def configuration(
    servers: Sequence[str],
    port: int = 8080,
    folder: str = "/tmp/nginx",
    log: str = "stderr",
    mime: str = "/etc/nginx/mime.types",
) -> str:
    """The text of nginx.conf for these replicas.

    Args:
        servers: "host:port" of each replica, or one name that stands for several.
        port: where visitors come in.
        folder: where nginx may write.
        log: where it complains.
        mime: nginx's table of file types.
    """
    lines = "\n".join(f"    server {server} max_fails=1 fail_timeout=5s;" for server in servers)
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    # A file of the largest size, and what the browser writes around it.
    body = settings["server"]["maxUploadSize"] + 1
    filled = {
        "body": str(body),
        "servers": lines,
        "port": str(port),
        "folder": folder,
        "log": log,
        "mime": mime,
    }
    text = (Path(__file__).parent / "nginx.conf").read_text(encoding="utf-8")
    for name, value in filled.items():
        text = text.replace(f"@{name}@", value)
    return text


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("servers", nargs="+", metavar="HOST:PORT")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--folder", default="/tmp/nginx")
    asked = parser.parse_args()
    print(configuration(asked.servers, asked.port, asked.folder))
