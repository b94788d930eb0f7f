"""From one image to another, as a film."""

import base64
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.latent.coders import Coder
from dashboard.latent.planes import as_bytes
from dashboard.latent.views.controls import Given
from dashboard.latent.views.walk.coders import bring, choose, code_of, decoder_of
from dashboard.latent.views.walk.image_choice import WIDTH, ChosenImage, pick
from dashboard.latent.walks import Way, angle, path, sample_codes
from dashboard.ui.component import component, opened
from dashboard.ui.language import current, number, t, texts

Array = NDArray[np.float64]

STEPS = 41
_OTHER = 46  # the B that stands in: a 7, a sneaker


def between(given: Given) -> None:
    """The view: two images, and the film from one to the other, three ways."""
    chosen = choose(given)
    left, right = st.columns([1, 4], gap="medium")
    with left, st.container(horizontal=True, gap="medium"):
        with st.container(width=WIDTH):
            first = pick("a", 0, t("latent_walk.between.a"), given)
        with st.container(width=WIDTH):
            second = pick("b", _OTHER, t("latent_walk.between.b"), given)
    codes = code_of(chosen, first.image), code_of(chosen, second.image)
    with right:
        _film(chosen, codes, (first, second))
    bring(chosen)
    st.markdown(t("latent_walk.between.how"))
    errors = np.square(chosen.decode(np.stack(codes)) - [first.image, second.image]).mean(axis=(1, 2))
    a, b = (number(float(error), 4) for error in errors)
    degrees = number(angle(*codes, sample_codes(chosen).mean), 0)
    st.markdown(f"{t('latent_walk.between.ends', a=a, b=b)} {t('latent_walk.between.angle', angle=degrees)}")


def _film(chosen: Coder, codes: tuple[Array, Array], ends: tuple[ChosenImage, ChosenImage]) -> None:
    def walked(way: Way) -> str:
        return _packed(path(*codes, STEPS, way, sample_codes(chosen).mean).astype("<f4"))

    component("between")(
        key="latent_between",
        data={
            "lang": current(),
            "text": texts("latent_walk.between"),
            "digest": decoder_of(chosen).digest,
            "size": chosen.size,
            "steps": STEPS,
            "line": walked("line"),
            "arc": walked("arc"),
            "ends": [_packed(as_bytes(end.image)) for end in ends],
            "start": opened("step"),
        },
    )


def _packed(values: NDArray[Any]) -> str:
    return base64.b64encode(values.tobytes()).decode()
