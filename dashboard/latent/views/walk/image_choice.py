"""Images to walk between: the visitor's, or one of the sample's."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import sample
from dashboard.latent.planes import as_bytes
from dashboard.latent.views.controls import Given
from dashboard.ui import state
from dashboard.ui.language import current, t
from dashboard.ui.thumbnails import thumbnails

MOST = 80
"""Sample images to pick from, by class."""
WIDTH = 130
"""Pixels of a picked image."""


@dataclass(frozen=True)
class ChosenImage:
    """An image (28, 28) in [0, 1], and what it shows."""

    image: NDArray[np.float64]
    name: str


def pick(param: str, default: int, label: str, given: Given) -> ChosenImage:
    """Draw a picked image and the choice of another.

    Args:
        param: holds the pick in the address: 0 for the visitor's image, else the sample's, from 1.
        default: the pick until the visitor has chosen.
    """
    samples, names = sample(given.dataset), class_names(given.dataset, current())
    control = state.Number(param, 0, MOST, 1, default)
    # By class, the visitor's image first.
    order = [0, *(np.argsort(samples.labels[:MOST], kind="stable") + 1).tolist()]
    titles = [t("latent_walk.between.own"), *(names[samples.labels[n - 1]] for n in order[1:])]
    pictures = np.concatenate([as_bytes(given.image)[None], samples.images[np.array(order[1:]) - 1]])
    chosen = order.index(int(state.get(control)))
    st.markdown(f"**{label}**")
    show(pictures[chosen], titles[chosen])
    with st.popover(t("latent_walk.between.choose"), icon=":material/image_search:"):
        thumbnails(
            f"latent_pick.{param}",
            label,
            pictures,
            titles,
            chosen,
            lambda place: state.put(control, order[place]),
            columns=9,
        )
    return ChosenImage(pictures[chosen] / 255.0, titles[chosen])


def show(picture: NDArray[np.uint8], caption: str, alt: str | None = None) -> None:
    """One image (28, 28), enlarged, with its name."""
    large = Image.fromarray(picture).resize((2 * WIDTH, 2 * WIDTH), Image.Resampling.NEAREST)
    st.image(large, caption=caption, width=WIDTH, alt=alt or caption)
