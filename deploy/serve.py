"""The app as a service: ``python -m deploy.serve`` gets all pages ready, then lets visitors in.

``streamlit run streamlit_app.py`` loads a page's modules and models when its first visitor comes; behind a
proxy that asks whether a replica is ready, that visitor should not be the one who waits. Streamlit's
options are given as environment variables (``STREAMLIT_SERVER_PORT`` and the like).
"""

import gc
import logging

from streamlit.testing.v1 import AppTest
from streamlit.web import cli

from dashboard.shell import PAGES, ROOT

VIEWS = (
    ("perceptron", "compare"),
    ("perceptron", "images"),
    ("neural_network", "digits"),
    ("latent_space", "map"),
)
"""Pages and their views that load what the page's first view does not."""


def draw_all() -> None:
    """Draw every page once, for nobody: what it imports, loads and caches is there for the first visitor, and
    kept out of later garbage collections."""
    logging.disable(logging.WARNING)  # Streamlit's about running without a server
    for slug, view in (*((page.slug, "") for page in PAGES), *VIEWS):
        page = AppTest.from_file(str(ROOT / "pages" / f"{slug}.py"), default_timeout=120)
        page.query_params["view"] = view
        page.run()
    logging.disable(logging.NOTSET)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    draw_all()
    cli.main(["run", str(ROOT / "deploy" / "app.py")])
