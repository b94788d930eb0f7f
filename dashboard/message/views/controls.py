"""What the views share: the controls, the visitor's photo, its texts, kept for the next visitor."""

from functools import cache

import numpy as np
import streamlit as st
from PIL import Image, ImageOps

from dashboard.codec import rivals
from dashboard.codec.picture import canonical
from dashboard.codec.receiver import Received, receive
from dashboard.codec.rivals import Rival
from dashboard.datasets.photographs import photograph
from dashboard.message.frames import CHOICES, EXAMPLES, Frame, drawn, example, sent
from dashboard.ui import state
from dashboard.ui.heavy import pooled
from dashboard.ui.image_source import Gallery, Picture, image_source
from dashboard.ui.language import current, t

ROLES = ("send", "receive", "look")
ROLE = state.Choice("do", ROLES, "send")
LIMIT = state.Number("n", CHOICES[0], CHOICES[-1], CHOICES.step, 1000)
SOURCE = state.Choice("src", ("gallery", "upload", "camera", "draw"), "gallery")
TEXT = state.Encoded("m", str, str, "")
_THUMBNAIL = 72


def photo() -> tuple[Picture, Image.Image]:
    """Draw the choice of a photo; give it, and it as it will come back at best: at most 512 pixels long."""
    picture = image_source(_gallery(current()), SOURCE)
    return picture, canonical(picture.image) if picture.example is None else _example(picture.example)


def frame(picture: Picture, image: Image.Image, limit: int) -> Frame:
    """The photo at this limit."""
    ready = None if picture.example is None else example(EXAMPLES[picture.example], limit)
    return ready or _sent(picture.digest, image, limit)


@pooled(256)
def _sent(digest: str, _image: Image.Image, limit: int) -> Frame:
    return sent(_image, limit)


@pooled(32)
def read(text: str) -> tuple[Received, Frame]:
    """What a text gives.

    Raises:
        NotAMessage: there is nothing to draw.
    """
    found = receive(text)
    return found, drawn(found, len(found.text))


@pooled(64, short=False)
def rival(digest: str, _image: Image.Image, format_: str, room: int) -> Rival | None:
    return rivals.best(_image, format_, room)


@cache
def _example(number: int) -> Image.Image:
    return canonical(photograph(EXAMPLES[number]))


@cache
def _thumbnails() -> np.ndarray:
    side = (_THUMBNAIL, _THUMBNAIL)
    return np.stack([np.asarray(ImageOps.fit(photograph(slug), side)) for slug in EXAMPLES])


@st.cache_resource(max_entries=4, show_spinner=False)
def _gallery(language: str) -> Gallery:
    return Gallery(_thumbnails(), [t(f"message.photographs.{slug}") for slug in EXAMPLES], columns=4)
