"""What a bystander waits for while others misbehave, on a replica as it is hosted: 24 ways.

    python -m tests.benchmarks.misbehaviour [--only ACT ...]

Each act lasts a few seconds; the bystander runs the page again and again meanwhile, and once more when all is
over. nginx, which would refuse some of it before, is left out.
"""

import argparse
import asyncio
import contextlib
import random
import re
import urllib.request
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg

from deploy.limits import UPLOADS, VISITOR_BYTES
from tests.benchmarks.crowd import megabytes
from tests.benchmarks.report import print_report, spread
from tests.benchmarks.visitor import Visitor
from tests.conftest import ROOT, running

PAGE = "perceptron"
PAUSE = 0.2
"""Seconds between two changes of the bystander."""
_LOST = (TimeoutError, OSError, EOFError)  # what befalls who misbehaves
_HEAD = "Host: {host}\r\nConnection: close\r\n"

Act = Callable[[str], Awaitable[None]]


async def several(address: str, count: int) -> list[Visitor]:
    """So many visitors, their page drawn."""
    visitors = [Visitor(address, PAGE) for _ in range(count)]
    for visitor in visitors:
        await visitor.open()
    return visitors


async def gone(visitors: list[Visitor]) -> None:
    for visitor in visitors:
        visitor.vanish()


async def quiet(address: str) -> None:
    """Nobody else."""
    await asyncio.sleep(3)


# ---------------------------------------------------------------- runs


async def flood(address: str) -> None:
    """One visitor asks for 500 runs at once."""
    (visitor,) = await several(address, 1)
    for _ in range(500):
        with contextlib.suppress(*_LOST):
            await asyncio.wait_for(visitor.ask(), 1)
    await asyncio.sleep(5)
    await gone([visitor])


async def slow_readers(address: str) -> None:
    """Ten visitors ask for 300 runs each and read nothing."""
    visitors = await several(address, 10)
    for visitor in visitors:
        visitor.stop_reading()
    for _ in range(300):
        for visitor in visitors:
            with contextlib.suppress(*_LOST):
                await asyncio.wait_for(visitor.ask(), 1)
    await asyncio.sleep(3)
    await gone(visitors)


async def _comes_and_goes(address: str, after: float) -> None:
    visitor = Visitor(address, PAGE)
    await visitor.connect()
    await visitor.ask()
    await asyncio.sleep(after)
    visitor.vanish()


async def vanishing(address: str) -> None:
    """A hundred visitors, ten at a time, gone while their page is drawn."""
    chance = random.Random(0)
    for _ in range(10):
        await asyncio.gather(*(_comes_and_goes(address, chance.uniform(0, 0.1)) for _ in range(10)))


async def hundred_vanish(address: str) -> None:
    """A hundred visitors, their pages drawn, gone in one moment."""
    await gone(await several(address, 100))
    await asyncio.sleep(2)


async def no_such_fragment(address: str) -> None:
    """Runs of fragments and pages that there are not."""
    (visitor,) = await several(address, 1)
    for k in range(60):
        await visitor.ask(f"fragment{k}")
        visitor.page = f"nowhere{k}"
    await asyncio.sleep(3)
    await gone([visitor])


async def wrong_values(address: str) -> None:
    """Values that no widget has, and widgets that there are not."""
    (visitor,) = await several(address, 1)
    for k, value in enumerate((float("nan"), 1e308, -1.0, float("inf")) * 10):
        asked = BackMsg()
        for control in visitor.controls():
            asked.rerun_script.widget_states.widgets.add(id=control.slider.id).double_array_value.data.append(
                value
            )
            asked.rerun_script.widget_states.widgets.add(id=control.slider.id).string_value = "x" * 1000
        asked.rerun_script.widget_states.widgets.add(id=f"$$ID-{k}-none").json_value = "{"
        await visitor.send(asked.SerializeToString())
    await asyncio.sleep(4)
    await gone([visitor])


async def long_address(address: str) -> None:
    """A query of 100,000 characters and values that mean nothing."""
    visitor = Visitor(
        address, PAGE, "points=" + "z" * 100_000 + "&noise=nan&n=1e99&lang=%00&hide=" + "a," * 5000
    )
    await visitor.open()
    for _ in range(30):
        await visitor.ask()
    await asyncio.sleep(3)
    await gone([visitor])


# ---------------------------------------------------------------- frames and connections


async def _frames(address: str, frames: list[bytes | str]) -> None:
    """Each frame from a connection of its own, which the server may cut."""
    for frame in frames:
        visitor = Visitor(address, PAGE)
        with contextlib.suppress(*_LOST):
            await visitor.connect()
            await visitor.send(frame)
            await asyncio.sleep(0.02)
            visitor.vanish()


async def garbage_frames(address: str) -> None:
    """Frames that are no messages."""
    chance = random.Random(0)
    await _frames(address, [chance.randbytes(1000) for _ in range(60)])


async def text_frames(address: str) -> None:
    """Frames of text, which the protocol has not."""
    await _frames(address, ["x" * 1000] * 60)


async def huge_frames(address: str) -> None:
    """Frames of 30 megabytes."""
    await _frames(address, [bytes(30_000_000)] * 5)


async def empty_frames(address: str) -> None:
    """Two thousand frames of nothing."""
    (visitor,) = await several(address, 1)
    for _ in range(2000):
        with contextlib.suppress(*_LOST):
            await asyncio.wait_for(visitor.send(BackMsg().SerializeToString()), 1)
    await asyncio.sleep(2)
    await gone([visitor])


async def heartbeats(address: str) -> None:
    """Two thousand signs of life at once."""
    (visitor,) = await several(address, 1)
    for _ in range(2000):
        with contextlib.suppress(*_LOST):
            await asyncio.wait_for(visitor.send(BackMsg(app_heartbeat=True).SerializeToString()), 1)
    await asyncio.sleep(2)
    await gone([visitor])


async def clear_caches(address: str) -> None:
    """What empties the caches of all visitors, in Streamlit."""
    (visitor,) = await several(address, 1)
    for _ in range(20):
        await visitor.send(BackMsg(clear_cache=True).SerializeToString())
        await asyncio.sleep(0.15)
    await gone([visitor])


async def comes_and_says_nothing(address: str) -> None:
    """Two hundred connections that are opened and closed."""
    for _ in range(200):
        visitor = Visitor(address, PAGE)
        await visitor.connect()
        visitor.vanish()


async def many_tabs(address: str) -> None:
    """One visitor opens the page in fifty tabs."""
    await gone(await several(address, 50))


async def _sockets(address: str, count: int, text: str, seconds: float) -> None:
    """So many connections that begin with a text and go no further."""
    host = urlsplit(address)
    begun = [await asyncio.open_connection(host.hostname, host.port) for _ in range(count)]
    for _, writer in begun:
        writer.write(text.encode())
    await asyncio.sleep(seconds)
    for _, writer in begun:
        writer.transport.abort()


async def half_open(address: str) -> None:
    """Two hundred connections that never say anything."""
    await _sockets(address, 200, "", 3)


async def slow_headers(address: str) -> None:
    """Two hundred requests that never end."""
    await _sockets(address, 200, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", 3)


async def unread_files(address: str) -> None:
    """Fifty requests for the largest script, of which nothing is read."""
    script = max((path for path in _scripts(address)), key=len)
    await _sockets(address, 50, f"GET /{script} HTTP/1.1\r\n{_HEAD.format(host='x')}\r\n", 3)


def _scripts(address: str) -> list[str]:
    with urllib.request.urlopen(address) as page:
        return re.findall(r"static/js/[\w.-]+\.js", page.read().decode())


async def _gets(address: str, paths: list[str]) -> None:
    def ask(path: str) -> None:
        with contextlib.suppress(*_LOST), urllib.request.urlopen(f"{address}/{path}", timeout=20) as answer:
            answer.read()

    for path in paths:
        await asyncio.to_thread(ask, path)


async def no_such_files(address: str) -> None:
    """Addresses of nothing, each another, and ways out of the folder."""
    paths = [f"static/js/none{k}.js" for k in range(100)] + [
        f"app/component/neuron.{k}.js" for k in range(100)
    ]
    await _gets(
        address,
        [*paths, *["static/..%2f..%2f..%2fetc/passwd", "app/static/%2e%2e/%2e%2e/pyproject.toml"] * 20],
    )


async def documents(address: str) -> None:
    """The first document three hundred times, in languages that there are not."""
    await _gets(address, [f"{PAGE}?lang={k}" for k in range(300)])


# ---------------------------------------------------------------- uploads


_EDGE = "edge"  # between the parts of an upload
_START = f'--{_EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'.encode()


def _head(address: str, path: str, length: str) -> bytes:
    """How the browser begins an upload."""
    with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
        cookie = answer.headers.get("Set-Cookie", "").split(";")[0]
    return (
        f"PUT {UPLOADS}{path} HTTP/1.1\r\n{_HEAD.format(host=urlsplit(address).netloc)}Cookie: {cookie}\r\n"
        f"X-Xsrftoken: {cookie.partition('=')[2]}\r\nContent-Type: multipart/form-data; boundary={_EDGE}\r\n"
        f"{length}\r\n\r\n"
    ).encode()


async def _put(address: str, visit: str, name: str, length: str, content: bytes) -> int:
    """Status of an upload as the browser sends it; 0 if the connection was cut."""
    host = urlsplit(address)
    body = _START + content + f"\r\n--{_EDGE}--\r\n".encode()
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    writer.write(_head(address, f"{visit}/{name}", length.format(len(body))))
    with contextlib.suppress(*_LOST):
        writer.write(body)
        await asyncio.wait_for(writer.drain(), 10)
        line = await asyncio.wait_for(reader.readline(), 10)
        writer.close()
        return int(line.split()[1]) if line else 0
    writer.transport.abort()
    return 0


async def hoard(address: str) -> None:
    """One visitor keeps 20 files of 10 megabytes: no more than the limit is taken."""
    (visitor,) = await several(address, 1)
    taken = [
        await _put(address, visitor.session, f"f{k}", "Content-Length: {}", bytes(10_000_000))
        for k in range(20)
    ]
    kept = taken.count(204) * 10_000_000
    if not 0 < kept <= VISITOR_BYTES:
        raise RuntimeError(f"{kept} bytes kept: {taken}")
    await visitor.close()


async def uploads_of_nobody(address: str) -> None:
    """Files for visits that there are not."""
    for k in range(30):
        await _put(address, f"nobody{k}", "f", "Content-Length: {}", bytes(1_000_000))


async def uploads_without_length(address: str) -> None:
    """Files that do not say how long they are, or lie."""
    for length in ("Transfer-Encoding: chunked", "Content-Length: 9", "Content-Length: 999999999") * 5:
        await _put(address, "x", "f", length, bytes(100_000))


async def uploads_without_end(address: str) -> None:
    """Forty files of two megabytes for one visit, of which a byte comes now and then."""
    (visitor,) = await several(address, 1)
    host = urlsplit(address)
    begun = [await asyncio.open_connection(host.hostname, host.port) for _ in range(40)]
    for k, (_, writer) in enumerate(begun):
        writer.write(_head(address, f"{visitor.session}/{k}", "Content-Length: 2000000") + _START)
    for _ in range(20):
        for _, writer in begun:
            writer.write(b"x")
        await asyncio.sleep(0.15)
    if any(writer.is_closing() for _, writer in begun):
        raise RuntimeError("the uploads were not taken")
    for _, writer in begun:
        writer.transport.abort()
    await visitor.close()


ACTS: tuple[Act, ...] = (
    quiet,
    flood,
    slow_readers,
    vanishing,
    hundred_vanish,
    no_such_fragment,
    wrong_values,
    long_address,
    garbage_frames,
    text_frames,
    huge_frames,
    empty_frames,
    heartbeats,
    clear_caches,
    comes_and_says_nothing,
    many_tabs,
    half_open,
    slow_headers,
    unread_files,
    no_such_files,
    documents,
    hoard,
    uploads_of_nobody,
    uploads_without_length,
    uploads_without_end,
)


async def beside(address: str, act: Act) -> dict[str, float]:
    """Milliseconds that a bystander waits for a run of the page meanwhile."""
    waited: list[float] = []
    bystander = Visitor(address, PAGE)
    await bystander.open()

    acting = asyncio.create_task(act(address))
    while not acting.done():
        waited.append(await bystander.run())
        await asyncio.sleep(PAUSE)
    await acting
    waited.append(await bystander.run())
    await bystander.close()
    if bystander.failures:
        raise RuntimeError(f"{act.__name__}: {bystander.failures[0]}")
    return {**spread(waited, 0), "most": round(max(waited))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=[act.__name__ for act in ACTS], metavar="ACT")
    chosen = parser.parse_args().only
    found = {}
    with running(ROOT / "deploy" / "app.py") as (address, pid):
        for act in ACTS:
            if not chosen or act.__name__ in chosen:
                found[act.__name__] = asyncio.run(beside(address, act))
                found[act.__name__]["mb"] = round(megabytes([pid]))
                print(f"{act.__name__:24} {found[act.__name__]}", flush=True)
    print_report(what="milliseconds that a bystander waits for a run", **found)


if __name__ == "__main__":
    main()
