"""The front page's views, in the order in which the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.home import cost, figures
from dashboard.plots import CONFIG
from dashboard.ui import stage, state
from dashboard.ui.language import long_text, number, t, texts

LAYERS = state.Number("layers", 0, cost.MOST_LAYERS, 1, 2)
WIDTH = state.Level("width", cost.WIDTHS, 64)
HOURGLASS = (784, 256, 64, 16, 64, 256, 784)

Link = Callable[..., None]  # the shell's link to a page: slug, label, options

_SEEN = "home.measured"  # session key: sizes -> Timing of the networks of this visit
_POSSIBLE = sorted(
    {cost.parameters(cost.sizes(n, w)) for n in range(cost.MOST_LAYERS + 1) for w in cost.WIDTHS}
)
_EXTREMES = (cost.sizes(0, cost.WIDTHS[0]), cost.sizes(cost.MOST_LAYERS, cost.WIDTHS[-1]))
_READABLE = 900  # pixels: longer lines tire the eye
_GPT3 = 175e9  # parameters (Brown et al., 2020)


def invitation(link: Link) -> None:
    """For who has two minutes: a sentence, and a way to play at once."""
    stage.title(t("shell.pages.home.title"))
    with st.container(border=True):
        text, door = st.columns([4, 1], vertical_alignment="center")
        text.markdown(t("home.invitation.text"))
        with door:
            link("perceptron", f":primary[**{t('home.invitation.link')}**]", icon=":material/play_circle:")


@st.fragment
def network() -> None:
    """What deep learning is, and a network to which one adds layers and neurons."""
    st.header(t("home.network.header"), anchor="network", divider="gray")
    st.container(width=_READABLE).markdown(t("home.network.intro"))
    drawing, text = st.columns([3, 2], gap="large")
    with drawing:
        sizes = _controls()
        _draw(sizes)
        timing = _measure(sizes)
        _tiles(sizes, timing)
    with text:
        _comparisons(sizes, timing)
        st.markdown(long_text("home_network"))
    chart, reading = st.columns([3, 2], gap="large", vertical_alignment="center")
    with chart:
        _chart(sizes)
    with reading:
        st.markdown(t("home.chart.reading", n=len(st.session_state[_SEEN]), possible=len(_POSSIBLE)))
        st.info(t("home.words.depth"), icon=":material/balance:")


def _controls() -> cost.Sizes:
    left, right = st.columns(2)
    with left:
        layers = int(state.slider(LAYERS, t("home.network.layers"), help=t("home.network.layers_help")))
    with right:
        width = int(
            state.levels(
                WIDTH, t("home.network.width"), help=t("home.network.width_help"), disabled=not layers
            )
        )
    return cost.sizes(layers, width)


def _draw(sizes: cost.Sizes) -> None:
    hidden = len(sizes) - 2
    title = t("home.network.title", n=hidden) if hidden else t("home.network.title_none")
    st.markdown(f"**{title}**")
    st.plotly_chart(
        figures.network(sizes, texts("home.drawing"), number),
        config=CONFIG,
        alt=t("home.drawing.alt", shape=_shape(sizes), parameters=number(cost.parameters(sizes))),
    )
    st.caption(t("home.network.caption"))


def _shape(sizes: cost.Sizes) -> str:
    return " → ".join(number(n) for n in sizes)


@st.cache_data(max_entries=64, ttl=600, show_spinner=False)
def _timing(sizes: cost.Sizes) -> cost.Timing:
    return cost.time_step(sizes)


def _measure(sizes: cost.Sizes) -> cost.Timing:
    """The network's timing, kept for this visit; the two extremes frame the chart from the start."""
    seen = st.session_state.setdefault(_SEEN, {extreme: _timing(extreme) for extreme in _EXTREMES})
    seen[sizes] = _timing(sizes)
    return seen[sizes]


def _tiles(sizes: cost.Sizes, timing: cost.Timing) -> None:
    tiles = (
        ("parameters", number(cost.parameters(sizes))),
        ("multiplications", number(cost.multiplications(sizes))),
        ("step", _duration(timing.median)),
        ("epoch", _duration(timing.median * cost.steps_per_epoch())),
    )
    with st.container(horizontal=True):
        for name, value in tiles:
            st.metric(
                t(f"home.tiles.{name}"),
                value,
                border=True,
                help=t(f"home.tiles.{name}_help", repeats=timing.repeats),
            )
    st.caption(
        t(
            "home.tiles.noise",
            repeats=timing.repeats,
            fastest=_duration(timing.fastest),
            slowest=_duration(timing.slowest),
        )
    )


def _duration(seconds: float) -> str:
    """A duration with two significant digits, in the unit that suits it."""
    units = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "days": 86400.0}
    unit = next((u for u, size in reversed(units.items()) if seconds >= 1.5 * size), "ms")
    return t(f"home.durations.{unit}", value=number(float(f"{seconds / units[unit]:.2g}")))


def _chart(sizes: cost.Sizes) -> None:
    seen = {
        shape: figures.Measured(cost.parameters(shape), timing.median, _shape(shape))
        for shape, timing in st.session_state[_SEEN].items()
    }
    here = seen[sizes]
    st.markdown(f"**{t('home.chart.title')}**")
    st.plotly_chart(
        figures.costs(list(seen.values()), here, _POSSIBLE, texts("home.chart"), number),
        config=CONFIG,
        alt=t(
            "home.chart.alt", n=len(seen), parameters=number(here.parameters), time=_duration(here.seconds)
        ),
    )


def _comparisons(sizes: cost.Sizes, timing: cost.Timing) -> None:
    count, products = cost.parameters(sizes), cost.multiplications(sizes)
    smallest = cost.multiplications(_EXTREMES[0])
    facts = [
        t(
            "home.words.epoch",
            steps=number(cost.steps_per_epoch()),
            time=_duration(timing.median * cost.steps_per_epoch()),
        ),
        t("home.words.hand", time=_duration(float(products))),
        t("home.words.times", times=float(f"{products / smallest:.2g}"))
        if products > smallest
        else t("home.words.smallest"),
        t("home.words.gpt", times=float(f"{_GPT3 / count:.2g}")),
    ]
    st.markdown(f"**{t('home.words.title')}**")
    st.markdown("\n".join(f"- {fact}" for fact in facts))


def latent(link: Link) -> None:
    """A bottleneck squeezes an image into a few numbers."""
    st.header(t("home.latent.header"), anchor="latent", divider="gray")
    text, drawing = st.columns([2, 3], gap="large")
    with text:
        st.markdown(long_text("home_latent"))
        link("latent_space", t("home.latent.link"), icon=":material/hourglass:")
    with drawing:
        st.markdown(f"**{t('home.latent.title')}**")
        names = texts("home.drawing")
        figure = figures.network(HOURGLASS, names, number, rebuilds=True)
        st.plotly_chart(figure, config=CONFIG, alt=t("home.latent.alt"))
        st.caption(t("home.latent.caption"))


def analogy(link: Link) -> None:
    """Describe in 1000 characters, redraw from the words; the two trades have a page each."""
    st.header(t("home.analogy.header"), anchor="analogy", divider="gray")
    st.container(width=_READABLE).markdown(long_text("home_analogy"))
    trades = {"recognise": "image_recognition", "message": None, "generate": "image_generation"}
    for column, (name, slug) in zip(st.columns(3), trades.items(), strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{t(f'home.analogy.{name}_title')}**")
            st.markdown(t(f"home.analogy.{name}"))
            if slug:
                link(slug, t(f"home.analogy.{name}_link"), icon=":material/arrow_forward:")


def demonstrations(pages: Sequence[tuple[str, str]], link: Link) -> None:
    """A card for each demonstration; ``pages``: slugs and icons."""
    st.header(t("home.cards.header"), anchor="demonstrations", divider="gray")
    for first in range(0, len(pages), 3):
        columns = st.columns(min(3, len(pages)))
        for column, (slug, icon) in zip(columns, pages[first : first + 3], strict=False):
            with column.container(border=True, height="stretch"):
                link(slug, f"**{t(f'shell.pages.{slug}.title')}**", icon=icon)
                question = texts("home.questions").get(slug)
                if question:
                    st.markdown(f"*{question}*")
                st.markdown(t(f"shell.pages.{slug}.promise"))
