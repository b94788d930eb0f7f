"""Two real processes behind a real nginx: a visitor stays on one, and finds the other when it dies."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from dashboard.ui.language import room
from tests.browser.conftest import draw, rest
from tests.conftest import ROOT


@dataclass(frozen=True)
class House:
    """Where visitors come in, and where the replicas listen."""

    address: str
    replicas: tuple[int, ...]


def _free(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
            return True
    except OSError:
        return False


def _await(address: str, limit: float = 150) -> None:
    deadline = time.monotonic() + limit
    while not _answers(address):
        assert time.monotonic() < deadline, f"{address} does not answer"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    assert shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), "nginx is not installed"
    # The replicas take ports that follow one another.
    first = next(port for port in _free(20) if port < 65_000)
    (door,) = _free(1)
    options = [f"--replicas={2}", f"--port={door}", f"--first={first}"]
    with subprocess.Popen([sys.executable, "deploy/local.py", *options], cwd=ROOT) as local:
        try:
            for port in (first, first + 1):
                _await(f"http://127.0.0.1:{port}")
            _await(f"http://127.0.0.1:{door}")
            yield House(f"http://127.0.0.1:{door}", (first, first + 1))
        finally:
            local.terminate()
            local.wait(timeout=40)


def _served_by(house: House, page: Page) -> int:
    """The replica that holds the page's connection: which of the two has an open one from nginx."""
    (cookie,) = [c["value"] for c in page.context.cookies() if c["name"] == "_streamlit_xsrf"]
    assert cookie
    found = subprocess.run(
        ["ss", "-Htnp", "state", "established"], capture_output=True, text=True, check=True
    )
    lines = [line for line in found.stdout.splitlines() if "nginx" in line]
    counts = {port: sum(f"127.0.0.1:{port} " in line for line in lines) for port in house.replicas}
    return max(counts, key=lambda port: counts[port])


def kill(replica: int) -> None:
    """End the process that listens on a port."""
    found = subprocess.run(
        ["ss", "-Hltnp", f"sport = :{replica}"], capture_output=True, text=True, check=True
    ).stdout
    os.kill(int(re.search(r"pid=(\d+)", found).group(1)), signal.SIGKILL)


@pytest.mark.parametrize("slug", ["perceptron", "latent_space"])
def test_components_and_charts_pass_the_policy(visit, house, slug):
    page = visit(f"/{slug}", address=house.address)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.reload()
    expect(page.get_by_role("button", name="Copier le lien")).to_be_visible()
    assert not [text for text in refused if "Content Security Policy" in text]


def test_files_are_compressed_and_kept(house):
    with urllib.request.urlopen(house.address) as answer:
        script = re.search(r'src="\.?/?(static/js/[^"]+\.js)"', answer.read().decode()).group(1)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    asked = urllib.request.Request(f"{house.address}/{script}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"


def test_a_file_too_large_is_refused_at_the_door(house):
    door = http.client.HTTPConnection(house.address.removeprefix("http://"), timeout=20)
    door.putrequest("PUT", "/_stcore/upload_file/none/none")
    door.putheader("Content-Length", "28000000")
    door.endheaders()
    assert door.getresponse().status == 413
    door.close()


def test_a_visitor_survives_the_death_of_a_replica(visit, house):
    page = visit("/perceptron?view=hand&data=moons", address=house.address)
    chosen = page.get_by_role("radio", name=room("perceptron", "fr")["views"]["hand"])
    expect(chosen).to_have_attribute("aria-checked", "true")
    victim = _served_by(house, page)
    kill(victim)
    expect(page.get_by_text(room("shell", "fr")["lost"])).to_be_visible()
    expect(chosen).to_have_attribute("aria-checked", "true")
    page.get_by_role("radio", name=room("perceptron", "fr")["views"]["compare"]).click()
    expect(page).to_have_url(re.compile("view=compare"))
    expect(page).to_have_url(re.compile("data=moons"))
    expect(page.get_by_role("button", name="Copier le lien")).to_be_visible()
    _await(f"http://127.0.0.1:{victim}")  # started again


def test_a_drawing_is_there_again_after_a_cut_for_the_browser_still_has_it(visit, house):
    page = visit("/image_recognition?src=draw&model=digits", address=house.address)
    draw(page, (0.5, 0.15), (0.5, 0.85))
    waiting = page.get_by_text(room("sources", "fr")["waiting"]["draw"].partition("{")[0])
    expect(waiting).to_have_count(0)
    kill(_served_by(house, page))
    expect(page.get_by_text(room("shell", "fr")["lost"])).to_be_visible()
    rest(page)
    expect(page.locator("canvas[data-strokes='1']")).to_be_visible()
    expect(waiting).to_have_count(0)
