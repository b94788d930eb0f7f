"""What is on its way to a browser when a fragment runs again.

Streamlit (1.67) then drops what the fragment's last run had sent and nobody has fetched yet, except for
messages that only name an element which the browser still holds: on a busy server these arrive without the
containers they stand in, and the page says « Bad delta path ». Here all of it arrives, and what the new run
sends replaces it.
"""

from streamlit.runtime import forward_msg_queue
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_clear = ForwardMsgQueue.clear


def _clear_whole_runs(
    self: ForwardMsgQueue, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
) -> None:
    if fragment_ids_this_run is None:
        _clear(self, retain_lifecycle_msgs)
        return
    self._queue = [
        forward_msg_queue._update_script_finished_message(message, is_fragment_run=True)
        for message in self._queue
    ]
    self._delta_index_map = {}


def keep_fragments_whole() -> None:
    """From now on, for all visitors of this process."""
    ForwardMsgQueue.clear = _clear_whole_runs  # type: ignore[method-assign]
