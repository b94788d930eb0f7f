"""What a page and its server say to each other, read from Streamlit's own messages."""

from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# Milliseconds of the page's own clock after which no input still holds back what it was told: the slowest of
# Streamlit's wait 200.
PATIENCE = 300


class Traffic:
    """Counts the runs that a page asks for, and knows whether the last one asked for has begun."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.asked = 0
        self.answered = True
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)
        socket.on("close", lambda _: self._closed())

    def _sent(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.asked += 1
            self.answered = False

    def _received(self, frame: bytes | str) -> None:
        # The beginning of a run is a short message; pictures need not be read.
        if isinstance(frame, bytes) and ForwardMsg.FromString(frame).WhichOneof("type") == "new_session":
            self.answered = True

    def _closed(self) -> None:
        self.answered = True  # nobody is left to answer

    def patience(self) -> None:
        """Let pass, by the page's own clock, all that its inputs still hold back."""
        self._page.evaluate(f"() => new Promise((done) => setTimeout(done, {PATIENCE}))")
