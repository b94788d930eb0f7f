"""From one image to another, as a film."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import streamlit as st

from dashboard.latent.planes import as_bytes
from dashboard.latent.views.controls import Given
from dashboard.latent.views.walk_coders import bring, choose, code_of, decoder_of
from dashboard.latent.views.walk_picks import pick
from dashboard.latent.walks import Way, angle, known, path
from dashboard.ui.component import component
from dashboard.ui.language import current, number, t, texts

STEPS = 41
_PARAM = "step"
_OTHER = 2  # the B that stands in: a 7, a sneaker


def between(given: Given) -> None:
    """The view: two images, and the film from one to the other, three ways."""
    chosen = choose(given)
    with st.container(horizontal=True, gap="large"):
        with st.container(width="content"):
            first = pick("a", 0, t("latent_walk.between.a"), given)
        with st.container(width="content"):
            second = pick("b", _OTHER, t("latent_walk.between.b"), given)
    a, b = (code_of(chosen, each.image) for each in (first, second))
    centre = known(chosen).mean

    def packed(way: Way) -> str:
        return base64.b64encode(path(a, b, STEPS, way, centre).astype("<f4").tobytes()).decode()

    component("between", '<div class="house"></div>', shared=("kit", "player", "neural"))(
        key="latent_between",
        data={
            "lang": current(),
            "text": texts("latent_walk.between"),
            "digest": decoder_of(chosen).digest,
            "size": chosen.size,
            "steps": STEPS,
            "line": packed("line"),
            "arc": packed("arc"),
            "ends": [base64.b64encode(as_bytes(each.image).tobytes()).decode() for each in (first, second)],
            "start": _start(),
        },
    )
    bring(chosen)
    errors = _errors(chosen.decode(np.stack([a, b])), first.image, second.image)
    st.markdown(t("latent_walk.between.how"))
    st.markdown(
        f"{t('latent_walk.between.ends', **errors)} "
        f"{t('latent_walk.between.angle', angle=number(angle(a, b, centre), 0))}"
    )


def _errors(rebuilt: Any, *originals: Any) -> dict[str, str]:
    return {
        name: number(float(np.square(image - original).mean()), 4)
        for name, image, original in zip("ab", rebuilt, originals, strict=True)
    }


def _start() -> int | None:
    """The step that a shared link opens; the player writes it into the address by itself."""
    text = st.query_params.get(_PARAM, "")
    return int(text) if text.isascii() and text.isdigit() and int(text[:4]) < STEPS else None
