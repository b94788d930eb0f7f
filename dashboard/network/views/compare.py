"""A against B: two networks on the same points, with the same seed."""

from dataclasses import replace

import streamlit as st

from dashboard import palette
from dashboard.datasets.plane import Split
from dashboard.network.settings import Settings
from dashboard.network.views import controls
from dashboard.network.views.board import payload
from dashboard.network.views.runs import film
from dashboard.ui import stage, state
from dashboard.ui.component import component, opened
from dashboard.ui.language import current, t, texts


def compare(settings: Settings, split: Split | None) -> str | None:
    """The settings of both networks, then their films in step; which guess is right of who wins."""
    if split is None:
        st.info(t("network.board.few"))
        return None
    other = replace(settings, **state.values(controls.CONTROLS_OF_B))
    runs, scores = [], []
    for name, chosen in (("A", settings), ("B", other)):
        run = film(chosen, split, name)
        if run.diverged_at is not None:
            st.warning(f"**{name}.** " + t("network.compare.diverged", epoch=run.diverged_at))
        runs.append(payload(chosen, split, run))
        scores.append(float(run.test_score[-1]))
    component("versus")(
        key="network_versus",
        data={
            "lang": current(),
            "text": {**texts("network.board"), "next": t("network.compare.next")},
            "colours": {**palette.SIGNS, "runs": list(palette.RUNS[:2])},
            "start": opened("epoch"),
            "runs": runs,
        },
    )
    if settings == other:
        st.info(t("network.compare.same"))
    a, b = scores
    return "c" if a == b else "a" if a > b else "b"


def pair() -> None:
    """The controls in which the two networks differ, side by side."""
    names = texts("network.controls")
    for name, column, of in zip(
        "AB", st.columns(2), (controls.CONTROLS, controls.CONTROLS_OF_B), strict=True
    ):
        with column:
            st.markdown(f"**{name}**")
            state.text(
                of["hidden"], names["hidden"], t("network.compare.hidden_wrong"), help=names["hidden_help"]
            )
            state.select(of["activation"], names["activation"], texts("network.activations"))
            state.levels(of["learning_rate"], names["rate_short"])
            with stage.more(names["more"], f"more_{name}"):
                state.select(of["optimiser"], names["optimiser"], texts("network.optimisers"))
                state.levels(of["batch_size"], names["batch"])
                state.select(of["initialisation"], names["initial"], texts("network.initialisations"))
                state.levels(of["l1"], names["l1"])
                state.levels(of["l2"], names["l2"])
                state.slider(of["dropout"], names["dropout"])
