"""The page about the app: where things are computed, what is kept, and the cards of all models."""

from __future__ import annotations

import streamlit as st

from dashboard import zoo
from dashboard.ui import stage
from dashboard.ui.guard import guarded
from dashboard.ui.language import long_text, number, t, texts


@guarded
def about() -> None:
    """The page."""
    stage.title(t("shell.pages.about.title"))
    stage.lead(t("shell.pages.about.promise"))
    st.markdown(long_text("about"))
    st.subheader(t("about.models"), anchor=False)
    rows = [_row(zoo.card(name)) for name in zoo.names()]
    st.table(rows, border="horizontal", hide_index=True, height=560)  # of a height, keys can scroll it
    st.caption(t("about.check"))


def _row(card: zoo.Card) -> dict[str, str]:
    columns = texts("about.columns")
    measured = ", ".join(f"{name} {number(value, 5)}" for name, value in _figures(card))
    return {
        columns["name"]: card.name,
        columns["parameters"]: number(card.parameters),
        columns["dataset"]: str(card.dataset["title"]),
        columns["licence"]: str(card.dataset["licence"]),
        columns["measured"]: measured,
        columns["recipe"]: card.recipe,
    }


def _figures(card: zoo.Card) -> list[tuple[str, float]]:
    return [(name, float(value)) for name, value in card.measured.items() if isinstance(value, int | float)]
