"""What one visitor may ask of a replica, so that the others do not wait: ASGI middleware around the app.

nginx limits what an address opens; what goes through an open connection, and what a visitor's uploads add up
to, is seen here alone.
"""

import asyncio
import time
from collections import Counter

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

UPLOADS = "/_stcore/upload_file/"
VISITOR_BYTES = 100_000_000
"""Of files that one visit may have at the same time: a dozen photographs."""
ALL_BYTES = 500_000_000
"""Of the files of all visits of a replica."""

FREE, RATE = 20, 10.0
"""Messages that a connection may send at once, and in a second from then on."""
PAGE = 4
"""For how many of them one counts that asks for a run of the whole page, not of a fragment."""
LONGEST = 30.0
"""Seconds for which the messages of a connection may have to wait, one after the other: then it is ended."""
_DEVELOPERS = ("clear_cache", "set_run_on_save", "load_git_info")
"""What a visitor's browser never asks for, and may not: one of them empties the caches of all visitors."""


class UploadLimit:
    """Refuses files beyond the limits: 413 for the visitor's own, 429 for those of all; 411 if it has no
    length."""

    def __init__(self, app: ASGIApp, most: int = VISITOR_BYTES, most_of_all: int = ALL_BYTES) -> None:
        self._app, self._most, self._most_of_all = app, most, most_of_all
        self._coming: Counter[str] = Counter()  # bytes under way, by visit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(UPLOADS):
            await self._app(scope, receive, send)
            return
        visit = scope["path"].removeprefix(UPLOADS).partition("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            await PlainTextResponse("length required", 411)(scope, receive, send)
            return
        own, everybody = self._kept(visit)
        if own + int(length) > self._most:
            await PlainTextResponse("too many files of one visitor", 413)(scope, receive, send)
            return
        if everybody + int(length) > self._most_of_all:
            await PlainTextResponse("too many files", 429)(scope, receive, send)
            return
        self._coming[visit] += int(length)
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[visit] -= int(length)
            self._coming += Counter()  # forget who has nothing under way

    def _kept(self, visit: str) -> tuple[int, int]:
        """Bytes of the visit's files, and of all: those that Streamlit keeps and those under way."""
        manager = runtime.get_instance().uploaded_file_mgr
        assert isinstance(manager, MemoryUploadedFileManager)
        kept = {
            session: sum(len(file.data) for file in list(files.values()))
            for session, files in list(manager.file_storage.items())
        }
        return (
            kept.get(visit, 0) + self._coming[visit],
            sum(kept.values()) + sum(self._coming.values()),
        )


class Pace:
    """Takes the messages of a connection at a pace that no hand exceeds; what comes faster waits in the
    connection. Of several changes that wait for one run Streamlit answers the last. What only a developer may
    ask is dropped. Where messages wait for too long the connection ends: what a visitor who has gone left
    behind would otherwise be read to its end, and a server that is to stop would wait for it."""

    def __init__(self, app: ASGIApp, free: int = FREE, rate: float = RATE, longest: float = LONGEST) -> None:
        self._app, self._free, self._rate, self._longest = app, free, rate, longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        left, last = float(self._free), time.monotonic()
        calm = last  # when a message last had not to wait

        async def paced() -> Message:
            nonlocal left, last, calm
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                asked = _asked(message.get("bytes") or b"")
                kind, now = asked.WhichOneof("type"), time.monotonic()
                counted = PAGE if kind == "rerun_script" and not asked.rerun_script.fragment_id else 1
                left, last = min(self._free, left + self._rate * (now - last)) - counted, now
                if left >= 0:
                    calm = now
                elif now - calm > self._longest:
                    return {"type": "websocket.disconnect", "code": 1008}
                else:
                    await asyncio.sleep(-left / self._rate)
                if kind not in _DEVELOPERS:
                    return message

        await self._app(scope, paced, send)


def _asked(content: bytes) -> BackMsg:
    """What a message asks for; nothing if it is none, and Streamlit's to refuse."""
    try:
        return BackMsg.FromString(content)
    except DecodeError:
        return BackMsg()
