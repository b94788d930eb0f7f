"""An adversarial change: before, the change amplified, after."""

from typing import cast

import numpy as np
import streamlit as st
import torch
from PIL import Image

from dashboard.classifiers import classifier
from dashboard.recognition.adversarial import STEPS, Attack, Method, attack
from dashboard.recognition.corruptions import Picture, to_bytes
from dashboard.recognition.views.controls import Given
from dashboard.ui import stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.heavy import pooled
from dashboard.ui.language import current, t, texts
from dashboard.ui.verdict import probability

_STEPS = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0)
METHOD = state.Choice("attack", ("fgsm", "pgd"), "pgd")
# A budget that the eye does not see in a photograph does nothing to a digit of strong strokes.
BUDGETS = {
    "photos": state.Level("eps", _STEPS[:9], 2.0),
    "digits": state.Level("epsd", _STEPS, 48.0),
}
_BUDGET = state.Level("epsg", _STEPS, 12.0)  # of all others
ANY = "any"
# Of the thousand classes of photographs, some that everyone can picture: goldfish, ostrich, school bus,
# teapot, toaster, banana, pizza, volcano.
_FAMILIAR = (1, 9, 779, 849, 859, 954, 963, 980)
_TOASTER = "859"
_SHOWN = 280


@st.fragment
@guarded
def attacked(given: Given) -> None:
    """The controls and what the attack does."""
    st.header(t("recognition_robustness.attack.title"), anchor=False)
    st.markdown(t("recognition_robustness.attack.intro"))
    classes = classifier(given.model).classes(current())
    method, budget, target = _choose(given.model, classes)
    found = _attack(given.digest, method, budget, target, given)
    _show(given, found, classes, int(budget))


def _choose(model: str, classes: tuple[str, ...]) -> tuple[Method, float, int | None]:
    aims = _FAMILIAR if model == "photos" else range(len(classes))
    options = (ANY, *map(str, aims))
    # Among ten classes a neighbour is an error that can be understood; of a thousand, most are hardly known.
    target = (
        state.Choice("aim", options, _TOASTER)
        if model == "photos"
        else state.Choice(f"aim{model[0]}", options, ANY)
    )
    names = {str(k): t("recognition_robustness.attack.target_item", name=classes[k]) for k in aims}
    left, middle, right = st.columns([3, 4, 3], gap="medium")
    with left:
        method = state.segmented(
            METHOD,
            t("recognition_robustness.attack.method"),
            texts("recognition_robustness.methods"),
            help=t("recognition_robustness.attack.method_help", steps=STEPS),
        )
    with middle:
        budget = state.levels(BUDGETS.get(model, _BUDGET), t("recognition_robustness.attack.budget"))
    with right:
        aim = state.select(
            target,
            t("recognition_robustness.attack.target"),
            {ANY: t("recognition_robustness.attack.any"), **names},
        )
    return cast(Method, method), budget, None if aim == ANY else int(aim)


@pooled(64)
def _attack(digest: str, method: Method, budget: float, target: int | None, _given: Given) -> Attack:
    return attack(
        classifier(_given.model).logits, torch.from_numpy(_given.input), budget / 255, method, target
    )


def _show(given: Given, found: Attack, classes: tuple[str, ...], budget: int) -> None:
    text = texts("recognition_robustness.attack")
    model = classifier(given.model)
    shares = model.shares(np.stack([found.before, found.after, found.by_chance]))
    answers = [{"name": classes[int(row.argmax())], "share": probability(float(row.max()))} for row in shares]
    before, after, chance = answers
    times = 127 // max(budget, 1)
    amplified = np.clip(0.5 + found.change * times, 0, 1).astype(np.float32)
    with st.container(horizontal=True, gap="medium"):
        for picture, caption, alt in (
            (found.original, text["original"].format(**before), text["original_alt"]),
            (
                amplified,
                text["change"].format(times=times) if budget else text["change_none"],
                text["change_alt"].format(times=times),
            ),
            (found.changed, text["changed"].format(**after), text["changed_alt"]),
        ):
            st.image(_enlarged(picture), caption=caption, width=_SHOWN, alt=alt)
    values = {"budget": budget, "before": before["name"], "p": before["share"]}
    values |= {"after": after["name"], "q": after["share"]}
    if found.before.argmax() == found.target:
        st.markdown(t("recognition_robustness.attack.already", **values))
    elif found.succeeded:
        st.markdown(t("recognition_robustness.attack.fooled", **values))
    elif found.target is not None:
        st.markdown(t("recognition_robustness.attack.missed", wanted=classes[found.target], **values))
    else:
        st.markdown(t("recognition_robustness.attack.resisted", **values))
    if budget:
        same = found.by_chance.argmax() == found.before.argmax()
        st.markdown(t(f"recognition_robustness.attack.chance_{'same' if same else 'other'}", **chance))
    st.caption(text["honest"])
    stage.fold(text["honest_more"])


def _enlarged(picture: Picture) -> Image.Image:
    """Each pixel of a small picture as a square; photographs as they are."""
    image = Image.fromarray(to_bytes(picture))
    times = max(1, round(2 * _SHOWN / image.width))
    return image.resize((image.width * times, image.height * times), Image.Resampling.NEAREST)
