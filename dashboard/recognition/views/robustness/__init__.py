"""How robust is the answer? The image changed in plain sight, and changed so that nobody sees it."""

import streamlit as st
import torch

from dashboard.classifiers import classifier
from dashboard.datasets.imagenet import family_of
from dashboard.recognition.corruptions import CORRUPTIONS
from dashboard.recognition.robustness import RobustnessCurve, curve, to_picture
from dashboard.recognition.views.controls import Given
from dashboard.recognition.views.robustness.attack import attacked
from dashboard.recognition.views.robustness.film import film, written
from dashboard.ui import bets, state
from dashboard.ui.guard import callback, guarded
from dashboard.ui.heavy import pooled
from dashboard.ui.language import current, t, texts

SHAKE = state.Choice("shake", tuple(CORRUPTIONS), "rotation")
MIX = state.Choice("mix", ("no", "yes"), "no")
_PARAMS = {
    "rotation": "rot",
    "scale": "zoom",
    "brightness": "light",
    "square": "patch",
    "blur": "blur",
    "noise": "noise",
    "jpeg": "jpeg",
}
LEVELS = {
    name: state.Level(_PARAMS[name], corruption.levels, corruption.identity)
    for name, corruption in CORRUPTIONS.items()
}


def robustness(given: Given) -> None:
    """The view."""
    _shaken(given)
    attacked(given)


@st.fragment
@guarded
def _shaken(given: Given) -> None:
    names = {name: t(f"recognition_robustness.corruptions.{name}.button") for name in CORRUPTIONS}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = state.segmented(SHAKE, t("recognition_robustness.choose"), names)
        mixed = state.segmented(
            MIX,
            t("recognition_robustness.mix"),
            texts("recognition_robustness.mixes"),
            help=t("recognition_robustness.mix_help"),
        )
    others = _others(chosen) if mixed == "yes" else {}
    found = _curve(given.digest, chosen, tuple(others.items()), given)
    classes = classifier(given.model).classes(current())
    control = LEVELS[chosen]
    film(found, chosen, classes, state.get(control), lambda level: state.put(control, level))
    bets.result().markdown(_summary(found, chosen, classes, bool(others)) + _cousins(given.model, found))
    st.caption(t("recognition_robustness.honest"))


def _others(chosen: str) -> dict[str, float]:
    """The levels of the other corruptions that change something, written out, and a button to undo them."""
    levels = {name: state.get(control) for name, control in LEVELS.items() if name != chosen}
    levels = {name: level for name, level in levels.items() if level != CORRUPTIONS[name].identity}
    listed = [
        t(
            "recognition_robustness.also_item",
            name=t(f"recognition_robustness.corruptions.{name}.name"),
            level=written(name, level),
        )
        for name, level in levels.items()
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            t("recognition_robustness.also", list=", ".join(listed))
            if listed
            else t("recognition_robustness.alone")
        )
        if listed:
            st.button(
                t("recognition_robustness.reset"),
                icon=":material/restart_alt:",
                key="robustness-reset",
                on_click=callback(state.reset),
                args=tuple(LEVELS.values()),
            )
    return levels


@pooled(64)
def _curve(digest: str, chosen: str, others: tuple[tuple[str, float], ...], _given: Given) -> RobustnessCurve:
    model = classifier(_given.model)
    picture = to_picture(torch.from_numpy(_given.input))
    return curve(lambda x: model.calibrated(model.logits(x)), picture, chosen, dict(others))


def _summary(found: RobustnessCurve, chosen: str, classes: tuple[str, ...], mixed: bool) -> str:
    """Where the answer flips, in words."""
    first = classes[found.first]
    if mixed and found.answers[found.identity] != found.first:
        return t("recognition_robustness.wrong_already", first=first)
    places = [
        t(
            "recognition_robustness.flip",
            before=written(chosen, flip.before),
            at=written(chosen, flip.at),
            answer=classes[flip.answer],
        )
        for flip in found.flips
    ]
    if not places:
        return t("recognition_robustness.steady", first=first)
    both = t("recognition_robustness.and", one=places[0], two=places[-1]) if len(places) > 1 else places[0]
    return t("recognition_robustness.flips", first=first, places=both)


def _cousins(model: str, found: RobustnessCurve) -> str:
    """That the other answers are of the same family, if so: a small mistake."""
    answers = [found.first, *(flip.answer for flip in found.flips)]
    families = {family_of(answer).slug for answer in answers} if model == "photos" else set()
    if len(answers) < 2 or len(families) != 1 or families == {"thing"}:
        return ""
    return " " + t("recognition_robustness.cousins", family=t(f"imagenet.families.{families.pop()}"))
