"""To take away: the answer as JSON and as a picture, and the lines that give it in a notebook."""

import json

import streamlit as st

from dashboard.images import to_png
from dashboard.recognition.answer_image import answer_image
from dashboard.recognition.views.controls import Given
from dashboard.ui import stage
from dashboard.ui.language import current, t
from dashboard.ui.verdict import probability
from dashboard.verdict import Answer

_TOP = 5


def take_away(given: Given, found: Answer, names: tuple[str, ...]) -> None:
    """Buttons that give the files, and the code."""
    # Written here: the thread that makes a file when it is asked for knows no visitor and so no language.
    title = t(f"recognition.take.{found.verdict}")
    shares = [(names[label], float(found.probabilities[label])) for label in found.ranking[:_TOP]]
    rows = [(name, share, probability(share)) for name, share in shares]
    with st.container(horizontal=True):
        stage.download(
            t("recognition.take.json"),
            as_json(given.model, current(), found, names),
            f"{given.model}.json",
            icon=":material/data_object:",
        )
        stage.download(
            t("recognition.take.png"),
            lambda: to_png(answer_image(given.image, title, rows)),
            f"{given.model}.png",
            icon=":material/image:",
        )
    lines = t("recognition.take.code", model=given.model, language=current())
    stage.program("recognition.program", t("recognition.take.notebook"), lines, t("recognition.take.how"))


def as_json(model: str, language: str, found: Answer, names: tuple[str, ...]) -> str:
    """The likeliest answers, as a JSON object."""
    top = [
        {
            "name": names[label],
            "label": int(label),
            "probability": round(float(found.probabilities[label]), 6),
        }
        for label in found.ranking[:_TOP]
    ]
    content = {"model": model, "language": language, "verdict": found.verdict, "predictions": top}
    return json.dumps(content, ensure_ascii=False, indent=2)
