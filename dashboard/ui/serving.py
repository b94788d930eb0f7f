"""What the app's server adds to Streamlit's: the first document in the visitor's language, small files, the
components' modules.

Streamlit serves one document for every address, in English until its scripts have drawn the page; and its
scripts, 5 to 10 MB a page, as they are, leaving compression to a proxy.
"""

import gzip
import json
import re
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.fonts import FOLDER, FONTS, ICONS, STATIC
from dashboard.languages import DEFAULT
from dashboard.ui import first_picture
from dashboard.ui.address import UNKNOWN, readings
from dashboard.ui.component import FOLDER as COMPONENTS
from dashboard.ui.component import SCRIPTS, bundle, script
from dashboard.ui.language import asked_for, preferred, texts_in

_FILE = re.compile(r"/static/((?:js|css)/[\w.-]+\.(?:js|css)|media/([\w-]+)[\w.-]*\.woff2)$")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
_IMPORT = re.compile(r"""(?:from|import)["']\./([\w.-]+\.js)["']""")
_SCRIPT = re.compile(rf"/({SCRIPTS}(\w+)\.\w+\.js)$")
# What every page draws, and what each begins with beside that: Streamlit's modules, the app's components.
_SOON = ("BidiComponent", "Html", "ButtonGroup", "PageLink", "Slider", "Button")
_SOON_HERE = {
    "home": (("TextArea",), ("home_line", "home_film", "home_network")),
    "perceptron": (("Selectbox", "DownloadButton"), ("drawer", "thumbnails", "neuron")),
    "neural_network": (("Selectbox", "DownloadButton"), ("drawer", "thumbnails", "network")),
    "latent_space": ((), ("drawer", "tiles", "drawing")),
    "message": ((), ("drawer", "thumbnails", "message")),
    "image_recognition": (("ImageList", "DownloadButton"), ("drawer", "thumbnails")),
    "image_generation": (("TextInput", "DownloadButton"), ("drawer", "denoise")),
}
_FOR_A_YEAR = "public, immutable, max-age=31536000"  # as Streamlit: the names hold a hash of the content
_HEAD = "".join(
    f"<script>{(COMPONENTS / name).read_text(encoding='utf-8')}</script>"
    for name in ("translated.js", "history.js", "menu.js")
)


class SmallFiles:
    """Streamlit's scripts and styles, compressed once a process, and the fonts that stand for its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] == "GET" and _FILE.search(scope["path"])
        found = await to_thread.run_sync(_small, asked[1], asked[2]) if asked else None
        understood = "gzip" in Headers(scope=scope).get("accept-encoding", "") if asked else False
        if not asked or found is None or not (asked[2] or understood):
            await self.app(scope, receive, send)
            return
        headers = {"Cache-Control": _FOR_A_YEAR}
        if not asked[2]:
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        response = Response(found, headers=headers, media_type=_TYPES[Path(asked[1]).suffix])
        await response(scope, receive, send)


def _small(file: str, font: str | None) -> bytes | None:
    """A file of Streamlit's, small; None if there is none such, or no smaller one."""
    # Only what there is may be kept: who asks for other names must not fill the memory.
    return _smaller(file, font) if (STATIC / file).is_file() and (not font or font in FONTS) else None


@cache
def _smaller(file: str, font: str | None) -> bytes:
    return (
        (FOLDER / FONTS[font]).read_bytes()
        if font
        else gzip.compress((STATIC / file).read_bytes(), 6, mtime=0)
    )


class Scripts:
    """The modules of the app's own components."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] == "GET" and _SCRIPT.search(scope["path"])
        if not asked:
            await self.app(scope, receive, send)
            return
        packed = await to_thread.run_sync(_script, asked[1], asked[2])
        headers = {"Cache-Control": _FOR_A_YEAR, "Vary": "Accept-Encoding"}
        if packed is None:
            response = Response(status_code=404)
        elif "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            response = Response(packed, headers=headers, media_type="text/javascript")
        else:
            response = Response(gzip.decompress(packed), headers=headers, media_type="text/javascript")
        await response(scope, receive, send)


def _script(address: str, name: str) -> bytes | None:
    """The module of a component, compressed; None if this is not its address, or no longer."""
    return _module(name) if (COMPONENTS / f"{name}.js").is_file() and script(name) == address else None


@cache
def _module(name: str) -> bytes:
    return gzip.compress(bundle(f"{name}.js").encode(), 6, mtime=0)


class FirstDocument:
    """The document says its language from its first byte, and that it needs no translation: the app changes
    its texts as it goes, and what a browser has translated would no longer be changed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked, page = scope["query_string"].decode("latin-1"), _misspelt(scope["path"])
        if page:
            await RedirectResponse(f"./{page}?{asked}")(scope, receive, send)
            return
        headers = Headers(scope=scope)
        wanted = parse_qs(asked).get("lang", [""])[0]
        language = asked_for(wanted) or preferred(headers.get("accept-language"))
        front = _front_from(scope["path"])
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
                if front:
                    query = "&".join(filter(None, (asked, f"{UNKNOWN}=1")))
                    await RedirectResponse(f"{front}?{query}")(scope, receive, send)
                    return
                changed = MutableHeaders(raw=begun[0]["headers"])
                packed = changed.get("content-encoding") == "gzip"
                document = (gzip.decompress(body) if packed else bytes(body)).decode()
                content = localised(document, scope["path"], language).encode()
                if "gzip" in headers.get("accept-encoding", ""):
                    content = gzip.compress(content)
                    changed["Content-Encoding"] = "gzip"
                changed["Content-Length"] = str(len(content))
                changed["Vary"] = "Accept-Language, Accept-Encoding"
                for name in (
                    "ETag",
                    "Last-Modified",
                ):  # of the file, the same in all languages
                    del changed[name]
                await send(begun[0])
                message = {**message, "body": content}
            await send(message)

        await self.app(scope, receive, pass_on)


def _misspelt(path: str) -> str | None:
    """The page that was meant by an address in capitals, or as a sentence ends it; None if none was."""
    slug, pages = path.rpartition("/")[2], texts_in("shell", DEFAULT)["pages"]
    return None if slug in pages else next((each for each in readings(slug) if each in pages), None)


def _front_from(path: str) -> str | None:
    """Where the front page is, seen from an address that is no page's; None from a page's."""
    below = path.removeprefix(f"/{st.get_option('server.baseUrlPath').strip('/')}").lstrip("/")
    if below.rstrip("/").rpartition("/")[2] in ("", *texts_in("shell", DEFAULT)["pages"]):
        return None
    return "../" * below.count("/") or "./"


def localised(document: str, path: str, language: str) -> str:
    """Streamlit's document for an address of the app, in a language."""
    pages = texts_in("shell", language)["pages"]
    slug = path.rstrip("/").rpartition("/")[2]
    slug = slug if slug in pages else "home"
    title = pages[slug]["name"]
    first = first_picture.markup(language) if slug == "home" else ""
    return (
        document.replace('<html lang="en">', f'<html lang="{language}" translate="no">', 1)
        .replace("<title>Streamlit</title>", f"<title>{escape(title)}</title>", 1)
        .replace("<head>", f"<head>{_HEAD}{_connection()}", 1)
        .replace("</head>", f"{_soon(document, slug)}</head>", 1)
        .replace("<body>", f"<body>{first}", 1)
    )


def _connection() -> str:
    """What Streamlit would ask of the server, twice at most addresses, before it connects. The answer also
    brings the cookie by which uploads are known and a proxy finds the replica again: it comes meanwhile."""
    told = {"allowedOrigins": st.get_option("client.allowedOrigins"), "useExternalAuthToken": False}
    known = f'{{ BACKEND_BASE_URL: new URL(".", location.href).href, HOST_CONFIG: {json.dumps(told)} }}'
    return f'<script>window.__streamlit ??= {known}; fetch("_stcore/health");</script>'


@cache
def _soon(document: str, page: str) -> str:
    """Links to what a page needs beyond the scripts that the document names: a browser that hears of them as
    the elements come asks for them late, and one after another."""
    known = set(re.findall(r"static/js/([\w.-]+\.js)", document))
    scripts: list[str] = []

    def add(name: str) -> None:
        if name in known:
            return
        known.add(name)
        scripts.append(name)
        for imported in _IMPORT.findall((STATIC / "js" / name).read_text(encoding="utf-8")):
            add(imported)

    theirs, ours = _SOON_HERE.get(page, ((), ()))
    for stem in (*_SOON, *theirs):
        for path in (STATIC / "js").glob(f"{stem}.*.js"):
            add(path.name)
    components = [f"./{script(name)}" for name in ("link", *ours)]
    fonts = [f"./static/media/{path.name}" for path in (STATIC / "media").glob(f"{ICONS}.*")]
    fonts += [face["url"] for face in first_picture.THEME["fontFaces"]]
    return "".join(
        [
            f'<link rel="modulepreload" crossorigin href="{address}">'
            for address in (*(f"./static/js/{name}" for name in scripts), *components)
        ]
        + [f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{font}">' for font in fonts]
    )


MIDDLEWARE = [Middleware(SmallFiles), Middleware(Scripts), Middleware(FirstDocument)]
