"""What runs for each visitor: pages, navigation, language, sharing, warm-up, the frame of every page."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.formparsers import MultiPartParser

from dashboard import images, palette
from dashboard.languages import LANGUAGES
from dashboard.ui import (
    address,
    first_picture,
    kiosk,
    language,
    overhead,
    queue,
    share,
    state,
    turns,
    understand,
)
from dashboard.ui.guard import callback, guard
from dashboard.ui.interrupt import end_run
from dashboard.ui.language import t
from dashboard.ui.visit import visit
from dashboard.ui.warm import give_back_memory, warm_up

ROOT = Path(__file__).parents[1]

# A visitor's file never goes to disk, where the server would put it while it comes, beyond one megabyte.
MultiPartParser.spool_max_size = (images.MAX_MEGABYTES + 1) * 2**20


@dataclass(frozen=True)
class Page:
    """A page of the exhibition; its URL is the stem of its script."""

    slug: str
    icon: str
    sections: tuple[str, ...] = ()  # which texts follow the demonstration
    heavy: tuple[str, ...] = ()  # modules to load before the first visitor is served
    next_state: Mapping[str, str] = field(default_factory=dict)  # in which it opens the page after it

    @property
    def script(self) -> Path:
        return ROOT / "pages" / f"{self.slug}.py"


DEMONSTRATION = ("understand", "limits", "code")
PAGES = (
    Page("home", ":material/home:"),
    Page(
        "perceptron",
        ":material/line_end_circle:",
        DEMONSTRATION,
        ("dashboard.perceptron.views",),
        {"mission": "xor", "data": "xor", "net": "0"},
    ),
    Page(
        "neural_network",
        ":material/hub:",
        DEMONSTRATION,
        ("dashboard.network.views",),
        {"view": "bottleneck"},
    ),
    Page("latent_space", ":material/hourglass:", DEMONSTRATION, ("dashboard.latent.views",)),
    Page("message", ":material/mail:", DEMONSTRATION, ("dashboard.message.views",)),
    Page("image_recognition", ":material/image_search:", DEMONSTRATION, ("dashboard.recognition.views",)),
    Page("image_generation", ":material/brush:", DEMONSTRATION, ("dashboard.generation.views",)),
    Page("about", ":material/info:", heavy=("dashboard.about.views",)),
)

_STYLE = (ROOT / "dashboard" / "ui" / "frame.css").read_text(encoding="utf-8")
# White on the dark theme's light blue cannot be read; disabled, the button keeps its words. On paper, what a
# component draws in light ink without a ground is turned round.
_DARK = """
[data-testid=stBaseButton-primary] { color: #11161d !important }
[data-testid=stBaseButton-primary]:disabled { color: #e8edf3 !important }
:root { --paper: invert(1) hue-rotate(180deg) }"""
_TOLD = "notice"  # session key: slugs of the page and of the text
_SEEN = "visited"  # session key: slugs of the pages of this visit
_SWITCH = "language_switch"  # session key of the widget
_LINKS = "links"  # session key: slug -> Streamlit's page; fragments, which run alone, need them too

_run = threading.local()
queue.keep_fragments_whole()
overhead.spare()
turns.take_turns()
give_back_memory()


def main(wanted: str | None = None) -> None:
    """Draw the frame and run the page that the address names, or the ``wanted`` one."""
    address.mend()
    language.choose()
    kiosk.begin()
    st.set_page_config(page_icon=str(ROOT / "dashboard" / "ui" / "icon.png"), layout="wide")
    with guard("the frame"):
        _run_page(wanted)


def _run_page(wanted: str | None) -> None:
    links = st.session_state[_LINKS] = {page.slug: _streamlit_page(page) for page in PAGES}
    chosen = st.navigation([*links.values(), _front_door_alias()], position="top")
    if wanted and chosen is not links[wanted]:
        st.switch_page(links[wanted], query_params=st.query_params.to_dict())
    _run.inside = True
    try:
        chosen.run()
    finally:
        _run.inside = False


def enter(slug: str) -> None:
    """Page guard, the first call of every script in ``pages/``, with the page's own slug.

    Beside ``st.navigation`` Streamlit may still take a cold deep link for a page of its own and run the
    script alone, without the frame (tests may too); then the frame is run here, with that page in it.
    """
    if not getattr(_run, "inside", False):
        main(slug)
        end_run()


@contextmanager
def page(slug: str) -> Iterator[None]:
    """The frame of a page: tools above what the ``with`` block draws, texts and the way on below it."""
    entry = next(page for page in PAGES if page.slug == slug)
    state.begin_page(slug)
    visit()  # begins with its first page
    st.session_state.setdefault(_SEEN, set()).add(slug)
    warm_up(*entry.heavy)
    dark = st.context.theme.type == "dark"
    given = {**palette.FRAME["dark" if dark else "light"], "--languages": str(len(LANGUAGES))}
    st.html(f"<style>:root {{ {first_picture.declared(given)} }}\n{_STYLE}{_DARK if dark else ''}</style>")
    tools = st.container(key="tools", horizontal=True, vertical_alignment="center", width="content")
    with tools:
        _language_switch()  # needs nothing of the page, and is there before it
    with guard(slug):
        yield
    with tools:
        if kiosk.seconds() is None:
            share.teacher_menu()
        if share.copy_link() and kiosk.seconds() is None:
            _tell(slug, "lost")
    if st.query_params.pop(address.UNKNOWN, None) is not None:
        _tell(slug, "unknown")
    _say(slug)
    kiosk.watch(front=entry is PAGES[0])
    _way_on(entry)
    _texts(entry)


def _tell(page: str, text: str) -> None:
    """From now on this page says the text ``shell.notices.<text>`` until it is dismissed or left:
    a toast would go with the next run, before it is read."""
    st.session_state[_TOLD] = (page, text)


def _say(page: str) -> None:
    """What there is to say on this page."""
    told = st.session_state.get(_TOLD)
    if told is None or told[0] != page:
        _forget()
        return
    with st.container(key="notice", horizontal=True, vertical_alignment="center"):
        st.info(t(f"shell.notices.{told[1]}"), icon=":material/info:")
        st.button(t("shell.close"), on_click=callback(_forget))


def _forget() -> None:
    st.session_state.pop(_TOLD, None)


@st.fragment
def _texts(entry: Page) -> None:
    """What follows the demonstration, each text fetched when it is opened."""
    for section in entry.sections:
        label = t(f"shell.sections.{section}")
        with st.expander(label, key=f"{entry.slug}-{section}", on_change="rerun") as box:
            if not box.open:
                continue
            if section == "code":
                st.markdown(t("shell.code_intro"))
                st.code(language.code(entry.slug), language="python", wrap_lines=True)
            elif section == "understand":
                understand.whole(entry.slug)
            else:
                st.markdown(language.long_text(f"{entry.slug}_{section}"))


def _streamlit_page(entry: Page) -> st.Page:
    return st.Page(
        entry.script,
        title=t(f"shell.pages.{entry.slug}.name"),
        icon=entry.icon,
        default=entry is PAGES[0],
        url_path="start" if entry is PAGES[0] else entry.slug,
    )


def _front_door_alias() -> st.Page:
    """The front page is served at the root; its own name leads there too."""

    def go() -> None:
        st.switch_page(st.session_state[_LINKS][PAGES[0].slug], query_params=st.query_params.to_dict())

    return st.Page(
        go, title=t(f"shell.pages.{PAGES[0].slug}.name"), url_path=PAGES[0].slug, visibility="hidden"
    )


def _language_switch() -> None:
    # The widget's key lives as long as its page; the language, as long as the visit.
    st.session_state[_SWITCH] = language.current()
    st.segmented_control(
        t("shell.language"),
        list(LANGUAGES),
        format_func=lambda code: LANGUAGES[code].name,
        required=True,
        key=_SWITCH,
        on_change=callback(lambda: language.choose(st.session_state[_SWITCH])),
        label_visibility="collapsed",
    )


def _way_on(entry: Page) -> None:
    """Where the visit stands in the order of the pages, and the question that opens the next page."""
    here = PAGES.index(entry)
    with st.container(
        key="road", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        if here > 0:
            link(PAGES[here - 1].slug, icon=":material/arrow_back:")
        st.html(_dots(entry))
        if here + 1 < len(PAGES):
            onward(entry.slug)


def onward(slug: str) -> None:
    """The link from a page to the one after it, by its question and in the state that shows it."""
    here = next(k for k, page in enumerate(PAGES) if page.slug == slug)
    link(
        PAGES[here + 1].slug,
        t(f"shell.road.{slug}"),
        icon=":material/arrow_forward:",
        icon_position="right",
        params=PAGES[here].next_state,
    )


def _dots(here: Page) -> str:
    """A row of dots, one a demonstration: those of the visit are filled, the one that is open is larger."""
    items = "".join(
        f'<li class="{"seen" if page.slug in st.session_state[_SEEN] else ""}" '
        f'title="{escape(t(f"shell.pages.{page.slug}.name"))}"'
        f"{' aria-current=page' if page is here else ''}></li>"
        for page in PAGES
        if page.sections
    )
    return f'<ol class="dots" aria-label="{escape(t("shell.dots"))}">{items}</ol>'


def link(
    slug: str, label: str | None = None, params: Mapping[str, str] | None = None, **options: Any
) -> None:
    """A link to a page, by its name or another label, that keeps the language; ``params``: the state in which
    the page opens."""
    st.page_link(
        st.session_state[_LINKS][slug],
        label=label or t(f"shell.pages.{slug}.name"),
        query_params={"lang": language.current(), **kiosk.address(), **(params or {})},
        **options,
    )
