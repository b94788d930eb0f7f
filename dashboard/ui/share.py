"""Sharing a state: the link, and what a teacher hides behind it."""

import tomllib
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.languages import LANGUAGES
from dashboard.ui import state
from dashboard.ui.component import component
from dashboard.ui.guard import callback
from dashboard.ui.language import current, t, texts, texts_in
from dashboard.ui.visit import visit

_HTML = """<div class="link"><button type="button">
<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2"/>
<path d="M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"/></svg>
<span></span></button><div role="status"></div></div>"""
_TEACHER = "teacher"
_CUT = "cut"  # session key: the visit whose loss was told last


@cache
def _streamlits_own() -> dict[str, str]:
    """Streamlit's own words, in English, whatever the page's language."""
    return tomllib.loads(Path(__file__).with_name("streamlit.toml").read_text(encoding="utf-8"))


def copy_link() -> bool:
    """A button that copies the address, which holds the state of the page.

    Returns:
        Whether the connection was cut, and what the server held of the visit is lost with it; said once.
    """
    spoken = [_streamlits_own(), *(texts_in("streamlit", language) for language in LANGUAGES)]
    reasons = [texts_in("shell", language)["camera"] for language in LANGUAGES]
    asking = [*(forms["camera"] for forms in spoken), *(text for each in reasons for text in each.values())]
    tools = component("link", _HTML)(
        key="copy_link",
        on_cut_change=callback(lambda: None),  # without it there is no such value before the first cut
        data={
            "lang": current(),
            "visit": visit(),
            "label": t("shell.link.copy"),
            "copied": t("shell.link.copied"),
            "files": texts("shell.files"),
            "words": [
                {"forms": asking if slug == "camera" else [forms[slug] for forms in spoken], "wanted": wanted}
                for slug, wanted in texts_in("streamlit", current()).items()
            ],
            # In the place of the sentence by which Streamlit's camera asks.
            "camera": {why: {"forms": asking, "wanted": said} for why, said in texts("shell.camera").items()},
        },
        width="content",
    )
    # A state of the component's, and no trigger: a run that is given up for the next would lose it.
    lost = tools.cut not in (None, visit(), st.session_state.get(_CUT))
    if lost:
        st.session_state[_CUT] = tools.cut
    return lost


def teacher_menu() -> None:
    """A menu in which a teacher chooses the controls that the shared link hides."""
    controls = state.seen()
    if not controls or _TEACHER in state.hidden():
        return
    with st.popover(t("shell.teacher.name"), icon=":material/school:"):
        st.markdown(t("shell.teacher.intro"))
        key = f"{st.session_state['page']}.hide_menu"
        names = {**controls, _TEACHER: t("shell.teacher.self")}
        st.session_state[key] = [param for param in names if param in state.hidden()]
        st.pills(
            t("shell.teacher.hide"),
            list(names),
            selection_mode="multi",
            format_func=names.__getitem__,
            key=key,
            on_change=callback(lambda: state.hide(st.session_state[key])),
        )
        st.caption(t("shell.teacher.back"))
