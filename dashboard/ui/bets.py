"""A bet before the main result of a view, and three sentences to keep after it.

The bet stands where the introduction would: a question and its guesses, one of which skips it. Until it is
made or skipped, what `result` holds and the charts of components are blurred. The texts are
`bets.<page>.<view>`. Bets are in the address; ``hide=bet`` leaves them out.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ui import stage, state, understand
from dashboard.ui.guard import callback
from dashboard.ui.language import t, texts

SKIPPED = "skip"
# Which guess is right, of the bets whose answer does not depend on what is on the page.
RIGHT = {
    "perceptron.learn": "b",
    "perceptron.hand": "c",
    "perceptron.compare": "b",
    "neural_network.points": "c",
    "neural_network.bend": "a",
    "neural_network.landscape": "b",
    "neural_network.digits": "b",
    "latent_space.bottleneck": "a",
    "latent_space.hourglass": "b",
    "latent_space.map": "a",
    "latent_space.deceive": "b",
    "latent_space.walk": "b",
    "latent_space.train": "a",
    "message.signs": "b",
    "message.words": "b",
    "image_recognition.layers": "a",
    "image_recognition.why": "b",
    "image_recognition.robustness": "b",
    "image_recognition.own": "a",
    "image_recognition.describe": "b",
    "image_generation.mix": "b",
    "image_generation.field": "a",
    "image_generation.world": "b",
    "latent_space.scenes": "b",
    "image_generation.measure": "b",
}


def _decoded(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(part.split("-")) for part in text.split(".")[:20]]
    if not all(len(pair) == 2 for pair in pairs):
        raise ValueError(f"no bets: {text!r}")
    return tuple((view, guess) for view, guess in pairs)


BETS = state.Encoded("bet", _decoded, lambda made: ".".join(f"{view}-{guess}" for view, guess in made), ())
"""The guess of each view on which the visitor has bet."""


@dataclass(frozen=True)
class Bet:
    """The bet of a view. ``guess``: the slug of the visitor's, None while it is to be made; ``place``: where
    the view is to tell the outcome, None if that is done, or the bet has been skipped or is to be made."""

    name: str
    guess: str | None
    place: DeltaGenerator | None = None

    def settle(self, right: str | None) -> None:
        """Tell which guess is right, if that is still to be told; None if nobody can know."""
        if self.place is None or self.guess is None:
            return
        guesses = texts(f"bets.{self.name}.guesses")
        parts = [t("bets.yours", guess=guesses[self.guess])]
        if right is not None:
            same = right == self.guess
            parts.append(t("bets.right") if same else t("bets.other", answer=guesses[right]))
        self.place.markdown(f":material/casino: {' '.join(parts)}")

    def keep(self) -> None:
        """The three sentences and what explains the view, once the bet has been made or skipped."""
        if self.guess is None:
            return
        with st.container(key="keep"):
            st.markdown(f"**{t('bets.keep')}**")
            st.markdown("\n".join(f"- {line}" for line in texts(f"bets.{self.name}.keep")))
        understand.card(*self.name.split("."))


def ask(page: str, view: str, lead: str, offered: bool = True) -> Bet:
    """The bet of a view, where its introduction stands.

    Args:
        lead: the introduction, for who skips the bet, and for a view that has none.
        offered: whether there is something to bet on; else it counts as skipped.
    """
    name = f"{page}.{view}"
    text = texts(f"bets.{page}").get(view)
    if text is None:
        stage.lead(lead)
        return Bet(name, None)
    state.seen()[BETS.param] = t("bets.title")
    guess = dict(state.get(BETS)).get(view)
    if not offered or BETS.param in state.hidden() or guess == SKIPPED:
        stage.lead(lead)
        return Bet(name, SKIPPED)
    if guess in text["guesses"]:
        with st.container(key="lead"):
            # Not `st.empty`, into which no fragment but its own may write once the bet is made.
            bet = Bet(name, guess, st.container())
        if name not in RIGHT:
            return bet  # which the view settles
        bet.settle(RIGHT[name])
        return Bet(name, guess)
    with st.container(key="bet", horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/casino: **{t('bets.first')}** {text['question']}")
        with st.container(key="guesses", horizontal=True):
            for slug, label in {**text["guesses"], SKIPPED: t("bets.skip")}.items():
                st.button(
                    label,
                    key=f"bet-{slug}",
                    type="tertiary" if slug == SKIPPED else "secondary",
                    on_click=callback(_make),
                    args=(view, slug),
                )
    return Bet(name, None)


def result(name: str = "main") -> DeltaGenerator:
    """A place for what must not be read before the bet."""
    return st.container(key=f"result-{name}")


def _make(view: str, guess: str) -> None:
    state.put(BETS, tuple({**dict(state.get(BETS)), view: guess}.items()))
