"""What Streamlit does for nothing at every step is left out, and nothing else changes."""

import asyncio
import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.dataframe_util import DataFormat
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.testing.v1 import AppTest

from dashboard.ui import overhead

SECTIONS = [f"theme{part}" for part in ("", ".light", ".dark", ".sidebar", ".light.sidebar", ".dark.sidebar")]


@pytest.mark.parametrize("section", SECTIONS)
def test_the_theme_that_a_browser_is_told_is_streamlits_own(section: str):
    theirs = CustomThemeConfig()
    overhead._populate(theirs, section)
    for _ in range(2):  # worked out, and kept
        ours = CustomThemeConfig()
        overhead._populate_once(ours, section)
        assert ours == theirs


def test_a_component_tells_what_was_done_to_it_and_is_read_without_a_copy_otherwise():
    session, value = SessionState(), {"chosen": 3}
    present = overhead._present_triggers("events", "component", {"chosen"})
    assert present(value, session) is value
    session._new_widget_state.set_widget_metadata(
        WidgetMetadata("events", json.loads, json.dumps, "json_trigger_value")
    )
    session._new_widget_state.set_from_value("events", None)  # as after every run
    assert present(value, session) is value
    session._new_widget_state.set_from_value("events", [{"event": "pressed", "value": 7}])
    assert present(value, session) == {"pressed": 7, "chosen": 3}


def test_only_texts_are_known_not_to_be_tables():
    assert overhead._format_unless_text("{}") is DataFormat.UNKNOWN is overhead._format("{}")
    assert overhead._format_unless_text({"a": [1]}) is overhead._format({"a": [1]})


def test_components_of_one_kind_are_told_apart_by_their_keys():
    def page() -> None:
        from dashboard.ui.component import component

        for key in ("one", "other"):
            component("map_store")(key=key, data={"id": "the same"})

    app = AppTest.from_function(page).run()
    assert not app.exception
    drawn = [part for part in app.main if part.type == "bidi_component"]
    assert len({part.proto.id for part in drawn}) == len(drawn) == 2


def test_small_packets_leave_at_once():
    async def connect() -> int:
        accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def told(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            accepted.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = socket.socket()  # as Streamlit makes it: of no protocol
        listening.bind(("127.0.0.1", 0))
        server = await asyncio.start_server(told, sock=listening)
        async with server:
            _, writer = await asyncio.open_connection(*listening.getsockname())
            writer.close()
            return await accepted

    overhead.spare()
    with ThreadPoolExecutor(1) as apart:  # from the loop that drives the browser, if that is running
        assert apart.submit(asyncio.run, connect()).result() == 1
