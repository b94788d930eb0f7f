"""The front page's views, in the order in which the page shows them."""

import base64
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard import palette
from dashboard.home import cost
from dashboard.home.drawn import digit, drawn, shown, told
from dashboard.languages import typeset
from dashboard.ui import first_picture, stage, state
from dashboard.ui.captions import OWN
from dashboard.ui.component import component
from dashboard.ui.guard import callback, guarded
from dashboard.ui.language import current, long_text, number, t, texts
from dashboard.ui.recent import kept

LAYERS = state.Number("layers", 0, cost.MOST_LAYERS, 1, 2)
WIDTH = state.Level("width", cost.WIDTHS, 64)
HOURGLASS = (784, 256, 64, 16, 64, 256, 784)
MOST_CHARACTERS = 1000

Link = Callable[..., None]  # the shell's link to a page: slug, label, options

_SECONDS = 6  # of a film
_SEEN = "home.measured"  # session key: sizes -> Timing of the networks of this visit
_EXTREMES = (cost.sizes(0, cost.WIDTHS[0]), cost.sizes(cost.MOST_LAYERS, cost.WIDTHS[-1]))
_POSSIBLE = sorted(
    {cost.parameters(cost.sizes(n, w)) for n in range(cost.MOST_LAYERS + 1) for w in cost.WIDTHS}
)
_READABLE = 900  # pixels: longer lines tire the eye
_DESCRIBED = "described"  # the drawing of the game
_IN_WORDS = {"view": "words", "game": "own"}  # in which the game opens the page of the message
_GPT3 = 175e9  # parameters (Brown et al., 2020)


def front(link: Link) -> None:
    """The first screen: a question, a line that learns and can be held, and the way in."""
    with st.container(key="front"):
        stage.title(t("shell.pages.home.title"))
        component("home_line", first_picture.BOX)(key="home_line", data=first_picture.payload(current()))
        link("perceptron", t("home.line.link"), icon=":material/arrow_forward:", icon_position="right")


def demonstrations(slugs: Sequence[str], link: Link) -> None:
    """A card for each demonstration: its film, which is a link, and its question."""
    with st.container(key="cards"):
        for slug in slugs:
            with st.container(key=f"card-{slug}"):
                film = component("home_film", '<canvas aria-hidden="true"></canvas>')
                film(key=f"film-{slug}", data={"src": f"app/static/films/{slug}.webp", "seconds": _SECONDS})
                link(slug, f"**{t(f'shell.pages.{slug}.name')}** {t(f'home.questions.{slug}')}")


@st.fragment
@guarded
def ideas(link: Link, slugs: Sequence[str]) -> None:
    """Layers and their price, the hourglass, the game of a thousand characters; then what one can read."""
    with st.container(key="ideas"):
        layers, hourglass, game = st.columns(3, gap="medium")
        with layers:
            st.header(t("home.network.header"), anchor=False)
        with hourglass:
            _hourglass(link)
        with game:
            _game(link, slugs)
    with st.expander(t("home.more"), key="home-more", on_change="rerun") as box:
        if box.open:
            _more(link)
    with layers:
        # What more there is obeys the same slider; while that is closed, a step draws the layers alone.
        (_layers if box.open else _layers_apart)()


@guarded
def _layers() -> None:
    sizes = _sizes()
    parameters = number(cost.parameters(sizes))
    payload = _way_through(sizes)
    _network("network", payload, t("home.network.alt", shape=_shape(sizes), parameters=parameters))
    state.slider(LAYERS, t("home.network.layers"), help=t("home.network.layers_help"))
    st.markdown(t("home.network.cost", parameters=parameters, epoch=_epoch(_timing(sizes))))


_layers_apart = st.fragment(_layers)


def _hourglass(link: Link) -> None:
    st.header(t("home.latent.header"), anchor=False)
    _network("hourglass", _squeezed(), t("home.latent.alt"))
    st.markdown(t("home.latent.caption"))
    link("latent_space", t("home.latent.link"), icon=":material/hourglass:")


def _game(link: Link, slugs: Sequence[str]) -> None:
    st.header(t("home.analogy.header"), anchor=False)
    st.markdown(t("home.analogy.task"))
    key = "home.message"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(OWN, "")
    with st.container(key="game"):
        st.html(f'<img src="app/static/films/{_DESCRIBED}.webp" alt="{t("home.analogy.picture")}">')
        st.text_area(
            t("home.analogy.label"),
            key=key,
            max_chars=MOST_CHARACTERS,
            height=140,
            placeholder=t("home.analogy.message"),
            label_visibility="collapsed",
            on_change=callback(lambda: st.session_state.update({OWN: st.session_state[key].strip()})),
        )
    text = typeset(told(current()), current())
    st.markdown(t("home.analogy.network", n=number(len(text), 0), text=text))
    if "message" in slugs:
        link("message", t("home.analogy.link"), icon=":material/mail:", params=_IN_WORDS)


def _more(link: Link) -> None:
    """Texts, what other networks cost, the two trades."""
    st.subheader(t("home.network.title"), anchor=False)
    text, costs = st.columns(2, gap="medium")
    with text:
        st.markdown(t("home.network.intro"))
        st.markdown(long_text("home_network"))
    with costs:
        _costs()
    st.subheader(t("home.latent.title"), anchor=False)
    st.container(width=_READABLE).markdown(long_text("home_latent"))
    st.subheader(t("home.analogy.title"), anchor=False)
    st.container(width=_READABLE).markdown(long_text("home_analogy"))
    trades = {"recognise": "image_recognition", "generate": "image_generation"}
    for column, (name, slug) in zip(st.columns(2, gap="medium"), trades.items(), strict=True):
        with column:
            st.markdown(f"**{t(f'home.analogy.{name}_title')}** {t(f'home.analogy.{name}')}")
            link(slug, t(f"home.analogy.{name}_link"), icon=":material/arrow_forward:")


def _sizes() -> cost.Sizes:
    return cost.sizes(int(state.get(LAYERS)), int(state.get(WIDTH)))


def _shape(sizes: cost.Sizes) -> str:
    return " → ".join(number(n) for n in sizes)


def _network(key: str, payload: dict[str, Any], alt: str) -> None:
    picture = component("home_network", '<canvas role="img"></canvas>')
    picture(key=f"home_{key}", data={"alt": alt, "colours": palette.SIGNS, **payload})


@kept(64)
def _way_through(sizes: cost.Sizes) -> dict[str, Any]:
    """A digit's way through the network, as `home_network.js` draws it."""
    image = digit().image
    way = drawn(sizes, image)
    return {
        "columns": _columns(sizes, way.values),
        "weights": [matrix.round(2).tolist() for matrix in way.weights],
        "images": [_bytes(image)],
        "answers": way.answers.round(3).tolist(),
    }


@cache
def _squeezed() -> dict[str, Any]:
    """The hourglass: its ends and its middle hold true numbers, the layers between are a sketch."""
    squeezed = digit()
    rng = np.random.default_rng(0)
    counts = [shown(n) for n in HOURGLASS]
    values = [np.full(count, 0.5) for count in counts]
    for place, numbers in ((0, squeezed.image), (3, np.abs(squeezed.code)), (-1, squeezed.rebuilt)):
        middle = numbers.ravel()[numbers.size // 4 : -numbers.size // 4 or None]
        chosen = middle[np.linspace(0, middle.size - 1, counts[place]).astype(int)]
        values[place] = chosen / max(float(chosen.max()), 1e-6)
    return {
        "columns": _columns(HOURGLASS, values),
        "weights": [rng.uniform(-1, 1, pair).round(2).tolist() for pair in pairwise(counts)],
        "images": [_bytes(squeezed.image), _bytes(squeezed.rebuilt)],
        "answers": None,
    }


def _columns(sizes: cost.Sizes, values: Sequence[NDArray[np.floating]]) -> list[dict[str, Any]]:
    return [
        {"count": number(n), "whole": len(row) == n, "values": row.round(2).tolist()}
        for n, row in zip(sizes, values, strict=True)
    ]


def _bytes(image: NDArray[np.uint8]) -> str:
    return base64.b64encode(image.tobytes()).decode()


# ---------------------------------------------------------------- what networks cost


@st.cache_data(max_entries=64, ttl=600, show_spinner=False)
def _timing(sizes: cost.Sizes) -> cost.Timing:
    return cost.time_step(sizes)


def _epoch(timing: cost.Timing) -> str:
    return _duration(timing.median * cost.steps_per_epoch())


def _duration(seconds: float) -> str:
    """A duration with two significant digits, in the unit that suits it."""
    units = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "days": 86400.0}
    unit = next((u for u, size in reversed(units.items()) if seconds >= 1.5 * size), "ms")
    return t(f"home.durations.{unit}", value=number(float(f"{seconds / units[unit]:.2g}")))


def _costs() -> None:
    """The chosen network among those that this visit has measured, in a chart and in words."""
    from dashboard.home import figures  # Plotly takes long to load, and only this needs it

    state.levels(
        WIDTH, t("home.network.width"), help=t("home.network.width_help"), disabled=not state.get(LAYERS)
    )
    sizes = _sizes()
    seen = st.session_state.setdefault(_SEEN, {extreme: _timing(extreme) for extreme in _EXTREMES})
    seen[sizes] = timing = _timing(sizes)
    measured = {
        shape: figures.Measured(cost.parameters(shape), of.median, _shape(shape))
        for shape, of in seen.items()
    }
    here = measured[sizes]
    st.markdown(f"**{t('home.chart.title')}**")
    stage.chart(
        figures.costs(list(measured.values()), here, _POSSIBLE, texts("home.chart"), number),
        t(
            "home.chart.alt",
            n=len(measured),
            parameters=number(here.parameters),
            time=_duration(here.seconds),
        ),
    )
    st.markdown("\n".join(f"- {fact}" for fact in _facts(sizes, timing)))


def _facts(sizes: cost.Sizes, timing: cost.Timing) -> list[str]:
    products, smallest = cost.multiplications(sizes), cost.multiplications(_EXTREMES[0])
    return [
        t(
            "home.words.step",
            time=_duration(timing.median),
            fastest=_duration(timing.fastest),
            slowest=_duration(timing.slowest),
            repeats=timing.repeats,
        ),
        t("home.words.epoch", steps=number(cost.steps_per_epoch()), time=_epoch(timing)),
        t(
            "home.words.hand",
            time=_duration(float(products)),
            times=number(cost.training_multiplications(sizes) / products, 1),
        ),
        t("home.words.times", times=float(f"{products / smallest:.2g}"))
        if products > smallest
        else t("home.words.smallest"),
        t("home.words.gpt", times=float(f"{_GPT3 / cost.parameters(sizes):.2g}")),
        t("home.words.depth"),
    ]
