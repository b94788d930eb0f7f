"""The controls of the page, each held by the URL."""

from typing import Any

import streamlit as st

from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.batches import Batch
from dashboard.generation.sampling import SAMPLERS
from dashboard.generation.understood import MOST
from dashboard.scenes.reading import LONGEST
from dashboard.ui import state
from dashboard.ui.control import of_settings
from dashboard.ui.guard import callback

ANY = "any"
FREE_COUNT = 9
"""How many images where the visitor does not say."""


KEPT = LONGEST + 1  # characters of a sentence: one more than any is read of, so that the page says so


def shortened(text: str) -> str:
    return text[:KEPT]


def _fixed(text: str) -> tuple[str, ...]:
    return tuple(slug for slug in ATTRIBUTES if slug in text.split(","))


VIEW = state.Choice("view", ("ask", "world", "field", "compare", "mix", "measure"), "ask")
HOW = state.Choice("how", ("words", "choose", "sketch"), "words")
WORDS = state.Encoded("q", shortened, shortened, "")
OTHER_WORDS = state.Encoded("q2", shortened, shortened, "")
DATASET = state.Choice("set", ("digits", "fashion"), "digits")
LABEL = state.Choice("class", (ANY, *map(str, range(10))), "7")
# What a sketch is to become; by itself it says enough.
SKETCHED = state.Choice("as", (ANY, *map(str, range(10))), ANY)
COUNT = state.Number("n", 1, MOST, 1, FREE_COUNT, clamped=True)
FIXED = state.Encoded("fix", _fixed, ",".join, ())
AMOUNTS = {name: state.Number(name[:3], -2.5, 2.5, 0.25, 1.5, clamped=True) for name in ATTRIBUTES}
STRENGTH = state.Number("free", 0.0, 1.0, 0.05, 0.6, clamped=True)
BESIDE = state.Choice("beside", ("predicted", "other"), "predicted")
# How the images are made.
SETTINGS = of_settings(
    Batch(()),
    {
        "steps": state.Level("steps", (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48)),
        "sampler": state.Choice("ode", SAMPLERS),
        "guidance": state.Number("guide", 0.0, 5.0, 0.25),
        "seed": state.Number("seed", 0, 9999, 1),
    },
    clamped=True,
)


def another_seed() -> None:
    """The next draw, from a callback."""
    state.put(SETTINGS["seed"], (state.get(SETTINGS["seed"]) + 1) % 10_000)


def words(control: state.Encoded, label: str, example: str, **options: Any) -> str:
    """A line to write in, read while it is written; the example stands in until something is."""
    widget, empty = f"{state.key(control)}.text", " "
    shown = (state.get(control) or example).removeprefix(empty)
    state.seen()[control.param] = label
    if control.param not in state.hidden():
        # Written only where it differs, lest what is being typed be taken back.
        if st.session_state.get(widget) != shown:
            st.session_state[widget] = shown

        def change() -> None:
            text = shortened(st.session_state[widget] or "")
            state.put(control, "" if text == example else text or empty)

        st.text_input(label, key=widget, on_change=callback(change), live="300ms", **options)
    return shown
