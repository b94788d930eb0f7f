"""Streamlit's files, and its fonts without what the app cannot show (reduced by the recipe "fonts")."""

import re
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "static" / "fonts"
STATIC = Path(str(find_spec("streamlit").origin)).parent / "static" / "static"  # type: ignore[union-attr]
ICONS = "MaterialSymbols-Rounded"
TEXT = "text.woff2"
FONTS = {
    ICONS: "icons.woff2",
    "SourceSansVF-Upright": TEXT,
    "SourceSansVF-Italic": "text-italic.woff2",
}
"""By the beginning of the name that Streamlit gives the font: the file that stands for it."""

_ICON = re.compile(r":material/(\w+)")


def icons() -> set[str]:
    """The icons that the app and Streamlit's scripts name; the app names each as a whole."""
    sources = [*(STATIC / "js").glob("*.js")]
    for pattern in ("*.py", "*.toml", "*.md"):
        sources += [*(ROOT / "dashboard").rglob(pattern), *(ROOT / "pages").rglob(pattern)]
    return {name for path in sources for name in _ICON.findall(path.read_text(encoding="utf-8"))}
