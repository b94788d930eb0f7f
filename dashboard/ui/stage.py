"""The first screen of a demonstration: title and views, one line of introduction, the stage, its controls.

On a wide screen the controls stand beside the stage; on a narrow one they follow it, behind one button.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mimetypes import guess_type
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ui import state
from dashboard.ui.component import component
from dashboard.ui.guard import callback
from dashboard.ui.language import t

# A tap is told twice, by touch and then as a mouse: at one millisecond that is no double click, which would
# undo what it picks.
_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClickDelay": 1}
_DRAWER = '<button type="button" aria-expanded="false"></button>'


def title(text: str) -> None:
    """The page's title."""
    st.title(text, anchor=False)


def bar(
    slug: str, views: state.Choice, names: dict[str, str], leave: Callable[[str], None] = lambda view: None
) -> str:
    """Title of the page and switch of its views, on one row; the chosen view. ``leave`` is told of the view
    that is left for another, before that is drawn."""
    before = state.get(views)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        title(t(f"shell.pages.{slug}.title"))
        view = state.segmented(
            views,
            t("shell.views"),
            names,
            label_visibility="collapsed",
            on_change=callback(lambda: leave(before)),
        )
    state.begin_view(views)
    return view


def lead(text: str) -> None:
    """The one line that says what to look at."""
    with st.container(key="lead"):
        st.markdown(text)


def fold(text: str) -> None:
    """The rest of a text, for who wants it."""
    with st.expander(t("shell.fold")):
        st.markdown(text)


def chart(figure: Any, alt: str, key: str | None = None, select: Callable[[], None] | None = None) -> None:
    """A figure; ``alt`` says it in words, ``select`` is called when a point is clicked."""
    picked: dict[str, Any] = {}
    if select:
        picked = {"on_select": callback(select), "selection_mode": "points"}
        # Streamlit makes a falsy mode of dragging "pan", in which a finger must tap twice. What Plotly does
        # not know sends it back to our template. (`plots.Figure` keeps this.)
        figure.to_dict()["layout"]["dragmode"] = "none"
    st.plotly_chart(figure, config=_CONFIG, alt=alt, key=key, **picked)


def download(
    label: str, content: Any, name: str, icon: str | None = ":material/download:", **options: Any
) -> None:
    """A button that gives a file, whose kind its name tells; nothing is drawn again."""
    kind, _ = guess_type(name)
    st.download_button(label, content, name, kind, icon=icon, on_click="ignore", **options)


def split(stage: float = 3, side: float = 1) -> tuple[DeltaGenerator, DeltaGenerator]:
    """The place of the demonstration and, beside it or on a narrow screen after it, that of what acts on it;
    the numbers are the shares of a wide screen's width."""
    left, right = st.columns([stage, side], gap="medium")
    return left, right.container(key="side")


def settings() -> DeltaGenerator:
    """A place for controls; on a narrow screen they are folded behind one button."""
    with st.container(key="drawer"):
        component("drawer", _DRAWER)(key="settings_drawer", data={"label": t("shell.settings")})
    return st.container(key="settings")


@st.fragment
def program(key: str, label: str, lines: str, intro: str = "") -> None:
    """Python to take away, in a drawer: the lines, and what colours them, are fetched when it is opened."""
    with st.expander(label, icon=":material/code:", key=key, on_change="rerun") as drawer:
        if drawer.open:
            if intro:
                st.markdown(intro)
            st.code(lines, language="python", wrap_lines=True)


@contextmanager
def more(label: str = "", key: str = "more") -> Iterator[None]:
    """A drawer for what few need; no drawer when a teacher hides all the controls inside it.

    While it is closed, its controls keep their values and are not sent with every change of another.
    """
    place = st.empty()
    drawer = place.expander(label or t("shell.more"), icon=":material/tune:", key=key, on_change="rerun")
    with drawer, state.drawn(bool(drawer.open)) as any_left:
        yield
    if not any_left():
        place.empty()
