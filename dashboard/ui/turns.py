"""At most a few scripts at once, the others in order of arrival.

The interpreter runs one thread at a time. Ten scripts at once end no sooner than one after another, and leave
the thread that answers all visitors one turn in eleven: ten who asked for page after page and read nothing
made a bystander wait for 20 seconds.
"""

import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

_SWITCH = 0.001  # seconds for which a script may go on while another thread wants to, a fifth of Python's own
_run_script = ScriptRunner._run_script


class Turns:
    """Room for ``most`` at once. Who has waited for ``patience`` seconds goes on without a turn, so that no
    two can wait for each other for ever."""

    def __init__(self, most: int, patience: float) -> None:
        self._patience = patience
        self._lock, self._free = threading.Lock(), most
        self._line: deque[threading.Event] = deque()
        self._thread = threading.local()  # whether it has its turn

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The ``with`` block runs in its turn."""
        self._take()
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """The ``with`` block only waits: somebody else has the turn meanwhile."""
        had = self._give()
        try:
            yield
        finally:
            if had:
                self._take()

    def _take(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                self._thread.has = True
                return
            mine = threading.Event()
            self._line.append(mine)
        mine.wait(self._patience)
        with self._lock:
            self._thread.has = mine.is_set()
            if not mine.is_set():
                self._line.remove(mine)

    def _give(self) -> bool:
        """Hand the turn on; whether there was one."""
        had = getattr(self._thread, "has", False)
        if had:
            self._thread.has = False
            with self._lock:
                if self._line:
                    self._line.popleft().set()
                else:
                    self._free += 1
        return had


TURNS = Turns(2, 1.0)
"""Of the scripts of this process: one may compute without the interpreter while another runs."""


def _run_in_turn(self: ScriptRunner, rerun_data: RerunData) -> None:
    with TURNS.turn():
        # Nobody waits any more for a page whose visitor has gone on to the next one, or has left. What is
        # asked of the page that stands there may have touched something: that is taken all the same, up to
        # the first element. (Streamlit 1.67, which is pinned, has no public way to ask.)
        stopped = self._requests._state is ScriptRequestType.STOP
        here = self._pages_manager.current_page_script_hash
        if rerun_data.fragment_id_queue or rerun_data.page_script_hash == here or not stopped:
            _run_script(self, rerun_data)


def take_turns() -> None:
    """From now on, for all visitors of this process."""
    sys.setswitchinterval(_SWITCH)
    ScriptRunner._run_script = _run_in_turn  # type: ignore[method-assign]
