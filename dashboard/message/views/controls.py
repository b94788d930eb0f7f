"""What the views share: the controls, the visitor's photo, its texts, kept for the next visitor."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image, ImageOps

from dashboard.codec import rivals
from dashboard.codec.picture import canonical
from dashboard.codec.rivals import Rival
from dashboard.datasets.photographs import photograph
from dashboard.message.frames import Frame, sent
from dashboard.ui import message, state
from dashboard.ui.heavy import pooled
from dashboard.ui.image_source import Gallery, Picture, image_source
from dashboard.ui.language import current, t, texts

ROLES = ("send", "receive", "look")
ROLE = state.Choice("do", ROLES, "send")
LIMIT = state.Number("n", 100, 2000, 50, 1000)
SOURCE = state.Choice("src", ("gallery", "upload", "camera", "draw"), "gallery")
TEXT = state.Encoded("m", str, str, "")
EXAMPLES = ("chelsea", "coffee", "astronaut", "rocket")
_THUMBNAIL = 72


def photo() -> tuple[Picture, Image.Image]:
    """Draw the choice of a photo; give it, and it as it will come back at best: at most 512 pixels long."""
    picture = image_source(_gallery(current()), SOURCE)
    whole = picture.image if picture.example is None else photograph(EXAMPLES[picture.example])
    return picture, canonical(whole)


@pooled(256)
def frame(digest: str, _image: Image.Image, limit: int) -> Frame:
    return sent(_image, limit)


@pooled(64, short=False)
def rival(digest: str, _image: Image.Image, format_: str, room: int) -> Rival | None:
    return rivals.best(_image, format_, room)


def shown(made: Frame, lit: bool = True) -> message.Shown:
    """A frame for the component; `lit`: with the parts of the image to light."""
    return message.Shown(
        made.limit,
        made.text,
        made.image,
        made.scales,
        made.places if lit else (),
        len(made.text),
        (made.psnr, made.ssim),
    )


def words(**more: Any) -> dict[str, Any]:
    """What the component says."""
    return {**texts("message.shown"), **more}


@cache
def _thumbnails() -> np.ndarray:
    side = (_THUMBNAIL, _THUMBNAIL)
    return np.stack([np.asarray(ImageOps.fit(photograph(slug), side)) for slug in EXAMPLES])


@st.cache_resource(max_entries=4, show_spinner=False)
def _gallery(language: str) -> Gallery:
    return Gallery(_thumbnails(), [t(f"message.photographs.{slug}") for slug in EXAMPLES], columns=4)
