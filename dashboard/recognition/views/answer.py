"""What the network answers: the likeliest classes, their families, or that it does not know."""

import numpy as np
import streamlit as st
from PIL import Image, ImageDraw

from dashboard import palette
from dashboard.classifiers import classifier, seen
from dashboard.datasets.imagenet import family_of, worn
from dashboard.recognition.views.answer_bars import Row, bars
from dashboard.recognition.views.controls import Given
from dashboard.recognition.views.take_away import take_away
from dashboard.recognition.views.uploads import uploads
from dashboard.ui import bets, stage
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.verdict import family_name, probability, sentence, sheet_notes
from dashboard.verdict import Answer

SHOWN = 5
_SIDE, _SEEN = 320, 96  # pixels: the image at most, and what the network sees


@st.cache_resource(max_entries=256, show_spinner=False)
def answered(digest: str, _given: Given) -> Answer:
    """What the network answers to an image."""
    return classifier(_given.model).answer(_given.input)


def answer(given: Given) -> str:
    """The view; which guess is right of how sure the network is of its first answer."""
    found = answered(given.digest, given)
    names = classifier(given.model).classes(current())
    picture, reading = st.columns([2, 3], gap="medium")
    with picture:
        _pictures(given)
    with reading, bets.result():
        st.markdown(f"## {sentence(found, given.model, names)}")
        for note in _notes(given, found):
            st.markdown(note)
        st.html(bars(t("recognition.answer.bars"), _rows(given.model, found, names)))
    if given.model == "photos":
        st.caption(t("recognition.answer.families"))
    _how_sure(given.model, found)
    uploads(given.model)
    take_away(given, found, names)
    sure = found.families[0][1] if found.verdict == "family" else float(found.probabilities.max())
    return "cba"[int(np.searchsorted([0.5, 0.9], sure, side="right"))]


def _pictures(given: Given) -> None:
    """The image, with the part that the network looks at, and what it gets."""
    text = texts("recognition.seen")
    whole = given.image.copy()
    if given.model == "photos":
        pen = ImageDraw.Draw(whole)
        wide = max(2, round(max(whole.size) / 100))
        pen.rectangle(seen(whole.size), outline=palette.MARK, width=2 * wide)
        pen.rectangle(seen(whole.size), outline=palette.EDGE, width=wide)
    whole.thumbnail((2 * _SIDE, 2 * _SIDE))
    pixels = (255 * given.input).round().astype(np.uint8)
    network = Image.fromarray(pixels[0] if len(pixels) == 1 else pixels.transpose(1, 2, 0))
    sampling = Image.Resampling.NEAREST if network.width < _SIDE else Image.Resampling.BICUBIC
    # As high as a square of that side at most, whatever its shape.
    width = max(round(_SIDE * whole.width / max(whole.size)), _SIDE // 4)
    st.image(whole, width=width, alt=text["original_alt"])
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        small = network.resize((2 * _SEEN, 2 * _SEEN), sampling)
        st.image(small, width=_SEEN, alt=text["network_alt"])
        st.container(width=_SIDE - _SEEN - 16).caption(f"{text['network']}. {text[given.model]}")


def _notes(given: Given, found: Answer) -> list[str]:
    """What else the visitor should know of the answer, most telling first."""
    notes = sheet_notes(given.image) if given.model == "digits" else []
    if given.model == "photos" and int(found.ranking[0]) in worn():
        notes.append(t("verdict.people"))
    if found.verdict == "strange" and not notes:
        notes.append(t(f"recognition.answer.strange.{given.model}"))
    return notes


def _rows(model: str, found: Answer, names: tuple[str, ...]) -> list[Row]:
    """The likeliest classes; those of photographs under their families, the likeliest family first."""
    shown = [int(index) for index in found.ranking[:SHOWN]]

    def row(name: str, share: float, family: bool | None = None) -> Row:
        return Row(name, share, probability(share), family)

    if model != "photos":
        rows = [row(names[index], float(found.probabilities[index])) for index in shown]
        if found.refuses:
            rows.append(row(t("verdict.none"), found.none))
        return sorted(rows, key=lambda row: -row.share)
    shares = {family.slug: share for family, share in found.families}
    groups: dict[str, list[Row]] = {}
    for index in shown:
        made = row(names[index], float(found.probabilities[index]), False)
        groups.setdefault(family_of(index).slug, []).append(made)
    rows = []
    for slug in sorted(groups, key=lambda slug: -shares[slug]):
        rows += [row(family_name(model, slug), shares[slug], True), *groups[slug]]
    return rows


def _how_sure(model: str, found: Answer) -> None:
    calibration = classifier(model).calibration
    values = {
        "temperature": calibration.temperature,
        "before": percent(calibration.error_before, 1),
        "after": percent(calibration.error_after, 1),
        "strength": round(found.strength, 1),
        "threshold": round(calibration.threshold, 1),
        "alarms": percent(calibration.false_alarms, 1),
        "drawings": percent(calibration.caught.get("drawings", 0.0)),
        "images": number(calibration.images / 2, 0),
    }
    parts = ("softmax", f"calibrated.{model}", f"strength.{model}")
    stage.fold(" ".join(t(f"recognition.answer.{part}", **values) for part in parts))
