"""The training images that the network is reminded of."""

from collections import Counter

import streamlit as st
from PIL import Image

from dashboard.classifiers import classifier
from dashboard.recognition.neighbours import Neighbours, neighbours, size
from dashboard.recognition.views.controls import Given
from dashboard.ui.guard import guarded
from dashboard.ui.language import current, number, t

_SHOWN = 96  # pixels


@st.fragment
@guarded
def near(given: Given) -> None:
    """The nearest training images, and what their classes say."""
    st.header(t("recognition_why.near.title"), anchor=False)
    with st.spinner(t("recognition_why.near.waiting")):
        found = _found(given.digest, given)
        count, numbers = size(given.model)
    st.markdown(t("recognition_why.near.intro", size=numbers, count=number(count, 0)))
    classes = classifier(given.model).classes(current())
    with st.container(horizontal=True, gap="small"):
        for picture, label, similarity in zip(found.images, found.labels, found.similarities, strict=True):
            text = {"name": classes[label], "similarity": number(float(similarity))}
            big = Image.fromarray(picture).resize((2 * _SHOWN, 2 * _SHOWN), Image.Resampling.NEAREST)
            st.image(
                big,
                caption=t("recognition_why.near.caption", **text),
                width=_SHOWN,
                alt=t("recognition_why.near.alt", **text),
            )
    st.markdown(_summary(found, classes))


@st.cache_resource(max_entries=128, show_spinner=False)
def _found(digest: str, _given: Given) -> Neighbours:
    return neighbours(_given.model, _given.input)


def _summary(found: Neighbours, classes: tuple[str, ...]) -> str:
    counts = Counter(int(label) for label in found.labels).most_common()
    first, most = counts[0]
    if most > len(found.labels) / 2:
        return t("recognition_why.near.agree", n=most, of=len(found.labels), name=classes[first])
    listed = ", ".join(t("recognition_why.near.share", n=n, name=classes[label]) for label, n in counts)
    return t("recognition_why.near.mixed", list=listed)
