"""Small components of our own: a JavaScript file and a CSS file beside this module, mounted by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent / "components"


@cache
def component(name: str, html: str = "", shared: tuple[str, ...] = ()) -> Any:
    """The mounting command of ``components/<name>.js``; the files named in ``shared`` stand before it."""
    return st.components.v2.component(
        f"house_{name}", html=html, css=_joined("css", *shared, name), js=_joined("js", *shared, name)
    )


def _joined(kind: str, *names: str) -> str:
    files = [FOLDER / f"{name}.{kind}" for name in names]
    return "\n".join(
        file.read_text(encoding="utf-8") for file in files if file.exists()
    )  # some need no style
