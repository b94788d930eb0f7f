"""Two real processes behind a real nginx: a visitor stays on one, and finds the other when it dies."""

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
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.datasets.photographs import photograph
from dashboard.ui.language import texts_in
from tests.browser.conftest import draw, file, rest, until
from tests.conftest import ROOT

OWN = texts_in("recognition_own", "fr")


@dataclass(frozen=True)
class Deployment:
    """Where visitors come in, where the replicas listen, and the process that keeps them running."""

    address: str
    replicas: tuple[int, ...]
    keeper: int

    def children(self) -> set[str]:
        """The processes that run: the door's and the replicas'."""
        return set(Path(f"/proc/{self.keeper}/task/{self.keeper}/children").read_text().split())


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
def deployment() -> Iterator[Deployment]:
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
            yield Deployment(f"http://127.0.0.1:{door}", (first, first + 1), local.pid)
        finally:
            local.terminate()
            local.wait(timeout=40)


def _served_by(deployment: Deployment, page: Page) -> int:
    """The replica that holds the page's connection: which of the two has an open one from nginx."""
    (cookie,) = [c["value"] for c in page.context.cookies() if c["name"] == "_streamlit_xsrf"]
    assert cookie
    found = subprocess.run(
        ["ss", "-Htnp", "state", "established"], capture_output=True, text=True, check=True
    )
    lines = [line for line in found.stdout.splitlines() if "nginx" in line]
    counts = {port: sum(f"127.0.0.1:{port} " in line for line in lines) for port in deployment.replicas}
    return max(counts, key=lambda port: counts[port])


def kill_server_of(page: Page, deployment: Deployment) -> None:
    """End the replica that serves a page, once the other one can take over."""
    for port in deployment.replicas:
        _await(f"http://127.0.0.1:{port}")
    replica = _served_by(deployment, page)
    found = subprocess.run(
        ["ss", "-Hltnp", f"sport = :{replica}"], capture_output=True, text=True, check=True
    ).stdout
    os.kill(int(re.search(r"pid=(\d+)", found).group(1)), signal.SIGKILL)


# What the policy of the door refused.
REFUSED = """window.refused = [];
addEventListener("securitypolicyviolation", (event) => {
  refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});"""


@pytest.mark.parametrize("slug", ["perceptron", "latent_space"])
def test_components_and_charts_pass_the_policy(visit, deployment, slug):
    page = visit(f"/{slug}", address=deployment.address, script=REFUSED)
    expect(page.get_by_role("button", name="Copier le lien")).to_be_visible()
    assert page.evaluate("refused") == []


def test_files_are_compressed_and_kept(deployment):
    with urllib.request.urlopen(deployment.address) as answer:
        script = re.search(r'src="\.?/?(static/js/[^"]+\.js)"', answer.read().decode()).group(1)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    asked = urllib.request.Request(f"{deployment.address}/{script}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"


def test_a_file_too_large_is_refused_at_the_door(deployment):
    door = http.client.HTTPConnection(deployment.address.removeprefix("http://"), timeout=20)
    door.putrequest("PUT", "/_stcore/upload_file/none/none")
    door.putheader("Content-Length", "28000000")
    door.endheaders()
    assert door.getresponse().status == 413
    door.close()


def _own_classes(page: Page, address: str) -> Locator:
    """Ready classes with a name and an image of the visitor's; how many images each has."""
    page.goto(f"{address}/image_recognition?view=own&hide=bet")
    expect(page.get_by_text("Appris en")).to_be_visible()
    name = page.get_by_label(OWN["name"].format(n=1))
    name.fill("tasses")
    name.press("Enter")
    expect(page.get_by_text(re.compile("Appris en .*tasses"))).to_be_visible()
    uploaders = page.locator('input[type="file"]')
    expect(uploaders).to_have_count(2)
    page.get_by_role("button", name=OWN["sources"]["files"]).first.click()
    expect(uploaders).to_have_count(3)
    uploaders.first.set_input_files(file("tasse.png", photograph("coffee")))
    counts = page.get_by_text(re.compile(r"^\d+ images$"))
    expect(counts.first).to_have_text("7 images")
    return counts


def test_a_visitor_survives_the_death_of_a_replica(visit, deployment):
    """The address and the drawing, which the browser still has, come to the other one."""
    page = visit("/image_recognition?src=draw&model=digits", address=deployment.address)
    draw(page, (0.5, 0.15), (0.5, 0.85))
    waiting = page.get_by_text(texts_in("sources", "fr")["waiting"]["draw"].partition("{")[0])
    expect(waiting).to_have_count(0)
    running = deployment.children()
    kill_server_of(page, deployment)
    expect(page.get_by_text(texts_in("shell", "fr")["notices"]["lost"])).to_be_visible()
    rest(page)
    expect(page.locator("canvas[data-strokes='1']")).to_be_visible()
    expect(waiting).to_have_count(0)
    expect(page).to_have_url(re.compile("(?=.*src=draw)(?=.*model=digits)"))
    page.get_by_role("radio", name=texts_in("recognition", "fr")["views"]["layers"]).click()
    expect(page).to_have_url(re.compile("view=layers"))
    expect(page.get_by_role("button", name="Copier le lien")).to_be_visible()
    # What was said of the cut stays through whatever is done, until the page is left.
    notice = page.locator(".st-key-notice")
    expect(notice).to_contain_text(texts_in("shell", "fr")["notices"]["lost"])
    page.get_by_role("link", name="Perceptron").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Perceptron")
    expect(notice).to_have_count(0)
    until(deployment.children, lambda now: len(now - running) == 1 and len(now) == 3)  # started again


def test_own_classes_are_there_again_for_the_browser_still_has_them(visit, deployment):
    page = visit("/about", address=deployment.address)
    counts = _own_classes(page, deployment.address)
    before = page.evaluate("dashboardVisit")
    kill_server_of(page, deployment)
    until(lambda: page.evaluate("dashboardVisit"), lambda now: now != before)
    rest(page)
    expect(page.get_by_text(re.compile("Appris en .*tasses.*herbe.*gravier"))).to_be_visible()
    expect(counts.first).to_have_text("7 images")
