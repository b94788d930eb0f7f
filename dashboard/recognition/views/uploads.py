"""Several files at once: an answer to each."""

import hashlib

import streamlit as st
from PIL import Image

from dashboard.recognition.recognise import Prediction, recognise
from dashboard.recognition.views.controls import SOURCE
from dashboard.ui import state
from dashboard.ui.image_source import uploaded
from dashboard.ui.language import current, t
from dashboard.ui.verdict import probability


def uploads(model: str) -> None:
    """A table of the visitor's files, if there are several, and what the network answers to each."""
    files = uploaded()
    if state.get(SOURCE) != "upload" or len(files) < 2:
        return
    head = [t(f"recognition.uploads.{column}") for column in ("file", "first", "second")]
    lines = [head, ["---"] * len(head)]
    for name, image in files:
        digest = hashlib.sha256(image.tobytes()).hexdigest()
        lines.append([name, *_cells(_answers(digest, image, model, current()))])
    st.markdown(f"**{t('recognition.uploads.title', model=t(f'recognition.models.{model}'))}**")
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


@st.cache_data(max_entries=256, show_spinner=False)
def _answers(digest: str, _image: Image.Image, model: str, language: str) -> list[Prediction]:
    """The two likeliest answers; none if the image holds nothing for this network to look at."""
    try:
        return recognise(_image, model, 2, language)
    except ValueError:  # an empty drawing
        return []


def _cells(answers: list[Prediction]) -> list[str]:
    if not answers:
        return [t("recognition.uploads.empty"), ""]
    cells = [f"{one.name} ({probability(one.probability)})" for one in answers]
    strange = answers[0].verdict == "strange"
    return [f"{t('recognition.uploads.strange')} {cells[0]}", cells[1]] if strange else cells
