"""Test images with the network's answers, one of them from near."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.classifiers import classifier
from dashboard.recognition.quality import Answers
from dashboard.ui.language import current, mark, t
from dashboard.ui.thumbnails import thumbnails
from dashboard.ui.verdict import probability

_MOST = 60
_COLUMNS = 8
_SHOWN = 150
_LISTED = 3


def images_of(model: str, key: str, answers: Answers, found: NDArray[np.intp]) -> None:
    """A table of images, at most _MOST, and below it the chosen one."""
    if len(found) > _MOST:
        st.caption(t("recognition_quality.first", most=_MOST))
    chosen = _chosen(key, found[:_MOST])
    thumbnails(
        f"quality.{model}.{key}",
        t("recognition_quality.images"),
        classifier(model).sample().images[found[:_MOST]],
        [_name(model, answers, k) for k in found[:_MOST]],
        chosen,
        lambda i: _choose(key, i),
        columns=_COLUMNS,
    )
    _near(model, answers, int(found[chosen]))


def one_of(model: str, key: str, answers: Answers, found: NDArray[np.intp]) -> None:
    """A strip of images with their answers written below, and the chosen one."""
    names = classifier(model).classes(current())
    chosen = _chosen(key, found)
    lines = [
        [
            t("recognition_quality.worst.answer", answer=names[answers.answers[k]]),
            probability(float(answers.confidence[k])),
            t("recognition_quality.worst.label", name=names[answers.labels[k]]),
        ]
        for k in found
    ]
    thumbnails(
        f"quality.{model}.{key}",
        t("recognition_quality.images"),
        classifier(model).sample().images[found],
        [_name(model, answers, k) for k in found],
        chosen,
        lambda i: _choose(key, i),
        lines=lines,
    )
    _near(model, answers, int(found[chosen]))


def _near(model: str, answers: Answers, k: int) -> None:
    names, shares = classifier(model).classes(current()), answers.probabilities[k]
    image = Image.fromarray(classifier(model).sample().images[k])
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        large = image.resize((2 * _SHOWN, 2 * _SHOWN), Image.Resampling.NEAREST)
        st.image(large, width=_SHOWN, alt=_name(model, answers, k))
        with st.container(width=300, gap="small"):
            for answer in np.argsort(-shares, kind="stable")[:_LISTED]:
                share = float(shares[answer])
                st.progress(share, f"{names[answer]}{mark(':')}**{probability(share)}**")


def _name(model: str, answers: Answers, k: int) -> str:
    names = classifier(model).classes(current())
    return t(
        "recognition_quality.one",
        name=names[answers.labels[k]],
        answer=names[answers.answers[k]],
        share=probability(float(answers.confidence[k])),
    )


def _chosen(key: str, found: NDArray[np.intp]) -> int:
    return min(st.session_state.get(f"quality.chosen.{key}", 0), len(found) - 1)


def _choose(key: str, place: int) -> None:
    st.session_state[f"quality.chosen.{key}"] = place
