"""What a t-SNE map does to sizes and distances, seen on clusters whose own are known."""

import numpy as np
import streamlit as st

from dashboard import palette
from dashboard.latent.deception import PERPLEXITIES, deception, proportions
from dashboard.ui import bets, stage
from dashboard.ui.component import component, opened, packed
from dashboard.ui.language import number, t, texts

_NAMES = ["A", "B", "C"]


def deceive() -> None:
    """The view: the truth and three maps, whose films run in step."""
    with st.spinner(t("latent.deceive.waiting")):
        found = deception()
    centred = found.points - (found.points.max(axis=0) + found.points.min(axis=0)) / 2
    truth = (centred / np.abs(centred).max())[None]
    panels = []
    for name, frames in (
        (t("latent.deceive.truth"), truth),
        *(
            (t("latent.deceive.perplexity", p=perplexity), frames)
            for perplexity, frames in zip(PERPLEXITIES, found.maps, strict=True)
        ),
    ):
        measured = proportions(frames[-1], found.labels)
        values = {"width": number(measured.width, 1), "distance": number(measured.distance, 1)}
        panels.append(
            {
                "name": name,
                "told": t("latent.deceive.told", **values),
                "alt": t("latent.deceive.alt", name=name, **values),
                "frames": packed(frames),
            }
        )
    with bets.result():
        component("deception")(
            key="latent.deceive",
            data={
                "film": "deception",
                "count": len(found.iterations),
                "start": opened("frame"),
                "labels": found.labels.tolist(),
                "colours": list(palette.CLASSES[: len(_NAMES)]),
                "names": _NAMES,
                "panels": panels,
                "text": texts("latent.deceive"),
            },
        )
        stage.fold(t("latent.deceive.how"))
