"""How images are made: number of steps, sampler, guidance, seed."""

from dataclasses import replace

import streamlit as st

from dashboard.generation.batches import Batch
from dashboard.generation.views import controls
from dashboard.ui import stage, state
from dashboard.ui.guard import callback
from dashboard.ui.language import t, texts


def again() -> None:
    """The button that draws anew, from another noise."""
    if controls.SETTINGS["seed"].param not in state.hidden():
        st.button(
            t("generation.settings.again"),
            icon=":material/casino:",
            type="primary",
            key="generation.again",
            on_click=callback(controls.another_seed),
        )


def settings(batch: Batch) -> Batch:
    """Draw the controls of how images are made; give the batch with them."""
    again()
    names, made = texts("generation.settings"), controls.SETTINGS
    with stage.more(names["title"]):
        state.levels(made["steps"], names["steps"], help=names["steps_help"])
        state.segmented(made["sampler"], names["sampler"], names["samplers"], help=names["sampler_help"])
        state.slider(made["guidance"], names["guidance"], help=names["guidance_help"])
        state.slider(made["seed"], names["seed"], help=names["seed_help"])
    return replace(batch, **state.values(made))
