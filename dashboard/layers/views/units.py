"""The units of a layer, a place in the map of one of them, and the sum that makes its value there."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.layers import Explanation, Layer, WeightedSum, figures
from dashboard.layers.views.arithmetic import in_words
from dashboard.ui import stage, state
from dashboard.ui.guard import callback
from dashboard.ui.language import current, number, t, texts
from dashboard.ui.selection import fitted, ringed

Text = Mapping[str, str]

_TOP = "top"  # the strongest unit, or its strongest place: what one looks at first, whatever the image


def follow_strongest() -> None:
    """Choose the strongest unit and place; a choice made in one layer means nothing in another."""
    state.put(state.Choice("unit", (_TOP,), _TOP), _TOP)
    _follow_place()


def _follow_place() -> None:
    state.put(state.Choice("at", (_TOP,), _TOP), _TOP)


def chosen_unit(layer: Layer) -> int:
    """The unit that is looked at."""
    chosen = fitted(_unit(layer))
    return int(layer.strongest()[0]) if chosen == _TOP else int(chosen) - 1


def _unit(layer: Layer) -> state.Choice:
    return state.Choice("unit", (_TOP, *(str(k + 1) for k in range(len(layer.values)))), _TOP)


def units(
    key: str,
    identity: str,
    layer: Layer,
    values: NDArray[np.floating],
    order: NDArray[np.intp],
    hover: Mapping[int, str],
    theme: str,
    text: Text,
    alt: str,
    peak: float | None = None,
) -> None:
    """The layer as one figure that can be clicked.

    Args:
        key: of the figure.
        identity: the same for the same figure, another for another.
        values, order, hover, peak: as `figures.layer` takes them.
    """
    unit = chosen_unit(layer)

    def choose() -> None:
        points = st.session_state[key].selection.points
        if points:
            state.put(_unit(layer), str(int(points[0]["customdata"]) + 1))
            _follow_place()

    stage.chart(
        figures.layer(
            values, order, ringed("layers.ring", identity, unit), hover, theme, text, current(), peak
        ),
        alt,
        key,
        choose,
    )


def select_unit(layer: Layer, label: str, top: str, names: Sequence[str]) -> None:
    """The choice of a unit by its name; ``top`` names the strongest."""
    if len(layer.values) > 1:
        control = _unit(layer)
        options = dict(zip(control.options, (top, *names), strict=True))
        state.select(control, label, options, on_change=callback(_follow_place))


def unit_map(
    key: str, layer: Layer, cells: NDArray[np.intp], hover: str, theme: str, text: Text, alt: str
) -> tuple[int, int]:
    """The map of the chosen unit, and the row and column in it that are looked at.

    Args:
        cells: (n, 2) rows and columns that can be chosen.
        hover, text: as `figures.unit_map` takes them.
    """
    unit = chosen_unit(layer)
    slugs = tuple(f"{row + 1}_{column + 1}" for row, column in cells)
    control = state.Choice("at", (_TOP, *slugs), _TOP)
    chosen = fitted(control)
    row, column = layer.peak(unit) if chosen == _TOP else cells[slugs.index(chosen)].tolist()

    def choose() -> None:
        points = st.session_state[key].selection.points
        if points:
            r, c = points[0]["customdata"]
            state.put(control, f"{int(r) + 1}_{int(c) + 1}")

    most = float(layer.strengths.max()) or 1.0
    stage.chart(
        figures.unit_map(layer.values[unit], (row, column), hover, most, theme, text, current(), cells),
        alt,
        key,
        choose,
    )
    template = texts("activations.place")["cell"]
    names = {slug: template.format(row=r, column=c) for slug in slugs for r, c in [slug.split("_")]}
    state.select(control, t("activations.place.choose"), {_TOP: t("activations.place.top"), **names})
    return row, column


def hovers(
    layer: Layer, order: NDArray[np.intp], template: str, name: Callable[[int], str]
) -> dict[int, str]:
    """What to say of each unit under the pointer: ``name(unit)``, its peak and where that is."""
    filled = {}
    for unit in order.tolist():
        row, column = layer.peak(unit)
        value = number(float(layer.values[unit, row, column]), 3)
        filled[unit] = template.format(name=name(unit), value=value, row=row + 1, column=column + 1)
    return filled


def explanation(
    how: Explanation,
    layer: Layer,
    unit: int,
    at: tuple[int, int],
    maps: int,
    theme: str,
    beside: bool = False,
) -> None:
    """How a unit gets its value at a row and a column, number by number.

    Args:
        maps: how many units came before it.
        beside: the drawing stands beside the words, not under them.
    """
    where = t("activations.sum.at", row=at[0] + 1, column=at[1] + 1) if layer.spatial else ""
    st.markdown(t("activations.sum.title", n=unit + 1, where=where))
    words, drawn = st.columns(2, gap="medium") if beside else (st.container(), st.container())
    words.markdown(in_words(how, layer, unit, maps))
    if isinstance(how, WeightedSum):
        with drawn:
            _terms(how, theme)


def _terms(how: WeightedSum, theme: str) -> None:
    """Inputs, weights and products of a sum, drawn."""
    text = texts("activations.plots")
    if how.inputs[0].size > 1:
        figure = figures.weighted_sum(how.inputs, how.weights, theme, text, current())
        alt = t("activations.sum.alt", channels=len(how.inputs))
    else:
        names = [t("activations.units.number", n=k + 1) for k in range(len(how.inputs))]
        figure = figures.contributions(how.products.ravel(), names, how.bias, text, current())
        alt = t("activations.sum.bars_alt")
    stage.chart(figure, alt, "layers.sum")
