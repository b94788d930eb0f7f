"""The hourglass: every stage of the network for the visitor's image, from pixels to code to pixels."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from dashboard.datasets.images import DatasetName
from dashboard.latent.figures import hourglass as figures
from dashboard.latent.stages import Stage, stages
from dashboard.latent.views.controls import SIZE, Given, given
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import current, number, t, texts
from dashboard.ui.recent import kept
from dashboard.ui.stage import chart
from dashboard.ui.thumbnails import thumbnails

STAGE = state.Choice(
    "stage",
    (
        *("input", "encoder-conv1", "encoder-conv2", "encoder-conv3", "encoder-conv4"),
        *("encoder-dense1", "encoder-dense2", "code"),
        *("decoder-dense1", "decoder-dense2", "decoder-dense3", "decoder-dense4"),
        *("decoder-conv1", "decoder-enlarge1", "decoder-conv2", "decoder-enlarge2", "reconstruction"),
    ),
    "encoder-conv1",
)


@guarded
def hourglass() -> None:
    """The view: the whole network, a strip of its stages, one of them."""
    scene, side = stage.split(4, 1)
    with side:
        slider = st.container()
        image = given()
    with scene:
        _sized(image, slider)


# Of its own: the slider redraws nothing of the choice of an image. It writes beside itself, into what the
# demonstration's fragment has made: no other may stand between the two.
@st.fragment
@guarded
def _sized(given: Given, slider: DeltaGenerator) -> None:
    with slider:
        size = int(state.levels(SIZE, t("latent.size"), help=t("latent.size_help")))
    with bets.result():
        _whole(given, size)


def _whole(given: Given, size: int) -> None:
    found = _stages(given.dataset, size, given.digest, given.image)
    theme = st.context.theme.type or "light"
    place = STAGE.options.index(state.get(STAGE))
    drawn = _drawn(given.dataset, size, given.digest, place, theme, current(), found)
    chart(drawn.chart, t("latent.hourglass.alt", n=size), "hourglass")
    thumbnails(
        "stages",
        t("latent.hourglass.choose"),
        drawn.pictures,
        [t("latent.hourglass.named", name=name, count=count) for name, count in drawn.lines],
        place,
        lambda k: state.put(STAGE, STAGE.options[k]),
        lines=drawn.lines,
    )
    st.caption(t("latent.hourglass.how"))
    _stage(found[place], drawn.lines[place][0], drawn.stage)


@dataclass(frozen=True)
class _Drawn:
    """What the stages of one image look like: the whole network, one of them, each stage small, its name and
    its shape."""

    chart: Any
    stage: Any
    pictures: NDArray[np.uint8]
    lines: list[tuple[str, str]]


@kept(64)
def _drawn(
    dataset: DatasetName, size: int, digest: str, place: int, theme: str, language: str, _found: list[Stage]
) -> _Drawn:
    names, sides = _names(_found), []
    for side, group in groupby(range(len(_found)), key=lambda k: _found[k].side):
        members = list(group)
        if side != "code":  # whose place between the two says what it is
            sides.append((t(f"latent.hourglass.sides.{side}"), members[0], members[-1]))
    text = texts("latent.hourglass.plots")
    chosen, titled = _found[place], {**text, "stage_title": names[place]}
    return _Drawn(
        figures.hourglass([stage.values for stage in _found], names, sides, place, theme, text, language),
        figures.code(chosen.values[:, 0, 0], titled, language)
        if chosen.kind == "code"
        else figures.stage(chosen.values, theme, titled, language),
        np.stack([figures.thumbnail(stage.values, theme) for stage in _found]),
        [(name, _shape(stage)) for name, stage in zip(names, _found, strict=True)],
    )


@kept(32)
def _stages(dataset: DatasetName, size: int, digest: str, _image: NDArray[np.float64]) -> list[Stage]:
    return stages(dataset, size, _image)


def _names(found: list[Stage]) -> list[str]:
    """Stages named by what they do, numbered where there are several of the name."""
    kinds = [texts("latent.hourglass.names")[stage.kind] for stage in found]
    return [
        f"{name} {kinds[: k + 1].count(name)}" if kinds.count(name) > 1 else name
        for k, name in enumerate(kinds)
    ]


def _shape(stage: Stage) -> str:
    units, height, width = stage.values.shape
    if not stage.spatial:
        return t("latent.tiles.numbers", n=units)
    return f"{units} × {height} × {width}" if units > 1 else f"{height} × {width}"


def _stage(stage: Stage, name: str, figure: Any) -> None:
    """One stage in words and as a figure."""
    st.markdown(t("latent.hourglass.named", name=f"**{name}**", count=_counted(stage)))
    st.markdown(t(f"latent.hourglass.kinds.{stage.kind}"))
    chart(figure, t("latent.hourglass.stage_alt", name=name), f"stage.{stage.slug}")


def _counted(stage: Stage) -> str:
    units, height, width = stage.values.shape
    total = number(stage.values.size, 0)
    if stage.spatial and units > 1:
        return t("latent.hourglass.maps", n=total, maps=units, height=height, width=width)
    return t("latent.tiles.numbers", n=stage.values.size)
