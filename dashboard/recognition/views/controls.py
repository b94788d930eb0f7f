"""The controls that the views share, and the visitor's image."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dashboard.classifiers import ALIASES, CLASSIFIERS, Pixels, classifier, live_reader, looks_drawn
from dashboard.datasets.digits import EmptyDrawing
from dashboard.datasets.fashion import NoGarment
from dashboard.datasets.photographs import PHOTOGRAPHS, photograph
from dashboard.live import LiveReader
from dashboard.ui import state
from dashboard.ui.image_source import Gallery, Picture, follow, image_source
from dashboard.ui.language import current, t, texts

VIEWS = ("answer", "layers", "why", "robustness", "quality", "own", "describe")
MODELS = tuple(name for name, made in CLASSIFIERS.items() if made.offered)
FITTING = "auto"

VIEW = state.Choice("view", VIEWS, "answer", (("solid", "robustness"), ("good", "quality")))
MODEL = state.Choice("model", (FITTING, *MODELS), FITTING, tuple(ALIASES.items()))
"""Which network looks; "auto" is the one that fits the image. Views read `Given.model`, never this."""
SOURCE = state.Choice("src", ("gallery", "upload", "camera", "draw"), "gallery")

_THUMBNAIL = 72
_COLUMNS = 10


@dataclass(frozen=True)
class Example:
    """An image of the gallery: a photograph by its slug, or a row of a data set's shipped sample."""

    model: str
    slug: str = ""
    row: int = -1

    @property
    def image(self) -> Image.Image:
        """Mode RGB."""
        if self.slug:
            return photograph(self.slug)
        return Image.fromarray(classifier(self.model).sample().images[self.row]).convert("RGB")

    @property
    def label(self) -> int:
        """The class that the data set gives a digit or a garment."""
        return int(classifier(self.model).sample().labels[self.row])

    @property
    def pixels(self) -> Pixels:
        """A digit or a garment as its network gets it: (1, 28, 28)."""
        return classifier(self.model).sample().images[self.row][None] / np.float32(255)


@dataclass(frozen=True)
class Given:
    """The image that a view works on, and the network that looks at it.

    Attributes:
        model: "photos", "digits" or "fashion": a name for `classifiers.classifier`.
        picture: what the image source gave.
        image: mode RGB, of any size.
        input: as the network gets it: (3, 224, 224) or (1, 28, 28), float32 in [0, 1].
        digest: the same for the same image and model, another for another: a key for caches.
        example: the image of the gallery; None for an image of the visitor's own.
        waiting: the visitor has yet to give an image; an example stands in.
    """

    model: str
    picture: Picture
    image: Image.Image
    input: Pixels
    digest: str
    example: Example | None
    waiting: bool


def given(model: str | None = None) -> Given:
    """Draw the choice of an image and of a network; give both, and the image as the network gets it.

    Args:
        model: the network, for a view that leaves no choice of it.
    """
    follow(SOURCE)
    return _chosen(image_source(_gallery(current()), SOURCE, _live(model)), model)


def _chosen(picture: Picture, model: str | None) -> Given:
    """Draw the choice of a network, if there is one."""
    example = None if picture.example is None else examples()[picture.example]
    image = example.image if example else picture.image
    model = model or _choose_model(_fitting(picture, example))
    try:
        prepared = _prepared(model, picture.digest, image, example)
    except (EmptyDrawing, NoGarment):
        st.warning(t(f"recognition.empty.{model}"))
        example = next(example for example in examples() if example.model == model)
        image, prepared = example.image, example.pixels
        picture = Picture(image, f"instead {model}", examples().index(example), waiting=True)
    return Given(model, picture, image, prepared, f"{model} {picture.digest}", example, picture.waiting)


def _live(model: str | None) -> LiveReader | None:
    """What reads the sheet while it is drawn on, where the network of digits is to look at it."""
    reads = (model or state.get(MODEL)) in (FITTING, "digits") and state.get(SOURCE) == "draw"
    return live_reader("digits", t("activations.answer.none")) if reads else None


@cache
def examples() -> tuple[Example, ...]:
    """The gallery: photographs, then an image of each class of each data set."""
    shown = [Example("photos", slug) for slug in PHOTOGRAPHS]
    for model in filter(lambda name: classifier(name).dataset, MODELS):
        labels = classifier(model).sample().labels
        shown += [Example(model, row=int(np.flatnonzero(labels == label)[0])) for label in np.unique(labels)]
    return tuple(shown)


@cache
def _thumbnails() -> NDArray[np.uint8]:
    side = (_THUMBNAIL, _THUMBNAIL)
    return np.stack([np.asarray(ImageOps.fit(e.image, side, Image.Resampling.BICUBIC)) for e in examples()])


@st.cache_resource(max_entries=4, show_spinner=False)
def _gallery(language: str) -> Gallery:
    names = []
    for example in examples():
        if example.slug:
            names.append(t(f"recognition.photographs.{example.slug}"))
        else:
            name = classifier(example.model).classes(language)[example.label]
            names.append(t(f"recognition.example.{example.model}", name=name))
    return Gallery(_thumbnails(), names, columns=_COLUMNS)


def _fitting(picture: Picture, example: Example | None) -> str:
    """The network that knows most about such an image."""
    if example:
        return example.model
    return "digits" if _drawn(picture.digest, picture.image) else "photos"


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(digest: str, _image: Image.Image) -> bool:
    return looks_drawn(_image)


def network() -> str:
    """Draw the choice of a network, for a view without an image; "auto" is then the one of digits, whose test
    images are here to be counted."""
    chosen = state.segmented(MODEL, t("recognition.model"), texts("recognition.models"))
    return "digits" if chosen == FITTING else chosen


def _choose_model(fitting: str) -> str:
    names = texts("recognition.models")
    chosen = state.segmented(MODEL, t("recognition.model"), names, help=t("recognition.model_help"))
    if chosen != FITTING:
        return chosen
    st.caption(t("recognition.proposed", model=names[fitting]))
    return fitting


@st.cache_resource(max_entries=128, show_spinner=False)
def _prepared(model: str, digest: str, _image: Image.Image, example: Example | None) -> Pixels:
    if example and example.model == model and not example.slug:
        return example.pixels
    return classifier(model).prepare(_image)
