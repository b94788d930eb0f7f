"""One visitor's browser tab as the server sees it: Streamlit's websocket protocol, without a browser.

It knows what a load needs: opening a page, moving its sliders as the front end does (in their fragment),
waiting until the script has finished, and counting what was shown as failed. Only to loopback addresses.
"""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 60.0
"""Seconds until an answer counts as lost."""
_KEPT = 300  # messages that the tab remembers, so that the server need not send them again


@dataclass(frozen=True)
class Control:
    """A slider on the page, and the fragment that runs when it moves ("" for the whole page)."""

    slider: Slider
    fragment: str

    @property
    def label(self) -> str:
        return self.slider.label


@dataclass
class Visitor:
    """A tab on one page. ``address``: of a server on this machine, as http://127.0.0.1:PORT."""

    address: str
    page: str
    query: str = ""
    failures: list[str] = field(default_factory=list)
    received: int = 0
    messages: int = 0
    session: str = ""
    _controls: dict[str, Control] = field(default_factory=dict)
    _values: dict[str, WidgetState] = field(default_factory=dict)
    _messages: dict[str, ForwardMsg] = field(default_factory=dict)
    _script: str = ""
    _drawn: Counter[str] = field(default_factory=Counter)

    async def open(self) -> float:
        """Connect and run the page; the milliseconds until it was drawn."""
        started = time.perf_counter()
        await self.connect()
        await self.run()
        return (time.perf_counter() - started) * 1e3

    async def connect(self) -> None:
        """Connect, and ask for nothing yet."""
        host = urlsplit(self.address)
        if host.hostname != "127.0.0.1":
            raise ValueError(f"not on this machine: {self.address}")
        self._socket = await websockets.connect(
            f"ws://127.0.0.1:{host.port}/_stcore/stream",
            origin=self.address,
            subprotocols=["streamlit"],
            open_timeout=PATIENCE,
            ping_interval=None,
            max_size=2**27,
            proxy=None,
        )

    async def close(self) -> None:
        await self._socket.close()

    def controls(self) -> list[Control]:
        """The sliders that can be moved, in the order in which they first came."""
        return [each for each in self._controls.values() if not each.slider.disabled]

    def stage(self) -> str:
        """The fragment that drew most of the page, which a change of its controls runs; "" without any."""
        drawn = {name: count for name, count in self._drawn.items() if name}
        return max(drawn, key=lambda name: drawn[name], default="")

    async def move(self, control: Control, chance: random.Random) -> float:
        """Move a slider to another place; the milliseconds until all that follows was received."""
        slider = self._controls.get(control.slider.id, control).slider
        state = WidgetState(id=slider.id)
        if slider.type == Slider.SELECT_SLIDER:
            state.string_array_value.data.append(slider.options[chance.randrange(len(slider.options))])
        else:
            steps = round((slider.max - slider.min) / slider.step)
            state.double_array_value.data.append(slider.min + chance.randint(0, steps) * slider.step)
        self._values[slider.id] = state
        return await self.run(control.fragment)

    async def run(self, fragment: str = "") -> float:
        """Ask for a run of the page or of a fragment; milliseconds until it has finished."""
        started = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await self.ask(fragment)
            while not self._take(self._message(await self._socket.recv())):
                pass
        return (time.perf_counter() - started) * 1e3

    async def send(self, content: bytes | str) -> None:
        """Send a frame, whatever it holds."""
        await self._socket.send(content)

    async def ask(self, fragment: str = "") -> None:
        """Ask for a run, and do not wait for it."""
        asked = BackMsg()
        ask = asked.rerun_script
        ask.query_string, ask.page_name, ask.page_script_hash = self.query, self.page, self._script
        ask.fragment_id = fragment
        ask.widget_states.widgets.extend(self._values.values())
        ask.cached_message_hashes.extend(self._messages)
        ask.context_info.locale, ask.context_info.color_scheme = "fr-FR", "light"
        ask.context_info.url = f"{self.address}/{self.page}"
        await self._socket.send(asked.SerializeToString())

    def stop_reading(self) -> None:
        """Take nothing more of what the server sends."""
        self._socket.transport.pause_reading()

    def vanish(self) -> None:
        """Be gone, without a word."""
        self._socket.transport.abort()

    def _message(self, data: str | bytes) -> ForwardMsg:
        """The message itself, also where the server only names one that it has sent before."""
        assert isinstance(data, bytes)
        self.received += len(data)
        self.messages += 1
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "ref_hash":
            known = ForwardMsg()
            known.CopyFrom(self._messages[message.ref_hash])
            known.metadata.CopyFrom(message.metadata)
            return known
        if message.metadata.cacheable:
            self._messages[message.hash] = message
            if len(self._messages) > _KEPT:
                del self._messages[next(iter(self._messages))]
        return message

    def _take(self, message: ForwardMsg) -> bool:
        """Whether this message ends the run."""
        match message.WhichOneof("type"):
            case "new_session":
                self.session = message.new_session.initialize.session_id
                self._script = message.new_session.page_script_hash or self._script
                if not message.metadata.run.fragment_ids:
                    self._controls.clear()
                    self._drawn.clear()
            case "navigation":
                self._script = message.navigation.page_script_hash or self._script
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta" if message.delta.HasField("new_element"):
                self._drawn[message.delta.fragment_id] += 1
                self._element(message.delta.new_element, message.delta.fragment_id)
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _element(self, element: Element, fragment: str) -> None:
        match element.WhichOneof("type"):
            case "slider":
                self._controls[element.slider.id] = Control(element.slider, fragment)
            case "exception":
                self.failures.append(f"{element.exception.type}: {element.exception.message}")
            case "alert" if "error" in element.alert.icon:
                self.failures.append(element.alert.body)
