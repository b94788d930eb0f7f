"""What the network answers."""

from __future__ import annotations

import streamlit as st

from dashboard.recognition.classifiers import classifier
from dashboard.recognition.recognise import Answer
from dashboard.recognition.recognise import answer as ask
from dashboard.recognition.views.controls import Given
from dashboard.ui.language import current, percent


@st.cache_resource(max_entries=256, show_spinner=False)
def answered(digest: str, _given: Given) -> Answer:
    return ask(classifier(_given.model), _given.input)


def answer(given: Given) -> None:
    """The view."""
    found = answered(given.digest, given)
    names = classifier(given.model).classes(current())
    st.image(given.image, width=240)
    for index in found.ranking[:5]:
        st.write(names[index], percent(float(found.probabilities[index]), 1))
