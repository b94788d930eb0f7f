"""The page about the app: where things are computed, what is kept, and the cards of all models."""

from collections.abc import Iterable
from html import escape

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
    st.html(_table([_row(zoo.card(name)) for name in zoo.names()]))
    st.caption(t("about.check"))


def _table(rows: list[dict[str, str]]) -> str:
    """As HTML: `st.table` reads each cell as Markdown, which takes a phone seconds. Keys can scroll it."""

    def line(cells: Iterable[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    body = "".join(line(row.values(), "td") for row in rows)
    label = escape(t("about.models"))
    return (
        f'<div class="models" tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead>{line(rows[0], 'th')}</thead><tbody>{body}</tbody></table></div>"
    )


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
