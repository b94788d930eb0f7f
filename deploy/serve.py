"""The app as a service: ``python -m deploy.serve`` loads all that is heavy, then lets visitors in.

``streamlit run streamlit_app.py`` loads a page's modules when its first visitor comes; behind a proxy that
asks whether a replica is ready, that visitor should not be the one who waits. Streamlit's options are given
as environment variables (``STREAMLIT_SERVER_PORT`` and the like).
"""

from __future__ import annotations

import gc
import importlib

from streamlit.web import cli

from dashboard.shell import PAGES, ROOT


def main() -> None:
    """Load the modules of all pages, keep them out of later garbage collections, and serve."""
    for page in PAGES:
        for module in page.heavy:
            importlib.import_module(module)
    gc.collect()
    gc.freeze()
    cli.main(["run", str(ROOT / "streamlit_app.py")])


if __name__ == "__main__":
    main()
