"""Asking: by words, by choosing, by a sketch; and what was understood."""

from dataclasses import dataclass, replace
from textwrap import shorten

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image
from streamlit.delta_generator import DeltaGenerator

from dashboard.datasets.class_names import class_names
from dashboard.datasets.digits import EmptyDrawing, to_mnist
from dashboard.datasets.fashion import NoGarment, to_fashion
from dashboard.datasets.images import DatasetName, sample
from dashboard.generation.amounts import HONOURED
from dashboard.generation.batches import Batch
from dashboard.generation.sampling import Request
from dashboard.generation.understand import understand
from dashboard.generation.understood import Understood
from dashboard.generation.views import controls
from dashboard.generation.views.reading import listed, say
from dashboard.ui import state
from dashboard.ui.guard import callback
from dashboard.ui.image_source import Gallery, drawing_given, image_source
from dashboard.ui.language import current, t, texts

_PER_CLASS = 10
_FIRST = {"digits": 3, "fashion": 9}  # the example that stands in: a 3, an ankle boot
_SHOWN = 140  # pixels
_PILL = 40  # characters of an example that is offered


@dataclass(frozen=True)
class Chosen:
    """A request by choosing, of which it is not said yet how many images: ``slider`` and ``said`` are the
    places of the slider that says it, and of the sentence that sums all up."""

    request: Request
    slider: DeltaGenerator
    said: DeltaGenerator

    def counted(self, batch: Batch) -> Batch:
        """Draw the slider; the batch with so many images."""
        with self.slider:
            count = int(state.slider(controls.COUNT, t("generation.count")))
        parts = ((self.request, count),)
        self.said.markdown(t("generation.read.chosen", list=listed(parts)))
        return replace(batch, parts=parts)


def ask(compact: bool = False) -> Batch:
    """Draw the controls of a request; give what to draw, with the usual settings.

    Args:
        compact: the sketch is folded away, for views that need the room.
    """
    batch, chosen = ask_apart(compact)
    return chosen.counted(batch) if chosen else batch


def ask_apart(compact: bool = False) -> tuple[Batch, Chosen | None]:
    """The same; where the request is chosen, the number of images is still to be asked."""
    if drawing_given():
        state.opens(controls.HOW, "sketch")
    how = state.segmented(controls.HOW, t("generation.how"), texts("generation.hows"))
    if how == "words":
        return _by_words(), None
    if how == "choose":
        return Batch(()), _by_choosing()
    return _by_sketch(compact), None


# ---------------------------------------------------------------- by words


def _by_words() -> Batch:
    examples: list[str] = texts("generation.examples")
    text = controls.words(controls.WORDS, t("generation.words"), examples[0])
    offer(controls.WORDS, examples, text)
    found = understood(text)
    say(found)
    _offer_instead(found)
    asked = parts(found)
    return Batch(asked or parts(understood(examples[0])), asked=bool(asked))


def offer(control: state.Encoded, examples: list[str], text: str) -> None:
    """Examples to take with one click, as the value of a control that `controls.words` draws."""
    key = f"generation.examples.{control.param}"
    st.session_state[key] = examples.index(text) if text in examples else None

    def take() -> None:
        place = st.session_state[key]
        state.put(control, examples[place] if place else "")

    st.pills(
        t("generation.offer"),
        range(len(examples)),
        format_func=lambda place: shorten(examples[place], _PILL, placeholder=" …"),
        key=key,
        on_change=callback(take),
        label_visibility="collapsed",
        wrap=True,
    )


def _offer_instead(found: Understood) -> None:
    """What could be drawn instead of what cannot: the nearest class, to take with one click."""
    names = dict.fromkeys(class_names(dataset, current())[label] for _, dataset, label in found.instead)
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("generation.read.instead"))
        for name in names:
            st.button(
                name,
                key=f"generation.instead.{name}",
                on_click=callback(state.put),
                args=(controls.WORDS, name),
            )


@st.cache_data(max_entries=256, show_spinner=False)
def _understood(text: str, language: str) -> Understood:
    return understand(text, language)


def understood(text: str) -> Understood:
    """The reading of a text in the visitor's language."""
    return _understood(text, current())


def parts(found: Understood) -> tuple[tuple[Request, int], ...]:
    """Requests and counts; where the sentence does not say how many, a sheet full, shared evenly."""
    open_ones = sum(wanted.count is None for wanted in found.wanted)
    said = sum(wanted.count or 0 for wanted in found.wanted)
    share = max(1, (controls.FREE_COUNT - said) // open_ones) if open_ones else 0
    return tuple((wanted.request, wanted.count or share) for wanted in found.wanted)


# ---------------------------------------------------------------- by choosing


def _by_choosing() -> Chosen:
    dataset = _choose_dataset()
    label = _choose_class(dataset, controls.LABEL)
    slider = st.container()
    return Chosen(Request(dataset, label, **_choose_attributes(dataset)), slider, st.container())


def _choose_dataset() -> DatasetName:
    return state.segmented(controls.DATASET, t("generation.data"), texts("generation.datasets"))


def _choose_class(dataset: DatasetName, control: state.Choice) -> int | None:
    names = class_names(dataset, current())
    labels = {controls.ANY: t(f"generation.any.{dataset}"), **{str(k): name for k, name in enumerate(names)}}
    chosen = state.select(control, t("generation.class"), labels)
    return None if chosen == controls.ANY else int(chosen)


def _choose_attributes(dataset: DatasetName) -> dict[str, float]:
    """Sliders of the attributes that the visitor wants to decide; the others are left to chance."""
    names = texts("generation.attributes.names")
    allowed = HONOURED[dataset]
    widget = f"{state.key(controls.FIXED)}.pills"
    chosen = [name for name in state.get(controls.FIXED) if name in allowed]
    state.seen()[controls.FIXED.param] = t("generation.attributes.choose")
    if controls.FIXED.param not in state.hidden():
        st.session_state[widget] = chosen
        st.pills(
            t("generation.attributes.choose"),
            allowed,
            selection_mode="multi",
            format_func=names.__getitem__,
            key=widget,
            help=t("generation.attributes.help"),
            on_change=callback(lambda: state.put(controls.FIXED, tuple(st.session_state[widget]))),
        )
    return {
        name: float(state.slider(controls.AMOUNTS[name], t(f"generation.attributes.scales.{name}")))
        for name in chosen
    }


# ---------------------------------------------------------------- by a sketch


def _by_sketch(compact: bool) -> Batch:
    dataset = _choose_dataset()
    strength = float(
        state.slider(controls.STRENGTH, t("generation.sketch.strength"), help=t("generation.sketch.help"))
    )
    samples = sample(dataset)
    places = np.stack(
        [np.flatnonzero(samples.labels == label)[:_PER_CLASS] for label in range(10)], axis=1
    ).ravel()
    names = class_names(dataset, current())
    gallery = Gallery(
        samples.images[places], [names[k % 10] for k in range(len(places))], first=_FIRST[dataset]
    )
    if compact:
        with st.expander(t("generation.sketch.image"), icon=":material/image:"):
            picture = image_source(gallery)
    else:
        picture = image_source(gallery)
    example = picture.example
    image = None
    if example is None:
        try:
            image = _prepared(dataset, picture.digest, picture.image)
        except (EmptyDrawing, NoGarment):
            st.warning(t(f"generation.sketch.empty.{dataset}"))
            example = gallery.first
    if image is None:
        image = gallery.pictures[example or 0].astype(np.float32) / 255
    with st.container(horizontal=True, vertical_alignment="center"):
        seen = Image.fromarray(np.rint(image * 255).astype(np.uint8))
        st.image(
            seen.resize((2 * _SHOWN, 2 * _SHOWN), Image.Resampling.NEAREST),
            width=_SHOWN,
            caption=t("generation.sketch.seen"),
            alt=t("generation.sketch.seen"),
        )
        with st.container(width="stretch"):
            label = _choose_class(dataset, controls.SKETCHED)
            count = int(state.slider(controls.COUNT, t("generation.count")))
    request = Request(dataset, label)
    return Batch(((request, count),), drawn=image.astype(np.float32).tobytes(), strength=strength)


@st.cache_data(max_entries=64, show_spinner=False)
def _prepared(dataset: DatasetName, digest: str, _image: Image.Image) -> NDArray[np.float32]:
    made = to_mnist(_image) if dataset == "digits" else to_fashion(_image)
    return made.astype(np.float32)
