"""Small components of our own: a JavaScript module and a style sheet in ``components/``, mounted by name.

Modules and style sheets import one another as everywhere (``import { … } from "./kit.js"``,
``@import "./kit.css"``). Streamlit takes one text of each kind, so they are joined here: every file once,
after those that it imports, in one scope: no two files of a component may declare one name at the top.

Streamlit sends a component's module with every change of its data. Ours are files (`serving.Scripts` answers
for them), and what Streamlit is given is one line that fetches the file.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

FOLDER = Path(__file__).parent / "components"
_IMPORT = re.compile(r'^(?:import\s[^;]*?from\s+|@import\s+)"\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default\b)", re.MULTILINE)
SCRIPTS = "app/component/"
"""Under which the modules are served, beside the app's document."""
# Data travel as one text: of a dictionary Streamlit asks whether entries are tables, and writes it twice.
_LOADER = """
const { default: mount } = await import(new URL("@script@", document.baseURI).href);
export default (mounted) => mount({ ...mounted, data: JSON.parse(mounted.data) });
"""


@cache
def component(name: str, html: str = '<div class="component"></div>') -> Callable[..., Any]:
    """The mounting command of ``components/<name>.js``, styled by ``<name>.css`` if there is one."""
    styles = [file for file in (f"{name}.css", "media.css") if (FOLDER / file).exists()]
    mount = st.components.v2.component(
        f"dashboard_{name}",
        html=html,
        css="\n".join(map(bundle, styles)),
        js=_LOADER.replace("@script@", script(name)),
    )

    def mounted(*, key: str, data: Mapping[str, Any], **options: Any) -> Any:
        # JSON knows no NaN: the browser would draw nothing, and nobody would hear of it.
        text = json.dumps(data, separators=(",", ":"), allow_nan=False)
        return mount(key=key, data=text, **options)

    return mounted


@cache
def script(name: str) -> str:
    """The address of ``components/<name>.js``, another for another content."""
    return f"{SCRIPTS}{name}.{hashlib.sha256(bundle(f'{name}.js').encode()).hexdigest()[:16]}.js"


def packed(values: ArrayLike) -> str:
    """Numbers as a payload carries them: little-endian float32, base64."""
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


def shares(values: ArrayLike) -> str:
    """Numbers from 0 to 1, what is outside drawn in, in 65,536 steps: little-endian uint16, base64. In the
    browser `shares` of ``kit.js`` reads them."""
    steps = np.rint(np.clip(values, 0, 1) * np.iinfo(np.uint16).max)
    return base64.b64encode(np.ascontiguousarray(steps, dtype="<u2").tobytes()).decode()


def opened(param: str) -> int | None:
    """The frame of a film that a shared link opens; the player writes it into the address by itself."""
    text = st.query_params.get(param, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def bundle(file: str) -> str:
    """A module or style sheet of ``components/`` with all that it imports, as one text.

    Raises:
        FileNotFoundError: for an import of what is not there.
    """
    texts: dict[str, str] = {}

    def add(name: str) -> None:
        if name in texts:
            return
        text = (FOLDER / name).read_text(encoding="utf-8")
        texts[name] = ""  # known from here on: two files may import each other
        for imported in _IMPORT.findall(text):
            add(imported)
        del texts[name]  # its place is after what it imports
        texts[name] = _EXPORT.sub("", _IMPORT.sub("", text))

    add(file)
    return "\n".join(texts.values())
