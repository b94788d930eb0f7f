"""A layer's units, one of them, what it looks at, the sum that makes its value, and what excites it."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from PIL import Image, ImageDraw

from dashboard import palette
from dashboard.classifiers import Pixels, classifier
from dashboard.layers import Layer, dissection
from dashboard.layers.views import units
from dashboard.recognition import features
from dashboard.ui import bets, state
from dashboard.ui.language import current, number, t, texts

SCALE = state.Choice("scale", ("layer", "local", "global"), "layer")
_SHOWN = 260  # pixels a side of the input with what a place can see
_SMALL = 84  # of an example
_LEAST = 18  # of a frame


@dataclass(frozen=True)
class LayerReading:
    """What a classifier made of an image, layer by layer.

    Attributes:
        model, digest, input: as in `controls.Given`.
    """

    model: str
    digest: str
    input: Pixels
    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class Place:
    """One value of a reading: the layer's place in it, the unit, row and column."""

    reading: LayerReading
    layer: int
    unit: int
    row: int
    column: int

    @property
    def field(self) -> tuple[int, int, int, int]:
        """First row and column, last row and column of the pixels that it can see."""
        module = classifier(self.reading.model).module
        return dissection.receptive_field(module, self.reading.layers, self.layer, self.row, self.column)


def inspect(reading: LayerReading, place: int, theme: str) -> None:
    """The units of the layer at this place; one of them, down to its arithmetic."""
    layer = reading.layers[place]
    unit = units.chosen_unit(layer)
    left, right = st.columns(2, gap="medium")
    with left, bets.result():
        _units(reading, layer, theme)
        _exciting(reading, place, unit)
    with right:
        row, column = _map(reading, layer, unit, theme) if layer.spatial else (0, 0)
        chosen_place = Place(reading, place, unit, row, column)
        if layer.spatial:
            _field(chosen_place)
        else:
            _sum(chosen_place, theme)
    if layer.spatial:
        _sum(chosen_place, theme)


# ---------------------------------------------------------------- all units, and the map of one


def _units(reading: LayerReading, layer: Layer, theme: str) -> None:
    """The layer as one figure that can be clicked, and the choice of a unit."""
    text, plots = texts("recognition_layers.units"), texts("recognition_layers.plots")
    scale = state.segmented(
        SCALE,
        t("recognition_layers.scale"),
        texts("recognition_layers.scales"),
        help=t("recognition_layers.scale_help"),
    )
    order = features.shown(layer)
    values = features.shrunk(layer.values, len(order))
    peak = float(layer.strengths.max()) or 1.0
    own_scale = scale == "local" and layer.spatial
    if own_scale:
        values, peak = values / np.maximum(layer.strengths, 1e-12)[:, None, None], 1.0
    elif scale == "global":
        peak = max(float(one.strengths.max()) for one in reading.layers)
    key = f"maps.{reading.model}.{layer.slug}"
    count = {"shown": len(order), "units": len(layer.values)}
    units.units(
        key,
        f"{key}.{reading.digest}.{scale}",
        layer,
        values,
        order,
        units.hovers(
            layer,
            order,
            text["map_hover" if layer.spatial else "hover"],
            lambda unit: _named(reading, layer, unit),
        ),
        theme,
        {**plots, "value": plots["share" if own_scale else "value"]},
        t("recognition_layers.units.alt", **count),
        peak,
    )
    if len(order) < len(layer.values):
        st.caption(t("recognition_layers.units.strongest", **count))
    top = t("recognition_layers.units.top", name=_named(reading, layer, int(layer.strongest()[0])))
    names = [_named(reading, layer, unit) for unit in range(len(layer.values))]
    units.select_unit(layer, text["choose"], top, names)


def _named(reading: LayerReading, layer: Layer, unit: int) -> str:
    """A unit by its number; a score by its class too, a colour of the input by its name."""
    name = t("activations.units.number", n=unit + 1)
    if layer.kind == "output":
        return f"{name} · {classifier(reading.model).classes(current())[unit]}"
    if layer.kind == "input" and len(layer.values) == 3:
        return f"{name} · {t(f'recognition_layers.colours.{unit}')}"
    return name


def _map(reading: LayerReading, layer: Layer, unit: int, theme: str) -> tuple[int, int]:
    """One feature map, large, and the place in it that is looked at."""
    name = _named(reading, layer, unit)
    title = t("recognition_layers.plots.unit_title", name=name)
    return units.unit_map(
        f"map.{reading.model}.{layer.slug}",
        layer,
        features.pickable(layer.values[unit]),
        t("recognition_layers.place.hover"),
        theme,
        {**texts("recognition_layers.plots"), "unit_title": title},
        t("recognition_layers.place.alt", name=name),
    )


# ---------------------------------------------------------------- what one value is made of


def _field(place: Place) -> None:
    """The pixels that the place can see, framed in the input, and cut out."""
    top, left, bottom, right = place.field
    pixels = place.reading.input
    height, width = bottom - top + 1, right - left + 1
    whole = (height, width) == pixels.shape[1:]
    pictures = [_framed(pixels, place.field, _SHOWN)]
    if max(height, width) <= pixels.shape[1] / 2:  # a larger one is well seen in the image itself
        cut = _picture(pixels[:, top : bottom + 1, left : right + 1])
        scale = _SHOWN / 2 / max(cut.size)
        size = (max(1, round(cut.width * scale)), max(1, round(cut.height * scale)))
        pictures.append(cut.resize(size, Image.Resampling.NEAREST))
    st.markdown(
        t("recognition_layers.field.whole")
        if whole
        else t("recognition_layers.field.part", width=width, height=height)
    )
    with st.container(horizontal=True, vertical_alignment="top"):
        for picture, name in zip(pictures, ("framed", "cut"), strict=False):
            st.image(picture, width=picture.width, alt=t(f"recognition_layers.field.{name}_alt"))


def _framed(pixels: Pixels, field: tuple[int, int, int, int], side: int) -> Image.Image:
    """An image as the network gets it, with a frame around these of its pixels."""
    scale = side / pixels.shape[1]
    method = Image.Resampling.NEAREST if scale > 2 else Image.Resampling.BILINEAR
    picture = _picture(pixels).resize((side, side), method).convert("RGB")
    top, left, bottom, right = field
    # A frame around three pixels would not be seen: it stands off from what is smaller than it.
    across, down = (
        max(_LEAST - (last - first + 1) * scale, 0) / 2 for first, last in ((left, right), (top, bottom))
    )
    corners = (
        left * scale - across,
        top * scale - down,
        (right + 1) * scale + across - 1,
        (bottom + 1) * scale + down - 1,
    )
    pen = ImageDraw.Draw(picture)
    pen.rectangle(corners, outline=palette.MARK, width=4)
    pen.rectangle(corners, outline=palette.EDGE, width=2)
    return picture


def _picture(pixels: Pixels) -> Image.Image:
    values = np.rint(255 * pixels.transpose(1, 2, 0)).astype(np.uint8)
    return Image.fromarray(values if values.shape[2] == 3 else values[..., 0])


def _sum(place: Place, theme: str) -> None:
    """How the chosen unit gets its value there, number by number."""
    layers, unit, at = place.reading.layers, place.unit, (place.row, place.column)
    layer = layers[place.layer]
    how = dissection.explain(classifier(place.reading.model).module, layers, place.layer, unit, *at)
    maps = len(layers[place.layer - 1].values)
    units.explanation(how, layer, unit, at, maps, theme, beside=layer.spatial)


def _exciting(reading: LayerReading, place: int, unit: int) -> None:
    """The images of the gallery to which the unit answers most."""
    layer = reading.layers[place]
    st.markdown(t("recognition_layers.exciting.title", n=unit + 1))
    with st.spinner(t("recognition_layers.exciting.waiting")):
        found = features.excitation(reading.model, layer, unit)
    images = features.examples(reading.model)
    st.markdown(t(f"recognition_layers.exciting.{reading.model}", count=len(images)))
    with st.container(horizontal=True, gap="small"):
        for row, value, (r, c) in zip(found.rows, found.values, found.places, strict=True):
            seen = Place(reading, place, unit, int(r), int(c)).field
            st.image(
                _framed(images[row], seen, 2 * _SMALL),
                caption=number(float(value), 2),
                width=_SMALL,
                alt=t("recognition_layers.exciting.alt", value=number(float(value), 2)),
            )
    if found.values[0] <= 0:
        st.caption(t("recognition_layers.exciting.none"))
