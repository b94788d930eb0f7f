"""One layer's units, one of them, and the sum that makes its value."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dashboard.layers import Layer, WeightedSum, figures
from dashboard.layers.views.arithmetic import in_words
from dashboard.network import activations
from dashboard.network.activations import Reading
from dashboard.plots import CONFIG
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.language import current, number, t, texts
from dashboard.ui.selection import fitted, ringed

ORDER = state.Choice("order", ("strong", "number"), "strong")
_TOP = "top"  # the strongest unit, or its strongest cell: what one looks at first, whatever is drawn
_LISTED = 5


def inspect(network: str, reading: Reading, place: int, identity: str, theme: str) -> None:
    """The units of the layer at this place; one of them; how it gets its value.

    Args:
        identity: the same for the same image, another for another.
    """
    layer = reading.layers[place]
    name = f"{network}.{layer.slug}"
    left, right = st.columns(2, gap="large")
    with left:
        control = state.Choice("unit", (_TOP, *(str(k + 1) for k in range(len(layer.values)))), _TOP)
        chosen = fitted(control)
        unit = int(layer.strongest()[0]) if chosen == _TOP else int(chosen) - 1
        _units(layer, unit, control, name, identity, theme)
    with right:
        row, column = _cell(layer, unit, name, theme) if layer.spatial else (0, 0)
        _sum(network, reading, place, unit, (row, column), theme)


def follow_strongest() -> None:
    """Choose the strongest unit and cell; a choice made in one layer means nothing in another."""
    state.put(state.Choice("unit", (_TOP,), _TOP), _TOP)
    _follow_cell()


def _follow_cell() -> None:
    state.put(state.Choice("at", (_TOP,), _TOP), _TOP)


def _units(layer: Layer, unit: int, control: state.Choice, name: str, identity: str, theme: str) -> None:
    """All units as one figure that can be clicked, and the list of the strongest."""
    by_strength = (
        state.segmented(ORDER, t("activations.units.order"), texts("activations.orders")) == "strong"
    )
    order = layer.strongest() if by_strength else np.arange(len(layer.values))
    key = f"units.{name}"

    def choose() -> None:
        points = st.session_state[key].selection.points
        if points:
            state.put(control, str(int(points[0]["customdata"]) + 1))
            _follow_cell()

    text = texts("activations.plots")
    st.plotly_chart(
        figures.layer(
            layer.values,
            order,
            ringed("digits.ring", f"{name}.{identity}.{by_strength}", unit),
            _hover(layer),
            theme,
            text,
            current(),
        ),
        config=CONFIG,
        alt=t("activations.units.alt", units=len(layer.values)),
        key=key,
        on_select=callback(choose),
        selection_mode="points",
    )
    if len(layer.values) == 1:
        return
    names = {slug: t("activations.units.number", n=slug) for slug in control.options[1:]}
    state.select(
        control,
        t("activations.units.choose"),
        {_TOP: t("activations.units.top"), **names},
        on_change=callback(_follow_cell),
    )
    strongest = layer.strongest()[:_LISTED]
    listed = " · ".join(
        t("activations.units.item", n=int(k) + 1, value=number(float(layer.strengths[k]))) for k in strongest
    )
    st.markdown(t("activations.units.strongest", list=listed))


def _hover(layer: Layer) -> list[str]:
    template = t(f"activations.units.{'map_hover' if layer.spatial else 'hover'}")
    filled = []
    for unit, values in enumerate(layer.values):
        row, column = layer.peak(unit)
        value = number(float(values[row, column]), 3)
        filled.append(template.format(n=unit + 1, value=value, row=row + 1, column=column + 1))
    return filled


def _cell(layer: Layer, unit: int, name: str, theme: str) -> tuple[int, int]:
    """One feature map, and the cell of it that is looked at."""
    _, height, width = layer.values.shape
    slugs = tuple(f"{r + 1}_{c + 1}" for r in range(height) for c in range(width))
    control = state.Choice("at", (_TOP, *slugs), _TOP)
    chosen = fitted(control)
    row, column = layer.peak(unit) if chosen == _TOP else divmod(slugs.index(chosen), width)
    key = f"map.{name}"

    def choose() -> None:
        points = st.session_state[key].selection.points
        if points:
            r, c = points[0]["customdata"]
            state.put(control, f"{int(r) + 1}_{int(c) + 1}")

    text = texts("activations.plots")
    title = t("activations.plots.unit_title", n=unit + 1)
    st.plotly_chart(
        figures.unit_map(
            layer.values[unit],
            (row, column),
            t("activations.place.hover", n=unit + 1),
            float(layer.strengths.max()) or 1.0,
            theme,
            {**text, "unit_title": title},
            current(),
        ),
        config=CONFIG,
        alt=t("activations.place.alt", n=unit + 1),
        key=key,
        on_select=callback(choose),
        selection_mode="points",
    )
    template = texts("activations.place")["cell"]
    cells = {slug: template.format(row=r, column=c) for slug in slugs for r, c in [slug.split("_")]}
    state.select(control, t("activations.place.choose"), {_TOP: t("activations.place.top"), **cells})
    return row, column


# ---------------------------------------------------------------- one sum


def _sum(network: str, reading: Reading, place: int, unit: int, at: tuple[int, int], theme: str) -> None:
    """How the chosen unit gets its value, number by number."""
    layer = reading.layers[place]
    how = activations.explain(network, reading, place, unit, *at)
    where = t("activations.sum.at", row=at[0] + 1, column=at[1] + 1) if layer.spatial else ""
    st.markdown(t("activations.sum.title", n=unit + 1, where=where))
    st.markdown(in_words(how, layer, unit, len(reading.layers[place - 1].values)))
    if isinstance(how, WeightedSum):
        _terms(how, theme)


def _terms(how: WeightedSum, theme: str) -> None:
    text = texts("activations.plots")
    if how.inputs[0].size > 1:
        st.plotly_chart(
            figures.weighted_sum(how.inputs, how.weights, theme, text, current()),
            config=CONFIG,
            alt=t("activations.sum.alt", channels=len(how.inputs)),
            key="weighted_sum",
        )
    else:
        names = [t("activations.units.number", n=k + 1) for k in range(len(how.inputs))]
        st.plotly_chart(
            figures.contributions(how.products.ravel(), names, how.bias, text, current()),
            config=CONFIG,
            alt=t("activations.sum.bars_alt"),
            key="contributions",
        )
