"""The URL is the state: the one mechanism by which a control and a query parameter hold the same value.

A control is declared once, as data (``control.py``). On entering a page its value comes from the URL, else
from what this visit had chosen there, else from its default. Values other than the default are written to the
URL, so that the address bar can be shared at any time. Streamlit's own ``bind`` is not used because it writes
translated labels into the URL; its ``persist_state`` is not, because on the first run of a page a restored
widget may read as ``None``. Values are kept under a session key that no widget owns: they outlive their page.

The controls of a page's settings are one mapping from field to control: the page's values, the URL, a
mission's preset and the limits all come from it.

``?hide=rate,noise`` hides these controls: a teacher fixes them for the class.
"""

import math
import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.ui import address
from dashboard.ui.control import Choice, Control, Encoded, Level, Number
from dashboard.ui.guard import callback
from dashboard.ui.language import number

_PAGE = "page"  # session key: slug of the page being drawn
_VIEW = "view"  # session key: the page and its view that were drawn last
_SEEN = "controls"  # session key: parameters and labels of the controls of that page
_KEPT = "values"  # session key: the value of every control of the visit, by key

# Where this run of a script stands: whether controls are drawn, how many a teacher has left so far; whose run
# it is, and what every control would ask the session for: the page, and the values.
_drawing = threading.local()


def begin_page(slug: str) -> None:
    """Called by the shell before a page draws its controls."""
    if st.session_state.get(_PAGE) != slug:
        _enter(slug)
    st.session_state[_PAGE] = slug
    st.session_state[_SEEN] = {}
    _drawing.visit = None


def _enter(slug: str) -> None:
    """Forget the widgets of the page before, and the values of this page that its address now names."""
    kept = _kept()
    for name in list(kept):
        st.session_state.pop(name, None)
        page, _, param = name.partition(".")
        if page == slug and param in st.query_params:
            del kept[name]


def begin_view(views: Control) -> None:
    """The widgets of a view start from the values of the visit; once its switch is drawn, before they are.

    Streamlit keeps the state of a widget that stood in a fragment of a view that has gone. When another view
    draws the widget again, it does not tell the browser, which has dropped it: nothing would be chosen.
    """
    slug, kept = _here()
    now = (slug, get(views))
    if st.session_state.get(_VIEW) == now:
        return
    st.session_state[_VIEW] = now
    for name in [name for name in kept if name.startswith(f"{slug}.") and name != key(views)]:
        chosen = st.session_state.pop(name, None)
        if chosen is not None:
            kept[name] = chosen


def _here() -> tuple[str, dict[str, Any]]:
    """The slug of the page that is being drawn, and the values of every control of the visit."""
    visit = get_script_run_ctx(suppress_warning=True)
    if visit is None or getattr(_drawing, "visit", None) is not visit:
        _drawing.visit = visit
        _drawing.here = (st.session_state.get(_PAGE, ""), st.session_state.setdefault(_KEPT, {}))
    here: tuple[str, dict[str, Any]] = _drawing.here
    return here


def _kept() -> dict[str, Any]:
    return _here()[1]


def key(control: Control) -> str:
    """The control's key in the session, for widgets and tests."""
    return f"{_here()[0]}.{control.param}"


def get(control: Control) -> Any:
    """The control's value, and the URL brought in line with it."""
    name, kept = key(control), _kept()
    # Its widget's, newer than what was kept; None where the widget was left and comes back.
    chosen = st.session_state.get(name)
    if chosen is not None:
        kept[name] = chosen
    elif name not in kept:
        kept[name] = read(control, st.query_params.get(control.param))
    _write(control, kept[name])
    return kept[name]


def read(control: Control, text: str | None) -> Any:
    """The value that the text of an address means, the default if none can be made out."""
    for reading in address.readings(text or ""):
        value = control.parse(reading)
        if value != control.default:
            return value
    return control.default


def put(control: Control, value: Any) -> None:
    """Give a control a value. For a control that has a widget: from a callback only."""
    st.session_state[key(control)] = _kept()[key(control)] = value
    _write(control, value)


def opens(control: Control, value: Any) -> None:
    """Begin with this value where neither the address nor the visit has chosen one; before it is drawn."""
    if key(control) not in _kept() and control.param not in st.query_params:
        _kept()[key(control)] = value


def reset(*controls: Control) -> None:
    """Give controls their defaults back, from a callback."""
    for control in controls:
        put(control, control.default)


def roll(*controls: Number) -> None:
    """Give each control another value of its range, drawn by chance; from a callback."""
    for control in controls:
        now, steps = get(control), round((control.high - control.low) / control.step)
        places = [control.low + k * control.step for k in range(steps + 1)]
        value = random.choice([place for place in places if not math.isclose(place, now, abs_tol=1e-9)])
        put(control, control.parse(control.format(value)))


def values(controls: Mapping[str, Control]) -> dict[str, Any]:
    """The values by field, to make the settings of."""
    return {field: get(control) for field, control in controls.items()}


def preset(controls: Mapping[str, Control], settings: Any) -> None:
    """Set a page as these settings say, from a callback."""
    for field, control in controls.items():
        put(control, getattr(settings, field))


def _write(control: Control, value: Any) -> None:
    text = None if value == control.default else control.format(value)
    if st.query_params.get(control.param) == text:
        return
    if text is None:
        del st.query_params[control.param]
    else:
        st.query_params[control.param] = text


# ---------------------------------------------------------------- hiding

_HIDE = Encoded("hide", lambda text: tuple(text.split(",")[:40]), ",".join, ())


def hidden() -> tuple[str, ...]:
    """The parameters that this visit does not show."""
    return get(_HIDE)


def hide(params: Sequence[str]) -> None:
    """Hide these controls from now on; from a callback."""
    put(_HIDE, tuple(params))


def seen() -> dict[str, str]:
    """Parameter and label of every control that the page has drawn or hidden so far."""
    return st.session_state[_SEEN]


@contextmanager
def drawn(visible: bool) -> Iterator[Callable[[], bool]]:
    """Controls in the ``with`` block hold their values, and are drawn only if ``visible``; gives a function
    that says whether a teacher has left any of them."""
    before, first = getattr(_drawing, "visible", True), getattr(_drawing, "left", 0)
    _drawing.visible = before and visible
    try:
        yield lambda: getattr(_drawing, "left", 0) > first
    finally:
        _drawing.visible = before


def shown(control: Control, label: str) -> bool:
    """Whether to draw a control here, which a teacher may hide from now on."""
    get(control)
    return _visible(control, label)


def _visible(control: Control, label: str) -> bool:
    st.session_state.setdefault(_SEEN, {})[control.param] = label
    name, kept = key(_HIDE), _kept()
    if control.param in (kept[name] if name in kept else hidden()):
        return False
    _drawing.left = getattr(_drawing, "left", 0) + 1
    return bool(getattr(_drawing, "visible", True))


# ---------------------------------------------------------------- widgets


def segmented(control: Choice, label: str, names: dict[str, str], **options: Any) -> str:
    """A row of buttons, one of which is down. ``names`` gives each slug its label."""
    options = {"format_func": names.__getitem__, "required": True, "wrap": True, **options}
    return _draw(st.segmented_control, control, label, control.options, **options)


def select(control: Choice, label: str, names: dict[str, str], **options: Any) -> str:
    """A list to choose from. ``names`` gives each slug its label."""
    return _draw(st.selectbox, control, label, control.options, format_func=names.__getitem__, **options)


def slider(control: Number, label: str, **options: Any) -> float:
    """A slider over the control's range."""
    options = {"step": control.step, "format": "localized", **options}
    return _draw(st.slider, control, label, control.low, control.high, **options)


def levels(control: Level, label: str, **options: Any) -> float:
    """A slider over the control's list of numbers."""
    return _draw(st.select_slider, control, label, control.options, format_func=_level, **options)


def _level(value: float) -> str:
    return number(value, 6)


def _draw(widget: Callable[..., Any], control: Control, label: str, *args: Any, **options: Any) -> Any:
    """A Streamlit widget that holds the control's value, unless a teacher hides it; the value."""
    value = get(control)
    if not _visible(control, label):
        return value
    name = key(control)
    if st.session_state.get(name) is None:
        st.session_state[name] = value
    widget(label, *args, key=name, **options)
    return get(control)


def pills(control: Encoded, label: str, names: dict[str, str], **options: Any) -> tuple[str, ...]:
    """Buttons of which one or more are down; the last one stays down. The value is a tuple of slugs."""
    if shown(control, label):
        widget = f"{key(control)}.pills"
        st.session_state[widget] = list(get(control))

        def change() -> None:
            chosen = tuple(slug for slug in names if slug in st.session_state[widget])
            put(control, chosen or get(control))

        st.pills(
            label,
            list(names),
            selection_mode="multi",
            format_func=names.__getitem__,
            key=widget,
            on_change=callback(change),
            **options,
        )
    return get(control)


def text(control: Encoded, label: str, wrong: str, **options: Any) -> Any:
    """A line in which the value is typed in its URL form; ``wrong`` says what was expected, and the value
    before is kept."""
    if shown(control, label):
        widget = f"{key(control)}.text"
        st.session_state[widget] = control.format(get(control))

        def change() -> None:
            try:
                put(control, control.decode(st.session_state[widget].strip()))
            except ValueError:
                st.toast(wrong, icon=":material/error:")

        st.text_input(label, key=widget, on_change=callback(change), **options)
    return get(control)
