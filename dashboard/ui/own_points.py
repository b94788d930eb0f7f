"""The visitor's own points of two classes: pasted, uploaded, downloaded; held by the URL."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from dashboard.datasets import points as datasets
from dashboard.ui import stage, state
from dashboard.ui.guard import callback
from dashboard.ui.language import t

OWN = "own"  # the slug of the visitor's points among a page's data sets

_MESSAGE = "points.message"  # session key: what became of the last list of points
_PASTED = "points.pasted"  # of the widget
_TEXT = "points.text"  # session key: what was pasted last, which outlives the widget
_FILE = "points.file"
_BYTES = 1_000_000


class Cut(str):
    """The points of a link that was cut on its way."""


def _readable(text: str) -> str:
    kept = datasets.whole(text)
    return kept if kept == text else Cut(kept)


POINTS = state.Encoded("points", _readable, str, "")


def own_points(data: state.Choice, shown: Callable[[], datasets.PointSet] | None) -> None:
    """Tools around the points; a list that cannot be read leaves the points as they are.

    ``data`` is the page's choice of data set, ``shown`` gives the points that may be taken over and
    downloaded, as they are then, if there are any.
    """
    if state.shown(POINTS, t("points.own.name")):
        with st.container(horizontal=True, vertical_alignment="center"):
            _tools(data, shown)
    points = state.get(POINTS)
    if state.get(data) == OWN and isinstance(points, Cut):
        st.warning(t("points.cut", n=len(datasets.unpack(points).points)))
    message = st.session_state.pop(_MESSAGE, None)
    if message:
        kind, reason, values = message
        (st.error if kind == "refused" else st.success)(t(f"points.{kind}.{reason}", **values))


def _tools(data: state.Choice, shown: Callable[[], datasets.PointSet] | None) -> None:
    """Take over the points shown, bring others, take these away."""
    if shown is not None and state.get(data) != OWN:
        st.button(t("points.own.take"), icon=":material/edit:", on_click=callback(_take), args=(data, shown))
    csv = st.popover(t("points.own.csv"), icon=":material/upload:", key="points.csv", on_change="rerun")
    if csv.open:
        with csv:
            _ways_in(data)
    if shown is not None:
        stage.download(t("points.own.download"), lambda: datasets.write_csv(shown()), "points.csv")


def _ways_in(data: state.Choice) -> None:
    """Points pasted, or from a file."""
    st.session_state.setdefault(_PASTED, st.session_state.get(_TEXT, ""))
    st.markdown(t("points.own.format"))
    with st.form("csv", border=False):
        st.text_area(t("points.own.paste"), key=_PASTED, placeholder="0.2, 0.5, A\n-0.4, 0.1, B", height=140)
        st.form_submit_button(t("points.own.use"), on_click=callback(_paste), args=(data,))
    st.file_uploader(
        t("points.own.file"), key=_FILE, on_change=callback(_upload), args=(data,), max_upload_size=1
    )


def keep(flat: Any) -> None:
    """Points that a board sends, x, y, label one after the other in [-1.2, 1.2]; from a callback."""
    try:
        rows = np.array(flat or [], dtype=float).reshape(-1, 3)[: datasets.MOST_OWN]
    except (TypeError, ValueError):
        return
    if np.isfinite(rows).all():
        own = datasets.PointSet(datasets.snap(rows[:, :2]), np.where(rows[:, 2] > 0, 1, -1))
        state.put(POINTS, datasets.pack(own))


def _take(data: state.Choice, shown: Callable[[], datasets.PointSet]) -> None:
    points = shown()
    kept = points.points[: datasets.MOST_OWN]
    own = datasets.PointSet(datasets.snap(kept), points.labels[: len(kept)])
    state.put(POINTS, datasets.pack(own))
    state.put(data, OWN)


def _paste(data: state.Choice) -> None:
    st.session_state[_TEXT] = st.session_state[_PASTED]
    _read(data, st.session_state[_PASTED].encode())


def _upload(data: state.Choice) -> None:
    file = st.session_state[_FILE]
    if file is not None:
        _read(data, file.getvalue())


def _read(data: state.Choice, content: bytes) -> None:
    try:
        if len(content) > _BYTES:
            raise datasets.PointsRefused("heavy", found=str(len(content) // 1000))
        own = datasets.read_csv(content)
    except datasets.PointsRefused as refused:
        # Shown as code: what the visitor pasted must not be read as Markdown.
        found = refused.found.replace("`", "'")[:40]
        values = {"line": refused.line, "found": found, "most": datasets.MOST_OWN}
        st.session_state[_MESSAGE] = ("refused", refused.reason, values)
        return
    state.put(POINTS, datasets.pack(own))
    state.put(data, OWN)
    st.session_state[_MESSAGE] = ("read", "points", {"n": len(own.points)})
