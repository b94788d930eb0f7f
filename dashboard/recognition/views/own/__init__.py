"""Classes of the visitor's own: shown, learned, tried, taken away."""

from __future__ import annotations

import streamlit as st

from dashboard.recognition.own_samples import SETS
from dashboard.recognition.views.controls import Given
from dashboard.recognition.views.own.cards import cards
from dashboard.recognition.views.own.try_out import take_away, try_out
from dashboard.recognition.views.own.workshop import Learned, begin_anew, escaped, take_samples, workshop
from dashboard.ui.guard import callback, guarded
from dashboard.ui.language import number, percent, t


def own(given: Given) -> None:
    """The view."""
    _workshop(given)


@st.fragment
@guarded
def _workshop(given: Given) -> None:
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
    learned = workshop().learned()
    if learned:
        _verdict(learned)
    else:
        st.info(t("recognition_own.few"))
    try_out(given)
    take_away()


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
    st.caption(t("recognition_own.honest"))
    wrong = [
        t("recognition_own.mistake", name=escaped(shelf.name), answer=escaped(learned.own.names[answer]))
        for (shelf, _), answer in zip(examples, trial.answers, strict=True)
        if learned.shelves[answer] != shelf.number
    ]
    if wrong:
        counted = [f"{wrong.count(one)} × {one}" for one in dict.fromkeys(wrong)]
        st.markdown(t("recognition_own.mistakes", list=" ; ".join(counted)))
