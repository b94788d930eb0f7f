"""What the network answers: the likeliest classes, their families, or that it does not know."""

from __future__ import annotations

import numpy as np
import streamlit as st
from PIL import Image, ImageDraw

from dashboard import palette
from dashboard.classifiers import classifier, seen
from dashboard.datasets.imagenet import family_of
from dashboard.recognition.figures.answer import Row, bars
from dashboard.recognition.recognise import Answer, by_family
from dashboard.recognition.recognise import answer as ask
from dashboard.recognition.views.controls import Given
from dashboard.recognition.views.take_away import take_away
from dashboard.recognition.views.uploads import uploads
from dashboard.ui.language import current, percent, t, texts

SHOWN = 5
SURE = 0.5
"""From this probability on a class, or else its family, is named as the answer."""
_SIDE, _SEEN = 320, 96  # pixels: the image at most, and what the network sees


@st.cache_resource(max_entries=256, show_spinner=False)
def answered(digest: str, _given: Given) -> Answer:
    """What the network answers to an image."""
    return ask(classifier(_given.model), _given.input)


def answer(given: Given) -> None:
    """The view."""
    found = answered(given.digest, given)
    names = classifier(given.model).classes(current())
    picture, reading = st.columns([2, 3], gap="medium")
    with picture:
        _pictures(given)
    with reading:
        st.markdown(_headline(given.model, found, names))
        if not found.known:
            st.markdown(t("recognition.answer.unknown_why"))
        rows = _rows(given.model, found, names)
        st.plotly_chart(
            bars(rows, texts("recognition.answer.figure"), current()),
            key="recognition.answer",
            alt=t("recognition.answer.alt", list=", ".join(f"{row.label} {row.written}" for row in rows)),
            config={"displayModeBar": False},
        )
    if given.model == "photos":
        st.caption(t("recognition.answer.families"))
    _how_sure(given.model, found)
    uploads(given.model)
    take_away(given, found, names)


def _pictures(given: Given) -> None:
    """The image, with the part that the network looks at, and what it gets."""
    text = texts("recognition.seen")
    whole = given.image.copy()
    if given.model == "photos":
        pen = ImageDraw.Draw(whole)
        pen.rectangle(seen(whole.size), outline=palette.ORANGE, width=max(2, round(max(whole.size) / 100)))
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


def _headline(model: str, found: Answer, names: tuple[str, ...]) -> str:
    first, second = (int(index) for index in found.ranking[:2])
    p, q = (float(found.probabilities[index]) for index in (first, second))
    values = {"first": names[first], "second": names[second], "p": percent(p), "q": percent(q)}
    if not found.known:
        return t("recognition.answer.unknown", **values)
    if p >= SURE:
        return t("recognition.answer.sure", **{**values, "first": _capital(names[first])})
    if model == "photos":
        family, share = by_family(found.probabilities)[0]
        if share >= SURE:
            named = t(f"imagenet.families.{family.slug}")
            return t("recognition.answer.family", family=_capital(named), share=percent(share), **values)
    return t("recognition.answer.hesitates", **values)


def _rows(model: str, found: Answer, names: tuple[str, ...]) -> list[Row]:
    """The likeliest classes; those of photographs under their families, the likeliest family first."""
    shown = [int(index) for index in found.ranking[:SHOWN]]

    def row(index: int, family: bool | None) -> Row:
        share = float(found.probabilities[index])
        return Row(names[index], share, _written(share), family)

    if model != "photos":
        return [row(index, None) for index in shown]
    groups = {
        family_of(index).slug: [i for i in shown if family_of(i) is family_of(index)] for index in shown
    }
    shares = {family.slug: share for family, share in by_family(found.probabilities)}
    rows = []
    for slug in sorted(groups, key=lambda slug: -shares[slug]):
        rows.append(Row(t(f"imagenet.families.{slug}"), shares[slug], _written(shares[slug]), True))
        rows += [row(index, False) for index in groups[slug]]
    return rows


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _written(share: float) -> str:
    return percent(share, 1) if share < 0.1 else percent(share)


def _how_sure(model: str, found: Answer) -> None:
    calibration = classifier(model).calibration
    st.caption(
        t(
            "recognition.answer.softmax",
            temperature=calibration.temperature,
            before=percent(calibration.error_before, 1),
            after=percent(calibration.error_after, 1),
        )
        + " "
        + t(
            "recognition.answer.strength",
            strength=round(found.strength, 1),
            threshold=round(calibration.threshold, 1),
            alarms=percent(calibration.false_alarms),
        )
    )
