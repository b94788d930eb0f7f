"""What one visitor may ask of a replica: uploads that add up, messages that come too fast."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from deploy.limits import PAGE, UPLOADS, Pace, UploadLimit


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


def taken(pace: Pace, messages: list[bytes]) -> Coroutine[Any, Any, list[tuple[bytes, float]]]:
    """What the app gets of the messages that a connection sends at once, and after how many seconds."""
    coming, got, started = iter(messages), list[tuple[bytes, float]](), time.monotonic()

    async def receive() -> Any:
        content = next(coming, None)
        if content is None:
            return {"type": "websocket.disconnect"}
        return {"type": "websocket.receive", "bytes": content}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            got.append((message["bytes"], time.monotonic() - started))

    async def all_of_them() -> list[tuple[bytes, float]]:
        pace._app = app
        await pace({"type": "websocket"}, receive, nothing)
        return got

    return all_of_them()


def asking(**content: Any) -> bytes:
    return BackMsg(**content).SerializeToString()


def test_what_comes_faster_than_a_hand_waits_in_its_own_connection():
    async def both() -> list[list[tuple[bytes, float]]]:
        messages = [bytes(100 + k) for k in range(25)]
        return await asyncio.gather(
            taken(Pace(nothing, 5, 50.0), messages), taken(Pace(nothing, 5, 50.0), messages[:5])
        )

    fast, calm = run(both())
    assert [content for content, _ in fast] == [bytes(100 + k) for k in range(25)]
    times = [after for _, after in fast]
    assert times[-1] >= 20 / 50 and times == sorted(times)
    assert max(times[4], calm[-1][1]) < times[-1]


def test_a_whole_page_counts_for_several_steps():
    step = BackMsg()
    step.rerun_script.fragment_id = "stage"
    page = BackMsg()
    page.rerun_script.page_name = "perceptron"

    async def both() -> list[list[tuple[bytes, float]]]:
        return await asyncio.gather(
            taken(Pace(nothing, 5, 50.0), [step.SerializeToString()] * 10),
            taken(Pace(nothing, 5, 50.0), [page.SerializeToString()] * 10),
        )

    steps, pages = run(both())
    assert 5 / 50 <= steps[-1][1] < (10 * PAGE - 5) / 50 <= pages[-1][1]


def test_a_connection_whose_messages_wait_for_too_long_ends():
    left_behind = run(taken(Pace(nothing, 5, 100.0, 0.2), [asking()] * 10_000))
    assert 0.2 < left_behind[-1][1] < 5 and len(left_behind) < 10_000
    assert len(run(taken(Pace(nothing, 5, 100.0, 0.2), [asking()] * 10))) == 10


def test_a_visitor_may_not_empty_the_caches_of_all():
    """In Streamlit the caches are those of the process, and any connection may ask."""
    asked = [asking(clear_cache=True), asking(stop_script=True), asking(load_git_info=True), asking()]
    got = run(taken(Pace(nothing), asked))
    assert [content for content, _ in got] == [asking(stop_script=True), asking()]
