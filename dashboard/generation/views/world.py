"""The drawn world: asked for in free words, with which word painted what; real ones to tell apart; copies?"""

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard import zoo
from dashboard.datasets.scenes.grammar import spoken
from dashboard.generation import scenes
from dashboard.generation.views import controls
from dashboard.generation.views.ask import offer
from dashboard.generation.views.reading import quoted
from dashboard.generation.views.settings import again
from dashboard.scenes.drawing import DRAWER, GUIDANCE, STEPS, Drawn, draw, film
from dashboard.scenes.reading import Understood
from dashboard.ui import bets, stage, state
from dashboard.ui.heavy import pooled
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.real_or_not import real_or_not
from dashboard.ui.scene_film import SceneRow, scene_film

PART = state.Choice("part", ("film", "pair", "game", "near"), "film")
SENTENCE = state.Encoded("scene", controls.shortened, controls.shortened, "")
OTHER = state.Encoded("scene2", controls.shortened, controls.shortened, "")
STEP = state.Level("ws", (1, 2, 4, 8, 16), STEPS, clamped=True)
GUIDE = state.Number("wg", 0.0, 6.0, 0.5, GUIDANCE, clamped=True)
ROUND = state.Number("wr", 0, 9999, 1, 0, clamped=True)
_DRAWINGS, _EACH = 4, 4
_MOST_NAMED = 8
_TOLD = ("place", "colour", "pose", "side", "kinds")  # figures of the card that the page tells


def world() -> None:
    """The view: one sentence, and what it becomes."""
    scene, side = stage.split(7, 4)
    with side:
        examples = texts("generation_world.examples")
        text = controls.words(SENTENCE, t("generation_world.sentence"), examples[0])
        offer(SENTENCE, examples, text)
        how = _settings()
    with scene:
        part = state.segmented(
            PART, t("generation_world.part"), texts("generation_world.parts"), label_visibility="collapsed"
        )
        if part == "game":
            return _game()
        drawn = _drawn(text, *how)
    with side:
        _say(drawn[0].understood)
        if part == "pair":
            other = controls.words(OTHER, t("generation_world.other"), t("generation_world.other_example"))
            second = _drawn(other, *how)
            _say(second[0].understood)
    with scene:
        if part == "pair":
            _pair({text: drawn, other: second}, how[1])
        elif drawn[0].understood.empty:
            pass  # nothing is drawn that nobody asked for
        elif part == "near":
            _near(drawn[0])
        else:
            with bets.result():
                _show([replace(_panel(text, *drawn), title="")], how[1])
    stage.fold(_obeys())


def _settings() -> tuple[int, int, float]:
    """Seed, steps and guidance."""
    again()
    names = texts("generation.settings")
    with stage.more(names["title"]):
        steps = state.levels(STEP, names["steps"], help=names["steps_help"])
        guidance = state.slider(GUIDE, names["guidance"], help=names["guidance_help"])
        seed = state.slider(controls.SETTINGS["seed"], names["seed"], help=names["seed_help"])
    return int(seed), int(steps), float(guidance)


@pooled(32, short=False)
def _drawn(text: str, seed: int, steps: int, guidance: float) -> tuple[Drawn, NDArray[np.uint8]]:
    """The drawings, and their film."""
    drawn = draw(text, _DRAWINGS, seed, steps, guidance)
    return drawn, drawn.images[None] if drawn.understood.empty else film(drawn.codes)


def _say(found: Understood) -> None:
    """What was put right, what is unknown, and that nothing was found."""
    lines = [
        t("generation.read.corrected", before=quoted(before), after=quoted(after))
        for before, after in found.corrected[:_MOST_NAMED]
    ]
    if lines:
        st.markdown(" ".join(lines))
    if found.unknown:
        words = ", ".join(
            t("generation.read.quoted", words=quoted(word)) for word in found.unknown[:_MOST_NAMED]
        )
        st.warning(t("generation_world.unknown", words=words), icon=":material/block:")
    if found.cut:
        st.caption(t("message_words.cut"))
    if found.empty:
        st.info(t("generation_world.empty"), icon=":material/help:")
    elif not found.kinds:
        st.caption(t("generation_world.nobody"))


def _obeys() -> str:
    """How well the drawer obeys, by its card."""
    card = zoo.card(DRAWER)
    told = {name: percent(card.measured[name], 1) for name in _TOLD}
    return t(
        "generation_world.obeys",
        weights=number(card.parameters / 1e6, 1),
        scenes=number(card.dataset["training_images"], 0),
        **told,
    )


# ---------------------------------------------------------------- the film


def _panel(title: str, drawn: Drawn, frames: NDArray[np.uint8]) -> SceneRow:
    read = drawn.understood.written[: drawn.looked.shape[1]]
    places = [k for k, word in enumerate(read) if word[0].isalpha()]  # no commas
    alt = t("generation_world.alt", text=title)
    return SceneRow(title, alt, frames, [read[k] for k in places], drawn.looked[:, places])


def _show(panels: list[SceneRow], steps: int) -> None:
    moments = [t("generation_world.moment", step=k, steps=steps) for k in range(steps + 1)]
    text = {**texts("generation_world.film"), "player": texts("generation.watch")["player"]}
    scene_film("generation_world", panels, moments, text)


def _pair(drawn: dict[str, tuple[Drawn, NDArray[np.uint8]]], steps: int) -> None:
    """Sentences from the same noise."""
    panels = [_panel(text, *made) for text, made in drawn.items() if not made[0].understood.empty]
    if panels:
        _show(panels, steps)
        st.markdown(t("generation_world.same_noise"))


# ---------------------------------------------------------------- real, or a copy?


def _game() -> None:
    turn = int(state.get(ROUND))
    st.markdown(t("generation_world.game", n=2 * _EACH, real=_EACH))
    images, real = _mixed(turn, current())
    sources = texts("generation_world.sources")
    real_or_not(
        "generation_world_game",
        images,
        [sources["real" if one else "drawn"] for one in real],
        real,
        texts("generation.game"),
        lambda: state.put(ROUND, (turn + 1) % 10_000),
    )


@pooled(32)
def _mixed(turn: int, language: str) -> tuple[NDArray[np.uint8], list[bool]]:
    return scenes.mixed(turn, _EACH, spoken(language))


def _near(drawn: Drawn) -> None:
    found = _neighbours(drawn.codes[-1].tobytes(), drawn.codes.shape[1:])
    for images, name in ((drawn.images, "drawn"), (found.images, "learnt")):
        picture = Image.fromarray(np.concatenate(list(images), axis=1))
        st.image(
            picture.resize((3 * picture.width, 3 * picture.height), Image.Resampling.BICUBIC),
            width="stretch",
            caption=t(f"generation_world.near.{name}", n=number(found.among, 0)),
            alt=t(f"generation_world.near.{name}", n=number(found.among, 0)),
        )
    st.markdown(
        t(
            "generation_world.near.verdict",
            least=number(float(found.distances.min()), 2),
            usual=number(found.usual, 2),
        )
    )


@pooled(32)
def _neighbours(codes: bytes, shape: tuple[int, ...]) -> scenes.LearntScenes:
    return scenes.neighbours(np.frombuffer(codes, np.float32).reshape(shape))
