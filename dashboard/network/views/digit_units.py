"""One layer's units, one of them, and the sum that makes its value."""

import numpy as np
import streamlit as st

from dashboard.layers import Layer
from dashboard.layers.views import units
from dashboard.network import activations
from dashboard.network.activations import DigitReading
from dashboard.ui import state
from dashboard.ui.language import number, t, texts

ORDER = state.Choice("order", ("strong", "number"), "strong")
_LISTED = 5


def inspect(network: str, reading: DigitReading, place: int, identity: str, theme: str) -> None:
    """The units of the layer at this place; one of them; how it gets its value.

    Args:
        identity: the same for the same image, another for another.
    """
    layer = reading.layers[place]
    unit, name = units.chosen_unit(layer), f"{network}.{layer.slug}"
    left, right = st.columns(2, gap="medium")
    with left:
        _units(layer, name, identity, theme)
    with right:
        at = (0, 0)
        if layer.spatial:
            n = unit + 1
            at = units.unit_map(
                f"map.{name}",
                layer,
                np.indices(layer.values[unit].shape).reshape(2, -1).T,
                t("activations.place.hover", n=n),
                theme,
                {**texts("activations.plots"), "unit_title": t("activations.plots.unit_title", n=n)},
                t("activations.place.alt", n=n),
            )
        how = activations.explain(network, reading, place, unit, *at)
        units.explanation(how, layer, unit, at, len(reading.layers[place - 1].values), theme)


def _units(layer: Layer, name: str, identity: str, theme: str) -> None:
    """All units as one figure that can be clicked, and the list of the strongest."""
    order_by = state.segmented(ORDER, t("activations.units.order"), texts("activations.orders"))
    order = layer.strongest() if order_by == "strong" else np.arange(len(layer.values))
    text = texts("activations.units")
    units.units(
        f"units.{name}",
        f"{name}.{identity}.{order_by}",
        layer,
        layer.values,
        order,
        units.hovers(layer, order, text["map_hover" if layer.spatial else "hover"], _number),
        theme,
        texts("activations.plots"),
        t("activations.units.alt", units=len(layer.values)),
    )
    if len(layer.values) == 1:
        return
    names = [t("activations.units.number", n=k + 1) for k in range(len(layer.values))]
    units.select_unit(layer, text["choose"], text["top"], names)
    strongest = layer.strongest()[:_LISTED]
    listed = " · ".join(
        t("activations.units.item", n=int(k) + 1, value=number(float(layer.strengths[k]))) for k in strongest
    )
    st.markdown(t("activations.units.strongest", list=listed))


def _number(unit: int) -> str:
    return str(unit + 1)
