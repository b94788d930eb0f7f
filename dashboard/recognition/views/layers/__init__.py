"""What the network saw: its input, its layers, and the units of one of them."""

from itertools import groupby

import numpy as np
import streamlit as st
import torch

from dashboard.classifiers import classifier
from dashboard.layers import Layer, dissection
from dashboard.layers import figures as layer_plots
from dashboard.layers.views.units import follow_strongest
from dashboard.recognition.views.controls import Given
from dashboard.recognition.views.layers.sliding import sliding
from dashboard.recognition.views.layers.units import LayerReading, inspect
from dashboard.ui import state
from dashboard.ui.guard import callback, guarded
from dashboard.ui.language import mark, number, t, texts
from dashboard.ui.selection import fitted
from dashboard.ui.thumbnails import thumbnails


def layers(given: Given) -> None:
    """The view."""
    sliding(given)
    hint = "hint_colours" if given.model == "photos" else "hint"
    st.caption(f"{t(f'recognition_layers.slide.{hint}')} {t(f'recognition_layers.seen.{given.model}')}")
    _inspected(given)


@st.fragment
@guarded
def _inspected(given: Given) -> None:
    reading = _reading(given.digest, given)
    theme = st.context.theme.type or "light"
    total = sum(layer.parameters for layer in reading.layers)
    st.header(t("recognition_layers.title"), anchor=False)
    st.markdown(
        t("recognition_layers.intro", layers=len(reading.layers) - 1, parameters=number(total, 0)),
    )
    place = _choose_layer(reading, theme)
    inspect(reading, place, theme)


@st.cache_resource(max_entries=3, show_spinner=False)  # some 30 MB for a photograph
def _reading(digest: str, _given: Given) -> LayerReading:
    image = torch.from_numpy(_given.input)[None]
    return LayerReading(
        _given.model, digest, _given.input, dissection.read(classifier(_given.model).module, image)
    )


def _choose_layer(reading: LayerReading, theme: str) -> int:
    """The strip of all blocks, one of them chosen, and one of its layers; gives the layer's place."""
    blocks = [list(group) for _, group in groupby(enumerate(reading.layers), lambda pair: pair[1].block)]
    slugs = tuple(block[0][1].block for block in blocks)
    control = state.Choice("layer", slugs, slugs[1])
    chosen = slugs.index(fitted(control))

    def choose(place: int) -> None:
        follow_strongest()
        state.put(control, slugs[place])

    last = [block[-1][1] for block in blocks]
    names = _names(blocks)
    facts = [
        [
            " × ".join(str(n) for n in layer.values.shape if n > 1 or layer.spatial),
            t("recognition_layers.parameters", count=number(sum(one.parameters for _, one in block), 0)),
        ]
        for block, layer in zip(blocks, last, strict=True)
    ]
    thumbnails(
        f"strip.{reading.model}",
        t("recognition_layers.choose"),
        np.stack([layer_plots.thumbnail(layer.values, theme) for layer in last]),
        [f"{name}{mark(':')}{shape}, {count}" for name, (shape, count) in zip(names, facts, strict=True)],
        chosen,
        choose,
        lines=[[name, *fact] for name, fact in zip(names, facts, strict=True)],
    )
    return _choose_part(blocks[chosen])


def _names(blocks: list[list[tuple[int, Layer]]]) -> list[str]:
    """Blocks by what they do, numbered where there are several: input, convolution 1, convolution 2..."""
    kinds = ["block" if len(block) > 1 else block[0][1].kind for block in blocks]
    names, text = [], texts("recognition_layers.names")
    for place, kind in enumerate(kinds):
        several = kinds.count(kind) > 1
        names.append(f"{text[kind]} {kinds[: place + 1].count(kind)}" if several else text[kind])
    return names


def _choose_part(block: list[tuple[int, Layer]]) -> int:
    """One of a block's layers; gives its place."""
    kinds = tuple[str, ...](layer.kind for _, layer in block)
    chosen = kinds[-1]
    if len(block) > 1:
        control = state.Choice("part", kinds, chosen)
        fitted(control)
        chosen = state.segmented(
            control,
            t("recognition_layers.part"),
            {kind: t(f"recognition_layers.names.{kind}") for kind in kinds},
            on_change=callback(follow_strongest),
        )
    place, layer = block[kinds.index(chosen)]
    st.markdown(t(f"recognition_layers.kinds.{layer.kind}"))
    return place
