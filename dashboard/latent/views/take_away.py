"""The code and the image rebuilt from it, to take away."""

import io

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.images import to_png
from dashboard.latent.figures import bottleneck as figures
from dashboard.latent.measures import Squeezed
from dashboard.latent.views.controls import Given
from dashboard.ui import stage
from dashboard.ui.language import t

_SIDE = 280  # pixels of the pictures


def take_away(given: Given, rung: Squeezed, theme: str) -> None:
    """Buttons that download the autoencoder's code and the image rebuilt from it, as PNG and as CSV."""
    # Drawn when it is opened: a step of the slider would draw all of it again.
    with st.expander(
        t("latent.away.title"), icon=":material/download:", key="away", on_change="rerun"
    ) as box:
        if box.open:
            _files(given, rung, theme)


def _files(given: Given, rung: Squeezed, theme: str) -> None:
    st.markdown(t("latent.away.intro", n=rung.size))
    name = f"{given.dataset}-{rung.size}"
    with st.container(horizontal=True):
        for what, kind, content in (
            ("code", "csv", lambda: _table(rung.code[:, None], "%.6g")),
            ("code", "png", lambda: _picture(figures.code_picture(rung.code, theme))),
            ("rebuilt", "csv", lambda: _table(rung.rebuilt, "%.4f")),
            ("rebuilt", "png", lambda: _picture(figures.grey(rung.rebuilt))),
        ):
            stage.download(
                t(f"latent.away.{what}", kind=kind.upper()),
                content,
                f"{what}-{name}.{kind}",
                key=f"away.{what}.{kind}",
            )


def _picture(picture: NDArray[np.uint8]) -> bytes:
    return to_png(Image.fromarray(picture).resize((_SIDE, _SIDE), Image.Resampling.NEAREST))


def _table(values: NDArray[np.float64], form: str) -> bytes:
    """Rows of numbers with commas between them, points before the decimals."""
    lines = io.BytesIO()
    np.savetxt(lines, values, form, delimiter=",")
    return lines.getvalue()
