"""The front page's picture, which moves before anything else of the app has come.

Streamlit's scripts, its connection and a run of the page come before a page's first element can be drawn. The
picture needs none of them: a component of the app's draws it, and it stands in the first document until the
page takes it over.
"""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from dashboard import palette
from dashboard.ui.component import FOLDER, bundle
from dashboard.ui.language import texts_in

_SETTINGS = Path(__file__).parents[2] / ".streamlit" / "config.toml"
THEME = tomllib.loads(_SETTINGS.read_text(encoding="utf-8"))["theme"]  # as Streamlit is told it
_POINTS = "m12 4-1.4 1.4 5.6 5.6H4v2h12.2l-5.6 5.6L12 20l8-8z"
_ARROW = f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{_POINTS}"/></svg>'

BOX = '<div class="line"></div>'


def payload(language: str) -> dict[str, Any]:
    """What the picture is told."""
    return {
        "colours": palette.SIGNS,
        "text": texts_in("home", language)["line"],
    }


@cache
def markup(language: str) -> str:
    """The first screen of the front page, as HTML with its style and its script: title, picture, way on."""
    title = escape(texts_in("shell", language)["pages"]["home"]["title"])
    way = escape(texts_in("home", language)["line"]["link"])
    script = f"{bundle('home_first.js')}\nbegin({json.dumps(payload(language))});".replace(
        "</script", r"<\/script"
    )
    style = f"{_theme()}\n{(FOLDER / 'home_first.css').read_text(encoding='utf-8')}"
    template = f"<template><style>{bundle('home_line.css')}</style>{BOX}</template>"
    return (
        f"<style>{style}</style>"
        f'<div id="first"><h1>{title}</h1><div>{template}</div>'
        f'<a href="perceptron">{way}{_ARROW}</a></div>'
        f"<script>(() => {{\n{script}\n}})()</script>"
    )


def _theme() -> str:
    """What Streamlit will say of fonts and colours once it is there."""
    face = {name: THEME["fontFaces"][0][name] for name in ("family", "url", "weight")}
    fonts = {
        "--st-font": "'Source Sans', sans-serif",
        "--st-heading-font": THEME["headingFont"],
        "--st-base-radius": THEME["baseRadius"],
    }
    return (
        "@font-face {{ font-family: '{family}'; src: url({url}); font-weight: {weight} }}\n".format(**face)
        + f":root {{ {declared({**fonts, **_colours('light')})} }}\n"
        + f"@media (prefers-color-scheme: dark) {{ :root {{ {declared(_colours('dark'))} }} }}"
    )


def _colours(theme: str) -> dict[str, str]:
    named = {
        "text-color": "textColor",
        "background-color": "backgroundColor",
        "primary-color": "primaryColor",
    }
    said = {f"--st-{name}": THEME[theme][option] for name, option in named.items()}
    return {**said, **palette.FRAME[theme]}


def declared(values: Mapping[str, str]) -> str:
    """Custom properties, as CSS."""
    return "; ".join(f"{name}: {value}" for name, value in values.items())
