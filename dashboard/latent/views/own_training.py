"""The visitor's own autoencoders, kept as long as the visit lasts: one for each data set."""

import streamlit as st

from dashboard.datasets.images import DatasetName
from dashboard.latent.coders import Coder
from dashboard.latent.training import Training

_KEY = "latent.own"


def training(dataset: DatasetName) -> Training | None:
    """The last training on this data set, finished or not."""
    return st.session_state.get(_KEY, {}).get(dataset)


def keep(made: Training | None, dataset: DatasetName) -> None:
    """Remember a training in place of the one before; None forgets it."""
    st.session_state.setdefault(_KEY, {})[dataset] = made


def own_coder(dataset: DatasetName) -> Coder | None:
    """The visitor's trained autoencoder, or None while there is none."""
    made = training(dataset)
    return made.coder if made else None
