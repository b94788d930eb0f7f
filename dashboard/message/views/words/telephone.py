"""The telephone game: ten times image to text to image, as a film, after a bet."""

import numpy as np
import streamlit as st

from dashboard.datasets.scenes.grammar import LanguageName
from dashboard.message import composing
from dashboard.message.views.words import controls
from dashboard.pool import Progress, Stopped
from dashboard.scenes import keeping
from dashboard.ui import captions, stage
from dashboard.ui.heavy import heavy
from dashboard.ui.language import t, texts
from dashboard.ui.recent import Recent

ROUNDS = 10
_BETS = 5  # to choose from
_kept: Recent[list[keeping.Round]] = Recent(128)


def telephone() -> None:
    """The game under the chosen limit."""
    scene, side = stage.split(5, 3)
    with side:
        given = controls.given()
        limit = controls.limit()
        st.caption(t("message_words.telephone_note"))
    with scene:
        rounds = _rounds(given.slug, limit, controls.spoken())
        total = len(keeping.sayable(given.scene))
        captions.telephone(
            "telephone",
            [captions.Turn(one.image, one.text, int(one.shown.sum())) for one in rounds],
            total,
            [round(total * share) for share in np.linspace(0, 1, _BETS)],
            f"{given.slug} {limit} {controls.spoken()}",
            texts("message_words.telephone"),
        )


def _rounds(slug: str, limit: int, language: LanguageName) -> list[keeping.Round]:
    def work(progress: Progress) -> list[keeping.Round]:
        rounds: list[keeping.Round] = []
        scene, image = composing.read(slug), composing.picture(slug)
        for one in keeping.telephone(scene, image, limit, language, ROUNDS):
            rounds.append(one)
            if not progress(min(1.0, len(rounds) / ROUNDS)):
                raise Stopped
        return rounds

    return heavy(_kept, ("telephone", slug, limit, language), work, name="telephone")
