"""Classes of the visitor's own: shown, learned and tried in three columns, then taken away."""

import streamlit as st

from dashboard.recognition.own_samples import SETS
from dashboard.recognition.views import controls
from dashboard.recognition.views.own.cards import cards
from dashboard.recognition.views.own.keeping import hold
from dashboard.recognition.views.own.try_out import take_away, try_out
from dashboard.recognition.views.own.workshop import (
    Learned,
    begin_anew,
    escaped,
    take_in,
    take_samples,
    workshop,
)
from dashboard.ui import bets, stage
from dashboard.ui.guard import callback, guarded
from dashboard.ui.language import mark, number, percent, t


@st.fragment
@guarded
def own() -> None:
    """The view: the classes on the left, what was learned in the middle, what comes of it on the right."""
    take_in(workshop().shelves)
    hold()
    # On a phone what was learned is tried first: `frame.css`.
    shown, learnt, tried = st.container(key="own").columns([4, 3, 4], gap="medium")
    with shown:
        _shown()
    with learnt:
        _heading("learned")
        learned = workshop().learned()
        if learned:
            with bets.result():
                _verdict(learned)
        else:
            st.info(t("recognition_own.few"))
    with tried:
        _heading("tried")
        with st.expander(t("recognition.change"), icon=":material/image:", key="own-image"):
            # Own classes are learned on the features of the network for photographs.
            given = controls.given(model="photos")
        try_out(given)
    take_away()


def _heading(name: str) -> None:
    st.markdown(f"#### {t(f'recognition_own.columns.{name}')}")


def _shown() -> None:
    """The classes and their images, ready ones to begin with, and what becomes of the images."""
    _heading("classes")
    with st.container(horizontal=True, vertical_alignment="center"):
        for name in SETS:
            st.button(
                t(f"recognition_own.sets.{name}"),
                icon=":material/category:",
                key=f"own-set-{name}",
                on_click=callback(take_samples),
                args=(name,),
            )
        st.button(
            t("recognition_own.anew"),
            icon=":material/restart_alt:",
            key="own-anew",
            on_click=callback(begin_anew),
        )
    cards()
    st.markdown(t("recognition_own.how"))
    st.caption(t("recognition_own.privacy"))
    stage.fold(t("recognition_own.how_more"))


def _verdict(learned: Learned) -> None:
    """What was learned and how far it can be trusted."""
    names = ", ".join(t("recognition_own.quoted", name=escaped(name)) for name in learned.own.names)
    st.success(t("recognition_own.learned", names=names, seconds=number(learned.seconds, 2)))
    trial = learned.trial
    if trial is None:
        st.markdown(t("recognition_own.no_trial"))
        return
    examples = [(shelf, image) for shelf, image in workshop().everything() if shelf.number in learned.shelves]
    n = len(examples)
    st.markdown(
        t(
            "recognition_own.trial",
            right=trial.right,
            n=n,
            share=percent(trial.right / n),
            low=percent(trial.low),
            high=percent(trial.high),
            folds=trial.folds,
        )
    )
    stage.fold(t("recognition_own.honest"))
    wrong = [
        t("recognition_own.mistake", name=escaped(shelf.name), answer=escaped(learned.own.names[answer]))
        for (shelf, _), answer in zip(examples, trial.answers, strict=True)
        if learned.shelves[answer] != shelf.number
    ]
    if wrong:
        counted = [f"{wrong.count(one)} × {one}" for one in dict.fromkeys(wrong)]
        st.markdown(t("recognition_own.mistakes", list=mark(";").join(counted)))
