"""Measuring: right, lifelike and varied, against the number of steps and the guidance."""

import streamlit as st

from dashboard.datasets.shipped import DatasetError
from dashboard.generation.batches import Batch, dataset_of
from dashboard.generation.figures import quality as figures
from dashboard.generation.measures import GUIDANCES, STEPS, Curves, Setting
from dashboard.generation.measures import curves as measured
from dashboard.generation.sampling import SAMPLERS
from dashboard.generation.views.ask import ask
from dashboard.generation.views.settings import settings
from dashboard.ui import bets, stage, state
from dashboard.ui.language import current, number, percent, t, texts

AGAINST = state.Choice("x", ("steps", "guidance"), "steps")
_FIGURES = ("accuracy", "frechet", "diversity")


def measure() -> None:
    """The view: the settings on the left, what they are worth on the right."""
    scene, side = stage.split(7, 4)
    with side:
        batch = settings(ask(compact=True))
    with scene:
        dataset = dataset_of(batch)
        against = state.segmented(AGAINST, t("generation.measure.against"), texts("generation.measure.axes"))
        try:
            found = measured(dataset)
        except DatasetError:
            st.info(t("generation.measure.missing"))
            return
        here = nearest_setting(batch)
        with bets.result():
            _figures(found, here, against)
            _said(found, here)


def nearest_setting(batch: Batch) -> Setting:
    """The measured setting next to that of the page."""
    steps = min(STEPS, key=lambda n: abs(n - batch.steps))
    guidance = min(GUIDANCES, key=lambda g: abs(g - batch.guidance))
    return Setting(batch.sampler, steps, guidance)


def _figures(found: Curves, here: Setting, against: str) -> None:
    text, theme = texts("generation.measure"), st.context.theme.type or "light"
    for name in _FIGURES:
        lines = []
        for sampler in SAMPLERS:
            along = [
                (x, found.points[setting])
                for x in (STEPS if against == "steps" else GUIDANCES)
                if (
                    setting := Setting(
                        sampler,
                        int(x) if against == "steps" else here.steps,
                        here.guidance if against == "steps" else float(x),
                    )
                )
                in found.points
            ]
            lines.append(
                figures.Line(
                    texts("generation.settings.samplers")[sampler],
                    [float(x) for x, _ in along],
                    [getattr(point, name) for _, point in along],
                )
            )
        chosen = None
        if here in found.points:
            x = float(here.steps if against == "steps" else here.guidance)
            chosen = (x, getattr(found.points[here], name))
        stage.chart(
            figures.curves(
                [line for line in lines if len(line.x)],
                getattr(found.real, name),
                chosen,
                text["titles"][name],
                (text["axes"][against], text["units"][name]),
                text,
                current(),
                theme,
                logarithmic=against == "steps",
                shares=name != "diversity",
            ),
            text["alts"][name],
            f"generation.{name}",
        )
        st.caption(text["helps"][name])


def _said(found: Curves, here: Setting) -> None:
    point = found.points.get(here)
    if point is None:
        return
    st.markdown(
        t(
            "generation.measure.here",
            steps=here.steps,
            guidance=number(here.guidance, 2),
            sampler=texts("generation.settings.samplers")[here.sampler],
            accuracy=percent(point.accuracy, 1),
            frechet=percent(point.frechet, 1),
            diversity=number(point.diversity, 2),
            samples=number(found.samples, 0),
        )
    )
