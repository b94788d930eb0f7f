"""Any text, one's own or another's: four drawings of it, and what the network understood."""

import streamlit as st

from dashboard.datasets.scenes.facts import QUESTIONS
from dashboard.datasets.scenes.world import Kind
from dashboard.message.views.words import controls
from dashboard.scenes.reading import Understood, told
from dashboard.ui import stage, state
from dashboard.ui.captions import NOTHING, Group, redraw
from dashboard.ui.guard import callback
from dashboard.ui.language import t, texts

SEED = state.Number("seed", 0, 9_999, 1, 0)


def received() -> None:
    """The receiver's table: a text alone."""
    scene, side = stage.split(5, 3)
    with side:
        text = controls.text_area(150, t("message_words.received"))
        if text:
            st.button(
                t("message_words.again"),
                icon=":material/casino:",
                on_click=callback(lambda: state.roll(SEED)),
            )
    with scene:
        if not text:
            st.info(t("message_words.empty"))
            return
        drawn = controls.drawn(text, int(state.get(SEED)))
        group = Group(drawn.images, t("message_words.drawn"), t("message_words.drawn"))
        redraw("received", [group], NOTHING, t("message_words.said"), original=False)
    with side:
        controls.remarks(drawn)
        if facts := _understood(drawn.understood):
            st.markdown(f"**{t('message_words.understood')}** {' '.join(facts)}")


def _understood(understood: Understood) -> list[str]:
    """What a text tells of each subject and of the place, as badges."""
    told_of: dict[Kind | None, list[str]] = {
        kind: [t(f"message_words.kinds.{kind}")] for kind in understood.kinds
    }
    for question, answer in told(understood.row):
        kind, aspect = QUESTIONS[question].kind, QUESTIONS[question].aspect
        if word := texts("message_words.answers").get(f"{aspect}-{answer}"):
            told_of.setdefault(kind, []).append(word)
    return [f":green-badge[{' · '.join(words)}]" for words in told_of.values()]
