"""The components' modules, as files of the server."""

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urljoin

import pytest

from dashboard.fonts import STATIC
from dashboard.ui.component import bundle, script
from dashboard.ui.serving import _SOON, _SOON_HERE, FirstDocument, Scripts, _module, localised


def asked(
    path: str, accepted: str = "gzip", layer: Any = Scripts, query: bytes = b"", content: bytes = b"text/css"
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body of what is answered to a request; status 0 if it was passed on."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", content)]
        await send({"type": "http.response.start", "status": 0, "headers": headers})
        await send({"type": "http.response.body", "body": b"<head></head>"})

    async def ask() -> None:
        headers = [(b"accept-encoding", accepted.encode())]
        scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "query_string": query}
        await layer(app)(scope, None, send)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as threads:  # Playwright may leave a loop running in this one
        threads.submit(asyncio.run, ask()).result()
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(m.get("body", b"") for m in sent)


@pytest.mark.parametrize("base", ["/", "/behind/a/proxy/"])
def test_a_component_is_a_file_that_may_be_kept_and_is_small(base):
    status, headers, body = asked(f"{base}{script('neuron')}")
    assert status == 200 and b"immutable" in headers[b"cache-control"]
    assert headers[b"content-type"].startswith(b"text/javascript")
    assert gzip.decompress(body).decode() == bundle("neuron.js")
    assert asked(f"{base}{script('neuron')}", "identity")[2].decode() == bundle("neuron.js")
    assert len(body) < len(bundle("neuron.js")) / 2


def test_no_other_address_is_answered_or_remembered():
    before = _module.cache_info().currsize
    stale = script("neuron").replace("neuron.", "neuron.0")
    for path in (stale, "app/component/nothing.0.js", "app/component/..%2fkit.0.js"):
        assert asked(f"/{path}")[0] in (404, 0)
    assert asked("/static/js/index.js")[0] == 0
    assert _module.cache_info().currsize == before


@pytest.mark.parametrize("slug", ["Perceptron", "PERCEPTRON", "perceptron.", "perceptron)", "perceptron%2C"])
def test_an_address_in_capitals_or_in_a_sentence_leads_to_its_page(slug):
    status, headers, _ = asked(f"/base/{slug}", layer=FirstDocument, query=b"data=moons&lang=en")
    assert (status, headers[b"location"]) == (307, b"./perceptron?data=moons&lang=en")
    for path in ("/", "/perceptron", "/nowhere", "/_stcore/health", "/app/static/films/x.webp"):
        assert asked(path, layer=FirstDocument)[0] == 0


@pytest.mark.parametrize("path", ["/nowhere", "/start", "/a/b", "/nowhere/", "/perceptron/x"])
def test_an_address_of_no_page_leads_to_the_front_page(path):
    status, headers, _ = asked(path, layer=FirstDocument, query=b"lang=en", content=b"text/html")
    assert status == 307
    assert urljoin(f"http://x{path}", headers[b"location"].decode()) == "http://x/?lang=en&unknown=1"


@pytest.mark.parametrize("path", ["/", "/perceptron", "/perceptron/", "/home", "/behind/a/proxy/message"])
def test_an_address_of_a_page_does_not(path):
    status, _, body = asked(path, layer=FirstDocument, content=b"text/html")
    assert status == 0 and b"<head>" in gzip.decompress(body)


@pytest.mark.parametrize("page", _SOON_HERE)
def test_what_a_page_begins_with_is_asked_for_ahead_and_is_there(page):
    ahead = re.findall(
        r'modulepreload" crossorigin href="\./([^"]+)"', localised("<head></head>", page, "fr")
    )
    stems, components = _SOON_HERE[page]
    assert {script(name) for name in ("link", *components)} <= set(ahead)
    theirs = {name.removeprefix("static/js/") for name in ahead if name.startswith("static/js/")}
    assert {*_SOON, *stems} <= {name.split(".")[0] for name in theirs}
    assert all((STATIC / "js" / name).is_file() for name in theirs)
