"""What the roles share: the scene, the limit, the visitor's text, and what was computed of them."""

import random
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.datasets.scenes import Scene, grammar
from dashboard.datasets.scenes.grammar import LanguageName
from dashboard.message import composing
from dashboard.message.views.words.composer import composer
from dashboard.scenes import keeping
from dashboard.scenes.describing import Description, tell
from dashboard.scenes.drawing import Drawn, draw
from dashboard.ui import state
from dashboard.ui.captions import OWN, Caption, Group, redraw
from dashboard.ui.guard import callback
from dashboard.ui.heavy import pooled
from dashboard.ui.language import current, number, t

ROLE = state.Choice("game", ("network", "own", "received", "telephone"), "network")
LIMIT = state.Level("most", keeping.LIMITS, 60)
DRAWINGS = 4
MOST = 10_000  # characters of a text that are kept; a widget's own limit would refuse a longer one in silence
_ORIGINAL = "0"
_COLOURS = {"told": "green", "open": "gray", "wrong": "red"}
_MOST_NAMED = 8  # words that are named, unknown or misspelt


def _scene(text: str) -> str:
    composing.read(text)
    return text


SCENE = state.Encoded("scene", _scene, str, _ORIGINAL)
TEXT = state.Encoded("t", lambda text: text[:MOST], str, "")


@dataclass(frozen=True)
class Given:
    """The scene of the game: its address, what it holds, and its image (64, 64, 3)."""

    slug: str
    scene: Scene
    image: NDArray[np.uint8]


def spoken() -> LanguageName:
    """What the networks write in, for this visitor."""
    return grammar.spoken(current())


def given() -> Given:
    """Draw the choice of a scene, and give it."""
    if state.shown(SCENE, t("message_words.scene")):
        with st.container(horizontal=True):
            st.button(
                t("message_words.exhibited"),
                icon=":material/museum:",
                on_click=callback(lambda: state.put(SCENE, _ORIGINAL)),
            )
            st.button(t("message_words.random"), icon=":material/casino:", on_click=callback(_roll))
            with st.popover(t("message_words.compose"), icon=":material/palette:"):
                composer(SCENE)
    slug = state.get(SCENE)
    return Given(slug, composing.read(slug), composing.picture(slug))


def limit() -> int:
    """Draw the slider of characters, and give its value."""
    return int(state.levels(LIMIT, t("message_words.limit")))


def text_area(height: int, label: str) -> str:
    """The visitor's text; it is in the address, and what was written on the front page begins it."""
    written: str = state.get(TEXT) or st.session_state.get(OWN, "")
    name = f"{state.key(TEXT)}.area"
    st.session_state[name] = written

    def keep() -> None:
        st.session_state[OWN] = st.session_state[name].strip()[:MOST]
        state.put(TEXT, st.session_state[OWN])

    if written:
        state.put(TEXT, written)
    st.text_area(
        label,
        key=name,
        height=height,
        on_change=callback(keep),
        placeholder=t("message_words.placeholder"),
    )
    st.button(t("message_words.draw"), icon=":material/brush:", type="primary")
    return written


def remarks(drawn: Drawn) -> None:
    """What the reader made of a text: what it does not know, what it took for a slip, what it left out."""
    understood = drawn.understood
    if understood.empty:
        st.info(t("message_words.nothing"))
    lines = [t("message_words.strange", word=word) for word in understood.unknown[:_MOST_NAMED]]
    if len(understood.unknown) > _MOST_NAMED:
        lines.append(t("message_words.stranger", count=number(len(understood.unknown) - _MOST_NAMED)))
    if understood.corrected:
        pairs = ", ".join(f"{wrote} → {meant}" for wrote, meant in understood.corrected[:_MOST_NAMED])
        lines.append(t("message_words.corrected", pairs=pairs))
    if not (understood.empty or understood.kinds):
        lines.append(t("generation_world.nobody"))
    if understood.cut:
        lines.append(t("message_words.cut"))
    if lines:
        st.caption("  \n".join(lines))


def fates(scene: Scene, drawn: Drawn) -> None:
    """How many facts the text tells and the drawings show, and what became of each."""
    found = keeping.told(scene, drawn.understood)
    shown = keeping.shown(scene, drawn.images)
    badges = []
    for name, fate, images in zip(keeping.named(scene, spoken()), found, shown.T, strict=True):
        dots = "".join("●" if image else "○" for image in images)
        badges.append(f":{_COLOURS[fate]}-badge[{name} {dots}]")
    told, showing = found.count("told"), shown.sum(1).mean() if len(shown) else 0
    st.markdown(t("message_words.kept", told=told, total=len(found), drawn=number(float(showing), 1)))
    st.markdown(" ".join(badges))
    st.caption(t("message_words.legend"))


def passage(given: Given, drawn: Drawn, caption: Caption, title: str, beside: tuple[Group, ...] = ()) -> None:
    """The original, what was drawn of the text, and what stands beside them."""
    redraw(
        f"redraw {given.slug}",
        [
            Group(given.image[None], t("message_words.original"), t("message_words.original_alt")),
            Group(drawn.images, title, title),
            *beside,
        ],
        caption,
        t("message_words.said"),
        original=True,
    )


@pooled(256)
def described(slug: str, characters: int, language: LanguageName) -> Description:
    """What the network says of a scene."""
    return tell(composing.picture(slug), characters, language)


@pooled(256)
def drawn(text: str, seed: int = 0) -> Drawn:
    """What the network draws of a text: the images and what it understood, without the way to them."""
    made = draw(text, DRAWINGS, seed)
    return replace(made, codes=made.codes[:0], looked=made.looked[:, :0])


def _roll() -> None:
    state.put(SCENE, str(random.randint(1, composing.NUMBERS)))
