"""The visitor's own points: pasted, uploaded, downloaded."""

from __future__ import annotations

import streamlit as st

from dashboard.datasets import points as datasets
from dashboard.perceptron.experiment import OWN, Experiment
from dashboard.perceptron.views.controls import DATA, POINTS
from dashboard.ui import state
from dashboard.ui.language import t

_MESSAGE = "perceptron.message"  # session key: what became of the last list of points
_PASTED = "perceptron.pasted"
_FILE = "perceptron.file"
_BYTES = 1_000_000


def own_points(result: Experiment) -> None:
    """Tools around the points; a list that cannot be read leaves the points as they are."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if state.get(DATA) != OWN:
            st.button(t("perceptron.own.take"), icon=":material/edit:", on_click=_take, args=(result.data,))
        with st.popover(t("perceptron.own.csv"), icon=":material/upload:"):
            st.markdown(t("perceptron.own.format"))
            with st.form("csv", border=False):
                st.text_area(
                    t("perceptron.own.paste"),
                    key=_PASTED,
                    placeholder="0.2, 0.5, A\n-0.4, 0.1, B",
                    height=140,
                )
                st.form_submit_button(t("perceptron.own.use"), on_click=_paste)
            st.file_uploader(t("perceptron.own.file"), key=_FILE, on_change=_upload, max_upload_size=1)
        st.download_button(
            t("perceptron.own.download"),
            datasets.write_csv(result.data),
            "points.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    message = st.session_state.pop(_MESSAGE, None)
    if message:
        kind, reason, values = message
        (st.error if kind == "refused" else st.success)(t(f"perceptron.{kind}.{reason}", **values))


def _take(data: datasets.PointSet) -> None:
    kept = data.points[: datasets.MOST_OWN]
    own = datasets.PointSet(datasets.snap(kept), data.labels[: len(kept)])
    state.put(POINTS, datasets.pack(own))
    state.put(DATA, OWN)


def _paste() -> None:
    _read(st.session_state[_PASTED].encode())


def _upload() -> None:
    file = st.session_state[_FILE]
    if file is not None:
        _read(file.getvalue())


def _read(content: bytes) -> None:
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
    state.put(DATA, OWN)
    st.session_state[_MESSAGE] = ("read", "points", {"n": len(own.points)})
