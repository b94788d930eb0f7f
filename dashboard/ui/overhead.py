"""What Streamlit (1.67, which is pinned) does at every step of a slider for nothing, and what makes a visitor
wait for it.

- It reads the theme anew, six times over all options, though no option changes while the server runs.
- Whenever a component's value is read, which its own bookkeeping does several times a run, it declares a
  class for it, through which the value might be written.
- It asks of a component's data whether they are a table, and writes them a second time, to tell the
  component from others, though its key does.
- Its listening socket does not say that it speaks TCP, so asyncio does not ask for small packets to leave at
  once: each waits until the one before has been acknowledged, 40 ms where steps follow each other.
"""

import socket
from asyncio import base_events
from collections.abc import Callable
from functools import cache
from typing import Any

from streamlit.components.v2.bidi_component import main as components
from streamlit.dataframe_util import DataFormat
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.state import SessionState

Presenter = Callable[[Any, SessionState], Any]

_populate = app_session._populate_theme_msg
_make_presenter = components.make_bidi_component_presenter
_format = components.determine_data_format


@cache
def _theme(section: str) -> CustomThemeConfig:
    found = CustomThemeConfig()
    _populate(found, section)
    return found


def _populate_once(msg: CustomThemeConfig, section: str = "theme") -> None:
    msg.MergeFrom(_theme(section))


def _present_triggers(
    aggregator_id: str, component_id: str | None = None, allowed_state_keys: set[str] | None = None
) -> Presenter:
    theirs = _make_presenter(aggregator_id, component_id, allowed_state_keys)

    def present(value: Any, session: SessionState) -> Any:
        """The component's value, with what its visitor has just done to it, if anything."""
        return theirs(value, session) if session._new_widget_state.get(aggregator_id) else value

    return present


def _format_unless_text(input_data: Any) -> DataFormat:
    return DataFormat.UNKNOWN if isinstance(input_data, str) else _format(input_data)


def _identity(self: components.BidiComponentMixin, **known: object) -> dict[str, Any]:
    """Nothing beside its key, which `ui.component` demands, tells a component from others."""
    return {}


def _set_nodelay(connection: socket.socket) -> None:
    if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.type == socket.SOCK_STREAM:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def spare() -> None:
    """From now on, for all visitors of this process."""
    app_session._populate_theme_msg = _populate_once
    components.make_bidi_component_presenter = _present_triggers
    components.determine_data_format = _format_unless_text
    components.BidiComponentMixin._build_bidi_identity_kwargs = _identity  # type: ignore[method-assign]
    base_events._set_nodelay = _set_nodelay  # type: ignore[attr-defined]
