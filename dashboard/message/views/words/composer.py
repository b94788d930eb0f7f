"""A scene put together by the visitor: a place, one or two subjects, their colours and poses."""

from collections.abc import Sequence

import streamlit as st

from dashboard.datasets.scenes.world import COLOURS_OF, PLACES, POSES_OF
from dashboard.message import composing
from dashboard.message.composing import Wanted
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.language import t

_NOBODY = "nobody"


def composer(control: state.Encoded) -> None:
    """Draw the controls of the scene that `control` holds the address of; each changes it at once."""
    scene = composing.read(state.get(control))
    subjects = scene.subjects
    first = subjects[0].kind

    def compose() -> None:
        wanted = [Wanted(*(_chosen(control, f"{name}{i}") for name in Wanted._fields)) for i in range(2)]
        made = composing.compose(
            _chosen(control, "place"),
            [one for one in wanted if one.kind not in ("", _NOBODY)],
            bool(_chosen(control, "shining")),
            bool(_chosen(control, "reaching")),
        )
        state.put(control, composing.written(made))

    def select(field: str, options: Sequence[str], value: str, label: str, named: str) -> None:
        name = _key(control, field)
        st.session_state[name] = value
        names = {slug: t(f"message_words.{named}{slug}") for slug in options}
        st.selectbox(
            label,
            options,
            key=name,
            format_func=names.__getitem__,
            on_change=callback(compose),
            disabled=len(options) < 2,
        )

    def toggle(field: str, value: bool) -> None:
        name = _key(control, field)
        st.session_state[name] = value
        st.toggle(t(f"message_words.{field}"), key=name, on_change=callback(compose))

    place, light = st.columns([2, 1], vertical_alignment="bottom")
    with place:
        select("place", PLACES, scene.place, t("message_words.place"), "answers.place-")
    with light:
        toggle("shining", scene.shining)
    for i in range(2):
        one = subjects[i] if i < len(subjects) else None
        options = (*composing.kinds(scene.place, first if i else ""), *((_NOBODY,) if i else ()))
        columns = st.columns(3)
        with columns[0]:
            select(f"kind{i}", options, one.kind if one else _NOBODY, t("message_words.subject"), "kinds.")
        if one is None:
            continue
        with columns[1]:
            select(
                f"colour{i}", COLOURS_OF[one.kind], one.colour, t("message_words.colour"), "answers.colour-"
            )
        if one.pose:
            with columns[2]:
                select(f"pose{i}", POSES_OF[one.kind], one.pose, t("message_words.pose"), "answers.pose-")
    if composing.can_reach(subjects):
        toggle("reaching", scene.reaching)


def _key(control: state.Encoded, field: str) -> str:
    return f"{state.key(control)}.{field}"


def _chosen(control: state.Encoded, field: str) -> str:
    """What a widget holds; nothing if it is not drawn."""
    return st.session_state.get(_key(control, field)) or ""
