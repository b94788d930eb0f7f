"""The app as a service: ``python -m deploy.serve`` gets all pages ready, then lets visitors in.

``streamlit run streamlit_app.py`` loads a page's modules and models when its first visitor comes; behind a
proxy that asks whether a replica is ready, that visitor should not be the one who waits. Streamlit's
options are given as environment variables (``STREAMLIT_SERVER_PORT`` and the like).
"""

import gc
import logging
import subprocess
import sys

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


def compile_apart() -> None:
    """Compile the engine in a process of its own, which keeps it on disk and is gone: the compiler takes 60
    MB for good. Where nothing can be kept, the engine is compiled here, when a page draws it."""
    program = "from dashboard.network.training import prepare; prepare()"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT)


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
    compile_apart()
    draw_all()
    cli.main(["run", str(ROOT / "deploy" / "app.py")])
