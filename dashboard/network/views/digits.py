"""Every layer of a pretrained network for the visitor's own digit, down to a single sum."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard import palette
from dashboard.classifiers import by_weights, live_reader
from dashboard.datasets.digits import EmptyDrawing, to_mnist
from dashboard.datasets.images import sample
from dashboard.layers import figures
from dashboard.layers.views.units import follow_strongest
from dashboard.network import activations
from dashboard.network.activations import DigitReading
from dashboard.network.views.digit_units import inspect
from dashboard.ui import bets, stage, state
from dashboard.ui.component import component
from dashboard.ui.guard import callback
from dashboard.ui.image_source import Gallery, Picture, image_source
from dashboard.ui.language import mark, number, percent, t, texts
from dashboard.ui.selection import fitted
from dashboard.ui.thumbnails import thumbnails
from dashboard.ui.verdict import probability, sentence, sheet_notes

Array = NDArray[np.float64]

NETWORKS = {"cnn": "digits-cnn", "mlp": "digits-mlp"}
NETWORK = state.Choice("model", tuple(NETWORKS), "cnn")
_PER_CLASS = 10
_FIRST = 3  # the example that stands in
_SHOWN = 140  # pixels


def digits() -> None:
    """The view: an image, what the network answers, its layers, one unit, one sum."""
    gallery = Gallery(
        _examples(), [t("activations.example", digit=k % 10) for k in range(10 * _PER_CLASS)], first=_FIRST
    )
    left, right = st.columns([2, 3], gap="medium")
    with left:
        weights = NETWORKS[str(state.get(NETWORK))]
        picture = image_source(
            gallery, reader=live_reader(by_weights(weights).name, t("activations.answer.none"))
        )
    with right:
        network = _choose_network()
        digit = _digit(picture, gallery)
        reading = _reading(network, digit.tobytes())
        _seen(picture, digit)
        with bets.result():
            _answer(reading, picture)
    st.header(t("activations.layers.title"), anchor=False)
    st.markdown(t("activations.layers.intro"))
    theme = st.context.theme.type or "light"
    place = _choose_layer(network, reading, theme)
    st.markdown(t(f"activations.kinds.{reading.layers[place].kind}"))
    inspect(network, reading, place, picture.digest, theme)


# ---------------------------------------------------------------- the image and the answer


@cache
def _examples() -> NDArray[np.uint8]:
    """Test digits, ten of each, a column a digit."""
    stored = sample("digits")
    rows = [np.flatnonzero(stored.labels == digit)[:_PER_CLASS] for digit in range(10)]
    return stored.images[np.stack(rows, axis=1).ravel()]


def _choose_network() -> str:
    chosen = state.segmented(
        NETWORK,
        t("activations.network"),
        texts("activations.networks"),
        help=t("activations.network_help"),
        on_change=callback(follow_strongest),
    )
    return NETWORKS[chosen]


def _digit(picture: Picture, gallery: Gallery) -> Array:
    """The image as the network gets it, (28, 28) in [0, 1]."""
    example = picture.example
    if example is None:
        try:
            return _prepared(picture.digest, picture.image)
        except EmptyDrawing:
            st.warning(t("activations.empty"))
            example = gallery.first
    return gallery.pictures[example] / 255.0


@st.cache_data(max_entries=64, show_spinner=False)
def _prepared(digest: str, _image: Image.Image) -> Array:
    return to_mnist(_image).astype(np.float64)


@st.cache_resource(max_entries=32, show_spinner=False)
def _reading(network: str, digit: bytes) -> DigitReading:
    return activations.read(network, np.frombuffer(digit).reshape(28, 28))


def _seen(picture: Picture, digit: Array) -> None:
    """The image, and what is left of it for the network."""
    original = picture.image.copy()
    original.thumbnail((2 * _SHOWN, 2 * _SHOWN))
    small = Image.fromarray((255 * digit).astype(np.uint8))
    text = texts("activations.seen")
    with st.container(horizontal=True, gap="medium"):
        for image, name in (
            (original, "original"),
            (small.resize((2 * _SHOWN, 2 * _SHOWN), Image.Resampling.NEAREST), "network"),
        ):
            # As high as its neighbour at most, whatever its shape.
            width = max(round(_SHOWN * image.width / max(image.size)), _SHOWN // 4)
            st.image(image, caption=text[name], width=width, alt=text[f"{name}_alt"])
        st.caption(text["how"], width=260)


def _answer(reading: DigitReading, picture: Picture) -> None:
    found = reading.answer
    told, own = (sentence(one, "digits", reading.classes) for one in (reading.verdict, found))
    st.markdown(f"## {told}")
    if own != told:
        st.markdown(t("activations.answer.otherwise", sentence=own))
    for note in sheet_notes(picture.image):
        st.markdown(note)
    st.markdown(t("activations.answer.bars"))
    first, second = (int(place) for place in found.ranking[:2])
    _bars(
        [*reading.classes, t("activations.answer.none")],
        [*found.probabilities.tolist(), found.none],
        t(
            "activations.answer.alt",
            first=reading.classes[first],
            second=reading.classes[second],
            p=probability(float(found.probabilities[first])),
            q=probability(float(found.probabilities[second])),
            none=probability(found.none),
        ),
    )
    accuracy = percent(reading.accuracy, 2)
    st.caption(t("activations.answer.limit", accuracy=accuracy))
    stage.fold(t("activations.answer.softmax"))


def _bars(names: Sequence[str], shares: Sequence[float], alt: str) -> None:
    """One bar for each name, its height the share (0 to 1), the greatest in full colour.

    Args:
        alt: what the bars say, for who cannot see them.
    """
    component("bars", '<div class="bars" role="img"></div>')(
        key="digit_probabilities",
        data={
            "names": list(names),
            "shares": [float(share) for share in shares],
            "written": [probability(share) for share in shares],
            "alt": alt,
            "colour": palette.BLUE,
        },
    )


# ---------------------------------------------------------------- the layers


def _layer_names(reading: DigitReading) -> list[str]:
    """Layers numbered by what they do: convolution 1, convolution 2, dense 1..."""
    names, text, counts = [], texts("activations.names"), dict[str, int]()
    for layer in reading.layers:
        name = text[layer.kind]
        counts[name] = counts.get(name, 0) + 1
        numbered = layer.kind not in ("input", "global_pool", "output")
        names.append(f"{name} {counts[name]}" if numbered else name)
    return names


def _choose_layer(network: str, reading: DigitReading, theme: str) -> int:
    """The strip of all layers, one of them chosen; gives its place."""
    slugs = tuple(layer.slug for layer in reading.layers)
    control = state.Choice("layer", slugs, slugs[1])
    chosen = slugs.index(fitted(control))
    names = _layer_names(reading)

    def choose(place: int) -> None:
        follow_strongest()
        state.put(control, slugs[place])

    facts = [
        [
            " × ".join(str(n) for n in layer.values.shape if n > 1 or layer.spatial),
            t("activations.layers.parameters", count=number(layer.parameters, 0)),
        ]
        for layer in reading.layers
    ]
    thumbnails(
        f"layers.{network}",
        t("activations.layers.choose"),
        np.stack([figures.thumbnail(layer.values, theme) for layer in reading.layers]),
        [f"{name}{mark(':')}{shape}, {count}" for name, (shape, count) in zip(names, facts, strict=True)],
        chosen,
        choose,
        lines=[[name, *fact] for name, fact in zip(names, facts, strict=True)],
    )
    return chosen
