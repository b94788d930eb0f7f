"""What the app's server adds to Streamlit's: the first document in the visitor's language, small files.

Streamlit serves one document for every address, in English until its scripts have drawn the page; and its
scripts, 5 to 10 MB a page, as they are, leaving compression to a proxy.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.language import asked_for, preferred, room

STATIC = Path(str(find_spec("streamlit").origin)).parent / "static" / "static"  # type: ignore[union-attr]
_FILE = re.compile(r"/static/((?:js|css)/[\w.-]+\.(js|css))$")
_TYPES = {"js": "text/javascript", "css": "text/css"}
_FOR_A_YEAR = "public, immutable, max-age=31536000"  # as Streamlit: the names hold a hash of the content
_SURVIVAL = (Path(__file__).parent / "components" / "translated.js").read_text(encoding="utf-8")


class CompressedFiles:
    """Streamlit's scripts and styles, compressed once a process."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] == "GET" and _FILE.search(scope["path"])
        path = STATIC / asked[1] if asked else None
        understood = asked and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if path is None or not understood or not path.is_file():
            await self.app(scope, receive, send)
            return
        content = await to_thread.run_sync(_compressed, path)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": _FOR_A_YEAR}
        response = Response(content, headers=headers, media_type=_TYPES[path.suffix[1:]])
        await response(scope, receive, send)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class FirstDocument:
    """The document says its language from its first byte, and that it needs no translation: the app changes
    its texts as it goes, and what a browser has translated would no longer be changed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        language = asked_for(query.get("lang", [""])[0]) or preferred(headers.get("accept-language"))
        begun: list[Message] = []  # of an HTML document: what is held back until its last part is there
        body = bytearray()

        async def pass_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                if Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                    begun.append(message)
                    return
            elif begun:
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                changed = MutableHeaders(raw=begun[0]["headers"])
                small = changed.get("content-encoding") == "gzip"
                document = (gzip.decompress(body) if small else bytes(body)).decode()
                content = localised(document, scope["path"], language).encode()
                content = gzip.compress(content) if small else content
                changed["Content-Length"], changed["Vary"] = (
                    str(len(content)),
                    "Accept-Language, Accept-Encoding",
                )
                for name in (
                    "ETag",
                    "Last-Modified",
                ):  # of the file, the same in all languages
                    del changed[name]
                await send(begun[0])
                message = {**message, "body": content}
            await send(message)

        await self.app(scope, receive, pass_on)


def localised(document: str, path: str, language: str) -> str:
    """Streamlit's document for an address of the app, in a language."""
    pages = room("shell", language)["pages"]
    title = pages.get(path.rstrip("/").rpartition("/")[2], pages["home"])["name"]
    return (
        document.replace('<html lang="en">', f'<html lang="{language}" translate="no">', 1)
        .replace("<title>Streamlit</title>", f"<title>{escape(title)}</title>", 1)
        .replace("<head>", f"<head><script>{_SURVIVAL}</script>", 1)
    )


MIDDLEWARE = [Middleware(CompressedFiles), Middleware(FirstDocument)]
