"""An image of the drawn world in words: where the network looked for each, what it hesitated between."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dashboard.datasets.images import sample
from dashboard.datasets.photographs import photograph
from dashboard.datasets.scenes import render
from dashboard.datasets.scenes.grammar import LanguageName, spoken
from dashboard.datasets.scenes.render import SIDE
from dashboard.datasets.scenes.sampling import shown
from dashboard.recognition.views.controls import SOURCE
from dashboard.scenes.describing import Description, familiar, tell
from dashboard.scenes.images import as_pixels
from dashboard.scenes.keeping import LIMITS
from dashboard.ui import captions, stage, state
from dashboard.ui.heavy import pooled
from dashboard.ui.image_source import Gallery, image_source
from dashboard.ui.language import current, number, t, texts

LIMIT = state.Level("chars", LIMITS, 100)
_SCENES = 10  # of the gallery, beside a photograph and a digit, which the network knows nothing of


def describe() -> None:
    """The view."""
    scene, side = stage.split(5, 3)
    with side:
        limit = int(state.levels(LIMIT, t("recognition_describe.limit")))
        picture = image_source(_gallery(current()), SOURCE)
    pixels = as_pixels(picture.image)
    with scene:
        told = _told(picture.digest, pixels, limit, spoken(current()))
        if told is None:
            small, words = st.columns([1, 2])
            small.image(picture.image, width="stretch", alt=t("recognition.small_alt"))
            words.info(t("recognition_describe.strange"))
            return
        if not told.text:
            st.info(t("recognition_describe.short", limit=number(limit, 0)))
            return
        captions.describe(
            "describe",
            pixels,
            t("recognition_describe.alt"),
            captions.Caption([piece.text for piece in told.pieces], told.seen),
            [piece.others for piece in told.pieces],
            limit,
            texts("recognition_describe.shown"),
        )


@pooled(256)
def _told(digest: str, _pixels: NDArray[np.uint8], limit: int, language: LanguageName) -> Description | None:
    """What the network says of an image; nothing of one that is not of its world."""
    return tell(_pixels, limit, language) if familiar(_pixels) else None


@st.cache_resource(max_entries=4, show_spinner=False)
def _gallery(language: str) -> Gallery:
    digit = Image.fromarray(sample("digits").images[0]).convert("RGB").resize((SIDE, SIDE))
    photo = ImageOps.fit(photograph("chelsea"), (SIDE, SIDE), Image.Resampling.BICUBIC)
    pictures = [render(shown(number), number) for number in range(_SCENES)]
    names = [t("recognition_describe.example", n=number + 1) for number in range(_SCENES)]
    return Gallery(
        np.stack([*pictures, np.asarray(photo), np.asarray(digit)]),
        [*names, t("recognition.photographs.chelsea"), t("recognition_describe.digit")],
        columns=6,
    )
