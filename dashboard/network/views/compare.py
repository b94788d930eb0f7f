"""A against B: two networks on the same points, with the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import palette
from dashboard.datasets.plane import Split
from dashboard.network.settings import Settings
from dashboard.network.views import controls
from dashboard.network.views.board import payload
from dashboard.network.views.runs import film
from dashboard.ui import state
from dashboard.ui.component import component, opened
from dashboard.ui.language import current, t, texts


def compare(settings: Settings, split: Split | None) -> None:
    """The settings of both networks, then their films in step."""
    if split is None:
        st.info(t("network.board.few"))
        return
    left, right = st.columns(2, border=True)
    with left:
        st.markdown("**A**")
        _controls(controls.CONTROLS)
    with right:
        st.markdown("**B**")
        _controls(controls.CONTROLS_OF_B)
    other = replace(settings, **state.values(controls.CONTROLS_OF_B))
    runs = []
    for name, chosen in (("A", settings), ("B", other)):
        run = film(chosen, split, name)
        if run.diverged_at is not None:
            st.warning(f"**{name}.** " + t("network.compare.diverged", epoch=run.diverged_at))
        runs.append(payload(chosen, split, run))
    component("versus")(
        key="network_versus",
        data={
            "lang": current(),
            "text": texts("network.board"),
            "colours": {"positive": palette.BLUE, "negative": palette.ORANGE, "runs": list(palette.RUNS)},
            "start": opened("epoch"),
            "runs": runs,
        },
    )
    if settings == other:
        st.info(t("network.compare.same"))


def _controls(of: Mapping[str, Any]) -> None:
    """The controls of one of the two, by field."""
    names = texts("network.controls")
    columns = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
    with columns[0]:
        state.text(
            of["hidden"], names["hidden"], t("network.compare.hidden_wrong"), help=names["hidden_help"]
        )
    with columns[1]:
        state.select(of["activation"], names["activation"], texts("network.activations"))
    with columns[2]:
        state.levels(of["learning_rate"], names["rate"])
    with columns[3], st.popover(names["more"], icon=":material/tune:", width="stretch"):
        state.select(of["optimiser"], names["optimiser"], texts("network.optimisers"))
        state.levels(of["batch_size"], names["batch"])
        state.select(of["initialisation"], names["initial"], texts("network.initialisations"))
        state.levels(of["l1"], names["l1"])
        state.levels(of["l2"], names["l2"])
        state.slider(of["dropout"], names["dropout"])
