"""How images are made: number of steps, sampler, guidance, seed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import streamlit as st

from dashboard.generation.batches import Order
from dashboard.generation.sampling import Sampler
from dashboard.generation.views import controls
from dashboard.ui import state
from dashboard.ui.language import t, texts


def settings(order: Order) -> Order:
    """Draw the controls of how images are made; give the order with them."""
    if controls.SEED.param not in state.hidden():
        st.button(
            t("generation.settings.again"),
            icon=":material/casino:",
            type="primary",
            key="generation.again",
            on_click=controls.another_seed,
        )
    with st.expander(t("generation.settings.title"), icon=":material/tune:"):
        state.levels(controls.STEPS, t("generation.settings.steps"), help=t("generation.settings.steps_help"))
        state.segmented(
            controls.SAMPLER,
            t("generation.settings.sampler"),
            texts("generation.settings.samplers"),
            help=t("generation.settings.sampler_help"),
        )
        state.slider(
            controls.GUIDANCE, t("generation.settings.guidance"), help=t("generation.settings.guidance_help")
        )
        state.slider(controls.SEED, t("generation.settings.seed"), help=t("generation.settings.seed_help"))
    return replace(
        order,
        steps=int(state.get(controls.STEPS)),
        sampler=cast(Sampler, state.get(controls.SAMPLER)),
        guidance=float(state.get(controls.GUIDANCE)),
        seed=int(state.get(controls.SEED)),
    )
