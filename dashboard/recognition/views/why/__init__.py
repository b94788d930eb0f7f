"""Why this class? Four explanations over the image, and how far each can be trusted."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import streamlit as st
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard.classifiers import classifier
from dashboard.pool import Progress, Stopped
from dashboard.recognition.attributions import METHODS, attribute, blank, cells, effort, faded, superpixels
from dashboard.recognition.deletion import DeletionCurve, at_random, deletion, ranks
from dashboard.recognition.figures import why as figures
from dashboard.recognition.views.answer import answered
from dashboard.recognition.views.controls import Given
from dashboard.recognition.views.why.near import near
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.heavy import heavy, pooled
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.overlay import Removal, overlay, overlay_controls
from dashboard.ui.recent import Recent
from dashboard.ui.verdict import probability

Array = NDArray[np.float64]

SHOWN = 56
"""Cells a side of a photograph's map on screen: its finest structure is noise to the eye."""
_UNSURE = 0.1


def _methods(text: str) -> tuple[str, ...]:
    chosen = tuple(method for method in METHODS if method in text.split("-"))
    if not chosen:
        raise ValueError(f"no method in {text!r}")
    return chosen


RANK = state.Choice("rank", ("1", "2", "3", "4", "5"), "1")
HOW = state.Encoded("how", _methods, "-".join, tuple(METHODS))


@dataclass(frozen=True)
class Explained:
    """A map and what becomes of the answer as it is followed."""

    values: Array
    curve: DeletionCurve


_maps: Recent[Explained] = Recent(256)


@dataclass(frozen=True)
class Question:
    """Why this class? `index` is its place among the network's outputs."""

    given: Given
    index: int
    name: str
    probability: float

    def key(self, method: str) -> Hashable:
        """The same for the same map."""
        return "why", self.given.digest, self.index, method

    @property
    def image(self) -> Tensor:
        return torch.from_numpy(self.given.input)[None]


def why(given: Given) -> None:
    """The view."""
    _explained(given)
    if given.model != "photos":
        near(given)


@st.fragment
@guarded
def _explained(given: Given) -> None:
    with stage.settings():
        question = _ask(given)
        names = {method: t(f"recognition_why.methods.{method}.name") for method in METHODS}
        chosen = state.pills(HOW, t("recognition_why.how"), names)
        overlay_controls("why-hands", texts("recognition_why.hands"))
    with st.container(key="maps", horizontal=True):  # unlike columns, two stand side by side on a phone
        places = [bets.result(method).empty() for method in chosen]
    st.markdown(t("recognition_why.legend", name=question.name))
    below = bets.result("trust")
    found: dict[str, Explained] = {}
    for method, place in zip(chosen, places, strict=True):
        kept = _maps.get(question.key(method))
        if kept is not None:
            found[method] = kept
            with place:
                _panel(question, method, kept)
    for method, place in zip(chosen, places, strict=True):
        if method not in found:
            with place:
                found[method] = _explain(question, method)
                _panel(question, method, found[method])
    with below:
        _trust(question, {method: found[method].curve for method in chosen}, names)
        _details(question, found)


def _ask(given: Given) -> Question:
    answer = answered(given.digest, given)
    classes = classifier(given.model).classes(current())
    options = {}
    for rank, index in zip(RANK.options, answer.ranking, strict=False):
        share = probability(float(answer.probabilities[index]))
        options[rank] = t("recognition_why.option", name=classes[index], p=share)
    rank = state.segmented(RANK, t("recognition_why.question"), options)
    index = int(answer.ranking[int(rank) - 1])
    return Question(given, index, classes[index], float(answer.probabilities[index]))


# ---------------------------------------------------------------- the maps


def _explain(question: Question, method: str) -> Explained:
    """A map, worked out in the place where it will be."""

    def work(progress: Progress) -> Explained:
        def told(share: float) -> None:
            if not progress(share):
                raise Stopped

        model = classifier(question.given.model)
        values = attribute(method, model.module, question.image, question.index, told)
        curve = deletion(model.module, question.image, question.index, values, model.calibrated)
        return Explained(values, curve)

    return heavy(_maps, question.key(method), work, name=method)


@pooled(64)
def _by_chance(digest: str, index: int, _question: Question) -> DeletionCurve:
    """What becomes of the answer when the image goes in a random order."""
    model = classifier(_question.given.model)
    return at_random(model.module, _question.image, index, model.calibrated)


def _panel(question: Question, method: str, explained: Explained) -> None:
    values = explained.values
    overlay(
        f"why-{method}",
        _pixels(question.image),
        cells(values, SHOWN) if len(values) > SHOWN else values,
        Removal(
            _pixels(faded(question.image)),
            ranks(values),
            explained.curve.shares,
            explained.curve.probabilities,
        ),
        {
            "title": t(f"recognition_why.methods.{method}.name"),
            "note": t(f"recognition_why.methods.{method}.note"),
            "left": t("recognition_why.panel.left"),
            "alt": _described(question, method, values),
        },
    )


def _pixels(image: Tensor) -> NDArray[np.uint8]:
    """(1, channels, h, w) in [0, 1] -> (h, w) grey or (h, w, 3)."""
    pixels = np.rint(255 * image[0].permute(1, 2, 0).clamp(0, 1).numpy()).astype(np.uint8)
    return pixels if pixels.shape[2] == 3 else pixels[..., 0]


def _described(question: Question, method: str, values: Array) -> str:
    """The map in words: where most of what speaks for the class is, and what against."""
    where = {}
    for name, part in (("for_", np.maximum(values, 0)), ("against", np.maximum(-values, 0))):
        thirds = [piece.sum() for row in np.array_split(part, 3) for piece in np.array_split(row, 3, axis=1)]
        if max(thirds) > 0:
            where[name] = t(f"recognition_why.places.{int(np.argmax(thirds))}")
    form = "alt" if len(where) == 2 else "alt_against" if "against" in where else "alt_for"
    named = t(f"recognition_why.methods.{method}.name")
    return t(
        f"recognition_why.panel.{form}",
        method=named,
        name=question.name,
        **(where or {"for_": t("recognition_why.places.4")}),
    )


# ---------------------------------------------------------------- how far to trust them


def _trust(question: Question, curves: dict[str, DeletionCurve], names: dict[str, str]) -> None:
    st.header(t("recognition_why.trust.title"), anchor=False)
    gone = t(f"recognition_why.trust.gone_{question.given.model}")
    st.markdown(t("recognition_why.trust.intro", gone=gone))
    chance = _by_chance(question.given.digest, question.index, question)
    summary = _verdict(question, curves, chance, names)
    lines = [
        figures.Line(names[method], curve.shares, curve.probabilities, list(METHODS).index(method))
        for method, curve in curves.items()
    ]
    lines.append(
        figures.Line(t("recognition_why.trust.chance"), chance.shares, chance.probabilities, None),
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        stage.chart(
            figures.deletion(
                lines, st.context.theme.type or "light", texts("recognition_why.curve"), current()
            ),
            t("recognition_why.curve.alt", name=question.name, summary=summary),
            "why-deletion",
        )
    with right:
        st.markdown(summary)
        st.caption(t("recognition_why.trust.limit"))


def _verdict(
    question: Question, curves: dict[str, DeletionCurve], chance: DeletionCurve, names: dict[str, str]
) -> str:
    ordered = sorted(curves, key=lambda method: curves[method].area)
    best, by_chance = ordered[0], percent(chance.area, 1)
    parts = []
    if question.probability < _UNSURE:
        parts.append(t("recognition_why.trust.unsure", p=probability(question.probability)))
    if curves[best].area < chance.area:
        area = percent(curves[best].area, 1)
        parts.append(t("recognition_why.trust.verdict", best=names[best], area=area, chance=by_chance))
        worse = [names[method] for method in ordered if curves[method].area >= chance.area]
        if worse:
            parts.append(t("recognition_why.trust.worse", list=", ".join(worse)))
    else:
        parts.append(t("recognition_why.trust.none", chance=by_chance))
    areas = [(names[method], curves[method].area) for method in ordered]
    areas.append((t("recognition_why.trust.chance"), chance.area))
    listed = [
        t("recognition_why.trust.item", name=name, area=percent(area, 1))
        for name, area in sorted(areas, key=lambda pair: pair[1])
    ]
    parts.append(t("recognition_why.trust.ranking", list=" · ".join(listed)))
    return "\n\n".join(parts)


def _details(question: Question, found: dict[str, Explained]) -> None:
    """How the methods count, with the figures of this image."""
    work, image = effort(question.image), question.image
    with st.expander(t("recognition_why.details.title")):
        lines = []
        if "gradcam" in found:
            lines.append(t("recognition_why.details.gradcam"))
        if "integrated" in found:
            scores = classifier(question.given.model).scores(torch.cat([image, blank(image)]).numpy())
            score, empty = scores[:, question.index]
            lines.append(
                t(
                    "recognition_why.details.integrated",
                    sum=number(float(found["integrated"].values.sum())),
                    score=number(float(score)),
                    blank=number(float(empty)),
                    difference=number(float(score - empty)),
                    steps=work.steps,
                )
            )
        if "occlusion" in found:
            side = (image.shape[2] - work.window) // work.stride + 1
            places = side * side
            lines.append(t("recognition_why.details.occlusion", window=work.window, places=places))
        if "regions" in found:
            count = int(superpixels(image, work.pieces).max()) + 1
            lines.append(t("recognition_why.details.regions", count=count))
        lines += [t("recognition_why.details.score"), t("recognition_why.details.disagree")]
        st.markdown("\n\n".join(lines))
