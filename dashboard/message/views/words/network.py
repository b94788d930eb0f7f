"""One network describes a scene under a limit, the other draws from the text alone: what was kept?"""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.codec.receiver import receive
from dashboard.codec.sender import SHORTEST, encode
from dashboard.datasets.scenes.grammar import LanguageName
from dashboard.message import composing, figures
from dashboard.message.views.words import controls
from dashboard.pool import Progress, Stopped
from dashboard.scenes import keeping
from dashboard.ui import stage
from dashboard.ui.captions import Caption, Group
from dashboard.ui.guard import callback
from dashboard.ui.heavy import heavy
from dashboard.ui.language import current, number, t, texts
from dashboard.ui.recent import Recent

BETS = (20, 40, 60, 100, 200)  # characters
_BET = "message.words.bets"  # session key: address of a scene -> characters

Curve = tuple[NDArray[np.int_], NDArray[np.float64]]
_curves: Recent[Curve] = Recent(128)


def network() -> None:
    """The game between the networks."""
    scene, side = stage.split(5, 3)
    with side:
        given = controls.given()
        limit = controls.limit()
    with scene:
        told = controls.described(given.slug, limit, controls.spoken())
        drawn = controls.drawn(told.text)
        signs = _signs(given.slug, max(len(told.text), SHORTEST))
        title = t("message_words.signs", n=number(len(told.text), 0))
        controls.passage(
            given,
            drawn,
            Caption([piece.text for piece in told.pieces], told.seen),
            t("message_words.drawn"),
            (Group(signs[None], title, title),),
        )
        if not told.text:
            st.info(t("recognition_describe.short", limit=number(limit, 0)))
    with side:
        _bet(given)
    controls.fates(given.scene, drawn)


@st.cache_data(max_entries=256, show_spinner=False)
def _signs(slug: str, characters: int) -> NDArray[np.uint8]:
    """The same image by the codec in as many characters: (64, 64, 3)."""
    image = Image.fromarray(composing.picture(slug))
    return np.asarray(receive(encode(image, characters)).image)


def _curve(slug: str, language: LanguageName) -> Curve:
    def work(progress: Progress) -> Curve:
        def told(share: float) -> None:
            if not progress(share):
                raise Stopped

        return keeping.curve(composing.read(slug), composing.picture(slug), language, progress=told)

    return heavy(_curves, ("kept facts", slug, language), work, name="curve")


def _bet(given: controls.Given) -> None:
    """How many characters for half of the facts? Then the curve of what is kept."""
    bets = st.session_state.setdefault(_BET, {})
    if given.slug not in bets:
        st.markdown(t("message_words.bet"))
        with st.container(horizontal=True):
            for count in BETS:
                st.button(
                    number(count, 0),
                    key=f"bet {count}",
                    on_click=callback(lambda chosen=count: bets.update({given.slug: chosen})),
                )
        return
    told, drawn = _curve(given.slug, controls.spoken())
    total = len(keeping.sayable(given.scene))
    half = next((n for n, count in zip(keeping.CURVE, told, strict=True) if 2 * count >= total), None)
    st.markdown(
        t("message_words.won", bet=number(bets[given.slug], 0), half=number(half, 0))
        if half
        else t("message_words.never", bet=number(bets[given.slug], 0))
    )
    stage.chart(
        figures.curve(
            keeping.CURVE, told.tolist(), drawn.tolist(), total, texts("message_words.curve"), current()
        ),
        t("message_words.curve_alt", total=total, first=int(told[0]), last=int(told[-1])),
    )
