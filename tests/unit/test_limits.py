"""What one visitor may ask of a replica: uploads that add up, messages that come too fast."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from deploy.limits import UPLOADS, Pace, UploadLimit


@pytest.fixture
def files(monkeypatch):
    """Streamlit's own keeper of files."""
    manager = MemoryUploadedFileManager("/files")
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    return manager


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of a coroutine, in a thread of its own: Playwright may leave a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


def put(limit: UploadLimit, visit: str, length: int | None) -> int | None:
    """The status of an upload; none if it was let through."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    scope = {"type": "http", "method": "PUT", "path": f"{UPLOADS}{visit}/1", "headers": headers}
    run(limit(scope, receive, send))
    return sent[0]["status"] if sent else None


async def nothing(*_: Any) -> None:
    """An app that answers nothing."""


def keep(files: MemoryUploadedFileManager, visit: str, name: str, size: int) -> None:
    files.add_file(visit, UploadedFileRec(name, name, "image/png", bytes(size)))


def test_a_visit_may_hold_so_many_bytes_and_gets_them_back(files):
    limit = UploadLimit(nothing, most=100, most_of_all=250)
    keep(files, "a", "1", 60)
    assert put(limit, "a", 40) is None
    assert put(limit, "a", 41) == 413
    assert put(limit, "b", 100) is None  # another visitor's
    keep(files, "b", "1", 100)
    keep(files, "c", "1", 90)
    assert put(limit, "d", 1) == 429  # that makes 251 of all
    files.remove_session_files("b")
    assert put(limit, "d", 1) is None
    assert put(limit, "a", None) == 411


def test_uploads_under_way_count(files):
    limit = UploadLimit(nothing, most=100)
    inside: list[int | None] = []

    async def slow(*_: Any) -> None:
        inside.append(await asyncio.to_thread(put, limit, "a", 50))

    limit._app = slow
    assert put(limit, "a", 60) is None and inside == [413]
    limit._app = nothing
    assert put(limit, "a", 100) is None


def test_what_comes_faster_than_a_hand_waits_in_its_own_connection():
    async def sending(pace: Pace, messages: list[bytes]) -> list[float]:
        """Seconds until the app had each of the messages that a connection sends at once."""
        queue, started, taken = list(messages), time.monotonic(), []

        async def receive() -> Any:
            return {"type": "websocket.receive", "bytes": queue.pop(0)}

        async def app(scope: Any, receive: Any, send: Any) -> None:
            for each in messages:
                assert (await receive())["bytes"] == each
                taken.append(time.monotonic() - started)

        pace._app = app
        await pace({"type": "websocket"}, receive, nothing)
        return taken

    async def both() -> list[list[float]]:
        messages = [bytes(100 + k) for k in range(25)]
        return await asyncio.gather(
            sending(Pace(nothing, 5, 50.0), messages),
            sending(Pace(nothing, 5, 50.0), messages[:5]),
            sending(Pace(nothing, 5, 50.0), [b""] * 100),  # which ask for nothing
        )

    fast, calm, empty = run(both())
    assert fast[-1] >= 20 / 50 and fast == sorted(fast)
    assert max(fast[4], calm[-1], empty[-1]) < fast[-1]
