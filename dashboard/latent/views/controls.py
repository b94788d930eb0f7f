"""The controls that the views share, and the visitor's image."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.datasets.class_names import class_names
from dashboard.datasets.digits import EmptyDrawing, to_mnist
from dashboard.datasets.fashion import NoGarment, to_fashion
from dashboard.datasets.images import DatasetName, sample
from dashboard.latent.coders import DATASETS, SIZES
from dashboard.ui import state
from dashboard.ui.image_source import Gallery, Picture, image_source
from dashboard.ui.language import current, t, texts

VIEW = state.Choice(
    "view", ("bottleneck", "hourglass", "map", "deceive", "walk", "scenes", "train"), "bottleneck"
)
DATASET = state.Choice("data", DATASETS, "digits")
SIZE = state.Level("size", SIZES, 8)

_PER_CLASS = 10
_FIRST = {"digits": 3, "fashion": 9}  # the example that stands in: a 3, an ankle boot
_LARGE = 96  # pixels


@dataclass(frozen=True)
class Given:
    """The image that a view works on.

    Attributes:
        dataset: what it is taken for.
        image: (28, 28) in [0, 1] as the networks see it.
        digest: the same for the same image and data set, another for another: a key for caches.
        example: its place in `datasets.images.sample(dataset)`; None for an image of the visitor's own.
        waiting: the visitor has yet to give an image; an example stands in.
    """

    dataset: DatasetName
    image: NDArray[np.float64]
    digest: str
    example: int | None
    waiting: bool


def given() -> Given:
    """Draw the choice of a data set and of an image, and what the networks see of it."""
    dataset = state.segmented(DATASET, t("latent.data"), texts("latent.datasets"))
    gallery = _gallery(dataset)
    shown = st.container()
    picture = image_source(gallery)
    example = picture.example
    image: NDArray[np.float64] | None = None
    if example is None:
        try:
            image = _prepared(dataset, picture.digest, picture.image)
        except (EmptyDrawing, NoGarment):
            st.warning(t(f"latent.empty.{dataset}"))
            example = gallery.first
    digest = f"{dataset} {picture.digest}"
    if image is None:
        assert example is not None
        image = gallery.pictures[example] / 255.0
        digest = f"{dataset} example {example}"
    with shown:
        _seen(picture, image, dataset)
    place = None if example is None else int(_examples(dataset)[example])
    return Given(dataset, image, digest, place, picture.waiting)


def _gallery(dataset: DatasetName) -> Gallery:
    places = _examples(dataset)
    samples = sample(dataset)
    names = class_names(dataset, current())
    return Gallery(
        samples.images[places],
        [t(f"latent.example.{dataset}", name=names[label]) for label in samples.labels[places]],
        first=_FIRST[dataset],
    )


@cache
def _examples(dataset: DatasetName) -> NDArray[np.intp]:
    """Places in the sample of the examples to pick from, ten of each class, a column a class."""
    labels = sample(dataset).labels
    rows = [np.flatnonzero(labels == label)[:_PER_CLASS] for label in range(10)]
    return np.stack(rows, axis=1).ravel()


@st.cache_data(max_entries=64, show_spinner=False)
def _prepared(dataset: DatasetName, digest: str, _image: Image.Image) -> NDArray[np.float64]:
    prepare = to_mnist if dataset == "digits" else to_fashion
    return prepare(_image).astype(np.float64)


def _seen(picture: Picture, image: NDArray[np.float64], dataset: DatasetName) -> None:
    """The image, and what is left of it for the networks."""
    text = texts("latent.seen")
    small = Image.fromarray((255 * image).round().astype(np.uint8))
    small = small.resize((2 * _LARGE, 2 * _LARGE), Image.Resampling.NEAREST)
    shown = [(small, "network")]
    if picture.example is None:
        original = picture.image.copy()
        original.thumbnail((2 * _LARGE, 2 * _LARGE))
        shown.insert(0, (original, "original"))
    with st.container(horizontal=True, gap="medium"):
        for each, name in shown:
            # As high as its neighbour at most, whatever its shape.
            width = max(round(_LARGE * each.width / max(each.size)), _LARGE // 4)
            st.image(each, caption=text[name], width=width, alt=text[f"{name}_alt"])
    if picture.example is None:
        st.caption(text[dataset])
