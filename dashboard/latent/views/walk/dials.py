"""A slider for each number of a code."""

import base64
import math

import numpy as np
import streamlit as st

from dashboard.latent.planes import as_bytes
from dashboard.latent.views.controls import Given
from dashboard.latent.views.walk.coders import bring, choose, code_of, decoder_of
from dashboard.latent.walks import importance, sample_codes
from dashboard.ui import stage
from dashboard.ui.component import component
from dashboard.ui.language import current, percent, t, texts

_PARAM = "edit"


def dials(given: Given) -> None:
    """The view: sliders, those of the numbers that matter most first, and what each does."""
    chosen = choose(given)
    own, seen = code_of(chosen, given.image), sample_codes(chosen)
    with st.spinner(t("latent_walk.computing"), show_time=False):
        weight = importance(chosen)
    component("dials")(
        key="latent_dials",
        data={
            "lang": current(),
            "text": texts("latent_walk.dials"),
            "digest": decoder_of(chosen).digest,
            "size": chosen.size,
            "picture": base64.b64encode(as_bytes(given.image).tobytes()).decode(),
            "own": own.tolist(),
            # The image at hand may lie beyond what is usual.
            "low": np.minimum(seen.low, own).tolist(),
            "high": np.maximum(seen.high, own).tolist(),
            "std": seen.std.tolist(),
            "order": weight.order.tolist(),
            "added": weight.added.tolist(),
            "written": [percent(max(added, 0.0) / weight.whole) for added in weight.added],
            "param": _PARAM,
            "start": edits(st.query_params.get(_PARAM), chosen.size),
        },
    )
    bring(chosen)
    st.markdown(t("latent_walk.dials.how"))
    st.markdown(t("latent_walk.dials.none"))
    stage.fold(t("latent_walk.dials.how_more"))


def edits(text: str | None, size: int) -> list[tuple[int, float]]:
    """The changes that a link opens, "3_1.5~1_-2": (place, value), places from 0; what makes no sense is
    left out."""
    found = []
    for part in (text or "").split("~")[:size]:
        number, _, value = part.partition("_")
        try:
            place, amount = int(number) - 1, float(value)
        except ValueError:
            continue
        if 0 <= place < size and math.isfinite(amount):
            found.append((place, amount))
    return found
